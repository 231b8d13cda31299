/// Which programs and libraries each unit is linked into, as far as the build says: CMake's
/// link.txt beside the objects.
///
/// Nothing is run. What cannot be read is no image: the linker then keeps definitions of one name
/// as candidates. Limit: an archive's members all count as linked, though a linker takes only those
/// that are asked for; ninja files, linker lines of the database and linker scripts are not read.
#ifndef ASSAY_DRIVER_SESSION_IMAGES_H
#define ASSAY_DRIVER_SESSION_IMAGES_H

#include "analysis/extract/CompilationDatabase.h"

#include "llvm/ADT/ArrayRef.h"

namespace assay {

/// For each command the images of its object, ordered; numbers follow the images' paths.
std::vector<std::vector<uint32_t>> imagesOf(llvm::ArrayRef<CompileCommand> Commands);

} // namespace assay

#endif
