/// From a command of the database to the call of a compiler: launchers and shells are stepped over,
/// files with more words are read, and a family's own words become those of GCC and Clang.
///
/// It runs nothing and lets nothing through by itself: what comes out goes to the allowlist of
/// Arguments.h.
#ifndef ASSAY_ANALYSIS_EXTRACT_COMPILERCALL_H
#define ASSAY_ANALYSIS_EXTRACT_COMPILERCALL_H

#include "analysis/extract/CompilationDatabase.h"

#include "llvm/Support/VirtualFileSystem.h"

namespace assay {

struct CompilerCall {
  enum class Kind : uint8_t {
    Compile,
    Assemble,
    Link,
    Header, ///< of an index for editors: read where a source includes it, no unit by itself
    Other   ///< another language: resources, Fortran
  };
  Kind What = Kind::Compile;
  std::string Driver;                     ///< as written
  const CompilerFamily *Family = nullptr; ///< null: no table was given
  bool FamilyKnown = false;               ///< false: nobody knows the driver; it is read like GCC
  const TargetRule *Target = nullptr;     ///< by the driver's name; null: Clang knows it by itself
  bool Cxx = false;                       ///< the driver compiles C++ whatever the file
  std::vector<std::string> Raw;           ///< the compiler's own words, as it would get them
  std::vector<std::string> Words;         ///< the same in GCC's and Clang's way
  std::vector<std::string> Reported;      ///< left out already, and may change the meaning
};

/// `cd sub && gcc ...`, `sh -c '...'`, `X=1 gcc ...`: the call of the compiler alone, in the folder
/// where it runs. Of several commands it is the first whose program is known; the rest is left out.
CompileCommand withoutShell(const CompileCommand &Command, const CompilerTable &Table);

/// The command must be without a shell. `Files` serves files with more words, relative to its
/// current directory.
CompilerCall readCall(const CompileCommand &Command, llvm::vfs::FileSystem &Files);

/// "c" or "c++": what the file is for this call; "link", "assembler", "header" or "other" for a
/// call that compiles neither.
std::string languageOf(const CompilerCall &Call, llvm::StringRef File);

/// True when the driver's name says a target ("foo-elf-gcc") and neither the table nor Clang knows
/// it, so that the unit is parsed for this machine.
bool hasUnknownTarget(const CompilerCall &Call);

/// Why a word of the command was left out, if the table says so; else empty.
std::string reasonFor(const CompilerFamily *Family, llvm::StringRef Word);

} // namespace assay

#endif
