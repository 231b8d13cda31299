/// One linker's or archiver's command: what comes out, what goes in, and what it says of who is
/// reached from outside (Image).
///
/// It looks at words and scripts only; whether a file is there is not asked.
#ifndef ASSAY_DRIVER_SESSION_LINKLINE_H
#define ASSAY_DRIVER_SESSION_LINKLINE_H

#include "analysis/extract/ShellWords.h"
#include "analysis/model/Image.h"

#include <optional>

namespace assay {

struct LinkLine {
  enum class Kind : uint8_t {
    Archive, ///< ar
    Partial, ///< ld -r: an object of objects
    Program  ///< or a shared library
  };
  Kind What = Kind::Program;
  bool ShownToLoaded = false;      ///< a program that exports what it has, for what it will load
  Image Result;                    ///< its path absolute
  std::vector<std::string> Inputs; ///< absolute: objects, archives, shared libraries, sources
  /// Of each -lNAME the files that it may mean, the first that is there counts.
  std::vector<std::vector<std::string>> Libraries;
};

/// Nothing when it is no linker's line: no output, or nothing that is linked.
std::optional<LinkLine> readLinkLine(const ShellCommand &Command);

/// Absolute and without dots.
std::string joinedPath(llvm::StringRef Folder, llvm::StringRef Name);

} // namespace assay

#endif
