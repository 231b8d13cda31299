/// Sources that Clang's parser cannot read as they are: objects placed by `int x @ 0x20;` and files
/// that are no C at all (assembler, the objects of a linker's line).
///
/// What is taken away becomes spaces, so that every line and column stays; the digest of what stood
/// there is kept, so that the file is found unchanged later. Limit: `@` behind a macro's arguments
/// is taken with the one word that follows.
#ifndef ASSAY_ANALYSIS_EXTRACT_SOURCEFILTER_H
#define ASSAY_ANALYSIS_EXTRACT_SOURCEFILTER_H

#include "analysis/extract/FileTable.h"

#include "llvm/Support/VirtualFileSystem.h"

namespace assay {

/// Blanks placements; false when there was none.
bool blankPlacements(std::string &Text);

/// The files below, with placements blanked once that is switched on. What changed is told to
/// `Originals`, which outlives it.
class PlacementFiles : public llvm::vfs::ProxyFileSystem {
public:
  PlacementFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files, OriginalFiles &Originals)
      : ProxyFileSystem(std::move(Files)), Originals(Originals) {}
  void enable(bool On) { Enabled = On; }
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &Path) override;

private:
  OriginalFiles &Originals;
  bool Enabled = false;
};

/// One file with nothing in it; what `Files` has there, if anything, is told to `Originals`. `Path`
/// is absolute.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
emptyFile(llvm::vfs::FileSystem &Files, llvm::StringRef Path, OriginalFiles &Originals);

} // namespace assay

#endif
