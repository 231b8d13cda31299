/// One program or library that the build makes, as far as its linker's words and scripts say who
/// may reach it from outside. Plain data; which unit is in which image is Unit::Images.
#ifndef ASSAY_ANALYSIS_MODEL_IMAGE_H
#define ASSAY_ANALYSIS_MODEL_IMAGE_H

#include <string>
#include <vector>

namespace assay {

struct Image {
  friend bool operator==(const Image &, const Image &) = default;

  std::string Path;         ///< on disk
  bool Exports = false;     ///< others reach its visible symbols: a shared library, -rdynamic
  bool ShowsHidden = false; ///< an archive that nobody links here: others reach hidden ones, too
  /// Of version scripts and dynamic lists, globs over symbols. A name stands before a glob, Global
  /// before Local; what neither names is exported.
  std::vector<std::string> Global, Local;
  std::vector<std::string> GlobalCxx; ///< the same over qualified names: extern "C++" { ... }
  /// Symbols that the linker is told to start at, to keep, or to give another name.
  std::vector<std::string> KeptSymbols;
  std::vector<std::string> KeptSections; ///< globs: KEEP(*(.vectors))
  std::vector<std::string> Wrapped;      ///< --wrap: calls of NAME go to __wrap_NAME

  /// All that may change what linking concludes, for a key; not its path, which is this checkout's.
  template <class F> void texts(F &&Each) const {
    for (const auto *List : {&Global, &Local, &GlobalCxx, &KeptSymbols, &KeptSections, &Wrapped}) {
      Each(std::to_string(List->size()));
      for (const std::string &Text : *List)
        Each(Text);
    }
    Each(Exports ? "exports" : "");
    Each(ShowsHidden ? "all" : "");
  }
};

} // namespace assay

#endif
