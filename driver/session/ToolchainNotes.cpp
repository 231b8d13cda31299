// What a reader of the verdicts must know about how units were read.
#include "driver/session/Toolchains.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace assay;
using llvm::StringRef;

namespace {

/// Units by what is to be said of them.
class NoteTaker {
public:
  void take(const ToolchainUse &Use);
  std::vector<Note> notes() const;

private:
  std::map<std::string, size_t> Units; ///< by text, with {0} for their count
};

} // namespace

void NoteTaker::take(const ToolchainUse &Use) {
  const std::string Driver = driverName(Use.Call.Driver).str();
  const auto Say = [&](const std::string &Text) { ++Units[Text]; };
  if (Use.Call.What == CompilerCall::Kind::Assemble)
    return Say("{0} of assembler, which is not looked into; what it calls and defines is not seen");
  if (Use.Call.What == CompilerCall::Kind::Other)
    return Say("{0} of neither C nor C++, which is not looked into");
  if (Use.Call.What != CompilerCall::Kind::Compile)
    return; // a linker's line; a header, which is read where a source includes it
  if (Use.Call.Target && Use.Call.Target->Layout)
    Say("{0} of '" + Driver + "' parsed with a stand-in for the target '" +
        Use.Call.Target->Triple +
        "', which Clang lacks: sizes and alignments are the target's, "
        "its builtins are unknown" +
        (Use.Call.Target->Why.empty() ? "" : "; " + Use.Call.Target->Why));
  if (hasUnknownTarget(Use.Call))
    Say("{0} of '" + Driver +
        "' parsed for this machine: the target in its name is unknown; "
        "sizes and macros may differ");
  if (!Use.Call.FamilyKnown)
    Say("{0} of '" + Driver + "' read like GCC's: no family of compilers has this name");
  if (Use.Source == ToolchainUse::From::OtherAnswer)
    Say("{0} of '" + Driver + "' parsed without the compiler's macros: the toolchain profile '" +
        llvm::sys::path::filename(Use.Profile).str() +
        "' has no answer for their options; save "
        "it again");
  if (!Use.Trouble.empty())
    Say("{0} of '" + Driver + "' parsed without its include folders and macros: " + Use.Trouble);
}

std::vector<Note> NoteTaker::notes() const {
  std::vector<Note> Out;
  for (const auto &[Text, N] : Units) {
    const std::string Count = llvm::formatv("{0} {1}", N, N == 1 ? "unit" : "units").str();
    const auto Hole = Text.find("{0}");
    Out.push_back({Level::Warning, Text.substr(0, Hole) + Count + Text.substr(Hole + 3), {}, true});
  }
  return Out;
}

std::vector<Note> assay::notesOfUses(llvm::ArrayRef<ToolchainUse> Uses) {
  NoteTaker Notes;
  for (const ToolchainUse &Use : Uses)
    Notes.take(Use);
  return Notes.notes();
}

std::vector<Note> assay::notesOfDropped(llvm::ArrayRef<Unit> Units,
                                        llvm::ArrayRef<ToolchainUse> Uses) {
  std::map<std::string, size_t> Count;
  for (const Unit &U : Units)
    if (const auto *Dropped = U.Summary->command()->dropped())
      for (const auto *Word : *Dropped)
        ++Count[Word->str()];
  std::vector<Note> Out;
  for (const auto &[Word, N] : Count) {
    std::string Why;
    for (const ToolchainUse &Use : Uses)
      if (Why.empty())
        Why = reasonFor(Use.Call.Family, Word);
    Out.push_back({Level::Note,
                   llvm::formatv("{0} {1} parsed without '{2}'{3}{4}", N, N == 1 ? "unit" : "units",
                                 Word, Why.empty() ? "" : ": ", Why)
                       .str(),
                   {},
                   true});
  }
  return Out;
}
