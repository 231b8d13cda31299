/// What is known of compilers: the table of their families (policies/toolchains), and what a
/// compiler said of itself (a toolchain profile). Plain data, so that the room that reads the files
/// and the one that parses units need not know each other.
///
/// It decides nothing. Limit: a glob here has one star at most.
#ifndef ASSAY_ANALYSIS_MODEL_TOOLCHAIN_H
#define ASSAY_ANALYSIS_MODEL_TOOLCHAIN_H

#include "llvm/ADT/StringRef.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// What becomes of one word of a command. The first rule that matches decides.
struct FlagRule {
  enum class Action : uint8_t {
    Pass,   ///< as it is, to the allowlist
    To,     ///< other words instead; {} is what the star matched, {lower} the same in lower case,
            ///< {next} and {next-lower} the word behind
    Drop,   ///< it cannot change what the source means
    Report, ///< it is left out and may change what the source means
    File    ///< it names a file with more words: what the star matched, or the word behind
  };
  std::vector<std::string> Match; ///< any of these words; a star stands for any text
  bool TakesNext = false;
  Action Do = Action::Drop;
  std::vector<std::string> To;
  std::string Why; ///< of Report, for the user
};

/// A target that Clang does not know, given by its data layout. Bits; alignments as wide as the
/// type unless MaxAlign is less.
struct MachineLayout {
  unsigned Pointer = 32, Int = 32, Long = 32, Double = 64, LongDouble = 64, MaxAlign = 64,
           WChar = 32;
  bool BigEndian = false, CharSigned = true, SizeIsLong = false, Int32IsLong = false;
};

/// How a driver's name says the target.
struct TargetRule {
  std::vector<std::string> Drivers; ///< globs over the name without version and .exe
  std::string Triple;
  std::vector<std::string> Arguments;  ///< given before the command's own
  std::optional<MachineLayout> Layout; ///< Clang lacks it: parse with this layout
  std::string Why;                     ///< what differs from the real target, for the user
};

/// An argument that follows from a macro which the compiler predefines.
struct ImpliedArgument {
  std::string Macro, Value; ///< an empty value: any
  std::vector<std::string> Then, Else;
};

struct VirtualHeader {
  std::string Name, Text;
};

struct CompilerFamily {
  std::string Name, Title;
  std::vector<std::string> Drivers;    ///< globs over a program's name
  std::vector<std::string> CxxDrivers; ///< of these, those that compile C++ whatever the file
  bool GnuWords = true; ///< words that no rule names mean what GCC and Clang mean by them
  std::vector<std::string> Arguments; ///< given before the command's own
  std::vector<TargetRule> Targets;
  std::vector<FlagRule> Flags;
  std::vector<std::string> Quiet; ///< globs: unknown to Clang and without meaning for the source
  std::vector<std::string> OwnMacros; ///< globs: macros that a profile must not replace
  std::vector<ImpliedArgument> Implied;
  std::string Prelude;                ///< text in front of each unit: keywords and intrinsics
  std::vector<VirtualHeader> Headers; ///< for those that only the vendor has
  bool Placement = false;             ///< `int x @ 0x20;`
  bool Queryable = false;             ///< understands -E -v -dM
  std::string Digest;                 ///< of its file
};

/// Programs that start another one, and those that make no unit from C or C++.
struct ToolNames {
  std::vector<std::string> Launchers, Shells, Linkers, Assemblers, Others;
  std::string Digest; ///< of its file
};

struct CompilerTable {
  std::vector<CompilerFamily> Families; ///< by name
  ToolNames Tools;

  /// By the driver's name; null: nobody knows it.
  const CompilerFamily *familyOf(llvm::StringRef Driver) const;
  const CompilerFamily *familyNamed(llvm::StringRef Name) const;
};

/// What one compiler says of itself for one set of options.
struct CompilerAnswer {
  std::string Driver;  ///< file name
  std::string Path;    ///< where it was asked
  std::string Version; ///< its own first line
  std::string Target;
  std::string Language;             ///< "c" or "c++"
  std::vector<std::string> Options; ///< that it was asked with, in order
  std::vector<std::string> Includes;
  std::vector<std::pair<std::string, std::string>> Macros; ///< name with its parameters, text
};

/// A file of `assay toolchain save`.
struct ToolchainProfile {
  std::string File; ///< as the user names it
  std::vector<CompilerAnswer> Answers;
  std::vector<VirtualHeader> Headers; ///< by absolute path: for machines without the compiler
  std::string Digest;                 ///< of the headers
};

/// How one unit's command is to be read.
struct UnitToolchain {
  std::shared_ptr<const CompilerTable> Table;
  std::optional<CompilerAnswer> Answer;
  /// All include folders of the answer come from here, none from the disk.
  std::shared_ptr<const ToolchainProfile> Headers;
  std::string Digest; ///< of all that may change what a summary says
};

/// Where files lie that come from the table or a profile and from no disk.
constexpr llvm::StringLiteral ToolchainRoot = "/<toolchain>";
/// Among an answer's include folders: where the compiler's own headers stand.
constexpr llvm::StringLiteral BuiltinIncludes = "<builtin>";

/// What the star of `Glob` matches in `Text`; nothing: no match. Without a star: empty.
std::optional<llvm::StringRef> starOf(llvm::StringRef Glob, llvm::StringRef Text);
bool matchesStar(const std::vector<std::string> &Globs, llvm::StringRef Text);

/// "/opt/bin/arm-none-eabi-gcc-12.2.exe" -> "arm-none-eabi-gcc"
llvm::StringRef driverName(llvm::StringRef Program);

} // namespace assay

#endif
