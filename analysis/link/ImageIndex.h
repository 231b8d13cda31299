/// What the images' linker scripts and options say of the program's entities: which are exported,
/// which are kept for somebody whom the program does not show.
///
/// A unit of which no image is known counts as part of all of them where something is kept, and of
/// none where something is exported. Limit: a symbol of C++ is compared by its qualified name only
/// with `extern "C++"` patterns; a pattern over mangled names may mean it.
#ifndef ASSAY_ANALYSIS_LINK_IMAGEINDEX_H
#define ASSAY_ANALYSIS_LINK_IMAGEINDEX_H

#include "analysis/model/Image.h"
#include "analysis/model/Program.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/GlobPattern.h"

namespace assay {

class ImageIndex {
public:
  ImageIndex(const Program &P, llvm::ArrayRef<Image> Images);

  /// A function that code outside one of its images may call by its symbol.
  bool exports(EntityId Id) const;
  /// Named by ENTRY, EXTERN, -u, an alias of a script, or in a kept section of its own.
  bool keeps(EntityId Id) const;
  /// In a section that a script keeps by name.
  bool keepsSectionOf(EntityId Id) const;

private:
  struct Names {
    llvm::StringMap<char> Exact;
    std::vector<llvm::GlobPattern> Globs;
    explicit Names(llvm::ArrayRef<std::string> Patterns);
    bool matchesGlob(llvm::StringRef Name) const;
    bool matches(llvm::StringRef Name) const { return Exact.count(Name) || matchesGlob(Name); }
  };
  struct Compiled {
    explicit Compiled(const Image &I);
    bool shows(llvm::StringRef Symbol, llvm::StringRef Qualified) const;
    const Image *Of;
    Names Global, Local, GlobalCxx, Sections;
    llvm::StringMap<char> Kept;
    bool NamesMangled = false;
  };
  template <class F> bool anyImage(EntityId Id, bool CountUnknown, F &&Holds) const;

  const Program &P;
  std::vector<Compiled> Images;
};

} // namespace assay

#endif
