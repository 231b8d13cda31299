/// Which programs and libraries each unit is linked into, and who reaches them from outside, as far
/// as the build says: CMake's link.txt beside the objects, build.ninja (CMake's, Meson's), linker
/// lines of the database, and the scripts that they name.
///
/// Nothing is run. What cannot be read is no image: the linker then keeps definitions of one name
/// as candidates. Limit: an archive's members all count as linked, though a linker takes only those
/// that are asked for.
#ifndef ASSAY_DRIVER_SESSION_IMAGES_H
#define ASSAY_DRIVER_SESSION_IMAGES_H

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/model/Image.h"
#include "analysis/model/Result.h"

#include "llvm/ADT/ArrayRef.h"

namespace assay {

struct BuiltImages {
  std::vector<Image> Images; ///< ordered by path
  /// For each command the numbers of its object's images, ordered; a number is an index + 1.
  std::vector<std::vector<uint32_t>> Of;
  std::vector<uint32_t> ShownToLoaded; ///< numbers of programs that export for what they load
};

/// Commands without a shell. `BuildDir`: where a build.ninja may lie besides the commands' folders.
BuiltImages imagesOf(llvm::ArrayRef<CompileCommand> Commands, llvm::StringRef BuildDir);

/// What of the images the linking does not follow.
std::vector<Note> notesOfImages(llvm::ArrayRef<Image> Images);

} // namespace assay

#endif
