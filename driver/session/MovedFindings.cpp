#include "driver/session/MovedFindings.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;
using llvm::StringRef;

namespace {

class Mover {
public:
  Mover(const MovedPlaces &Places, const std::string &File) : Places(Places), File(File) {}

  /// False: some of it cannot be moved.
  bool move(Finding &F) {
    const bool IsHere = F.At.File == File;
    move(F.At);
    move(F.Message, IsHere);
    for (auto *Steps : {&F.Path, &F.Related})
      for (PathStep &Step : *Steps) {
        move(Step.Text, Step.At.File == File);
        move(Step.At);
      }
    for (Location &Secret : F.Secrets)
      move(Secret);
    for (Fix &Each : F.Fixes)
      move(Each.At);
    return Whole;
  }

private:
  void move(Location &At) {
    const bool IsWholeFile = At.Column == 0;
    if (At.File != File || IsWholeFile)
      return;
    const auto New = Places.place({At.Line, At.Column});
    Whole &= New.has_value();
    if (New)
      std::tie(At.Line, At.Column) = *New;
  }

  /// Texts name lines in two ways: "to line 12" of the file where they stand, and "src/a.c:12".
  void move(std::string &Text, bool IsHere) {
    if (IsHere)
      moveBehind(" line ", Text);
    moveBehind(File + ":", Text);
  }
  void moveBehind(const std::string &Words, std::string &Text) {
    for (size_t At = Text.find(Words); At != std::string::npos; At = Text.find(Words, At)) {
      At += Words.size();
      const StringRef Digits = StringRef(Text).drop_front(At).take_while(llvm::isDigit);
      unsigned Line = 0;
      if (Digits.getAsInteger(10, Line))
        continue;
      const auto New = Places.line(Line);
      Whole &= New.has_value();
      if (New)
        Text.replace(At, Digits.size(), std::to_string(*New));
    }
  }

  const MovedPlaces &Places;
  const std::string &File;
  bool Whole = true;
};

} // namespace

std::optional<std::vector<UnitFinding>> assay::movedTo(const UnitShape &Now, JudgedUnit Then,
                                                       const std::string &MainFile) {
  const auto Places = MovedPlaces::between(Then.Shape, Now);
  if (!Places)
    return std::nullopt;
  Mover To(*Places, MainFile);
  for (UnitFinding &F : Then.Found)
    if (!To.move(F.What))
      return std::nullopt;
  return std::move(Then.Found);
}
