#include "analysis/model/Toolchain.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;
using llvm::StringRef;

std::optional<StringRef> assay::starOf(StringRef Glob, StringRef Text) {
  const size_t Star = Glob.find('*');
  if (Star == StringRef::npos)
    return Glob == Text ? std::optional(StringRef()) : std::nullopt;
  if (Text.size() + 1 < Glob.size() || !Text.consume_front(Glob.take_front(Star)) ||
      !Text.consume_back(Glob.drop_front(Star + 1)))
    return std::nullopt;
  return Text;
}

bool assay::matchesStar(const std::vector<std::string> &Globs, StringRef Text) {
  return llvm::any_of(Globs, [&](const std::string &G) { return starOf(G, Text).has_value(); });
}

StringRef assay::driverName(StringRef Program) {
  // A database made on Windows is read here, too.
  StringRef Name = Program.substr(Program.find_last_of("/\\") + 1);
  if (Name.ends_with_insensitive(".exe"))
    Name = Name.drop_back(4);
  const size_t Dash = Name.rfind('-');
  if (Dash != StringRef::npos && Dash != 0 && Dash + 1 != Name.size() &&
      Name.substr(Dash + 1).find_first_not_of("0123456789.") == StringRef::npos)
    Name = Name.take_front(Dash);
  return Name;
}

const CompilerFamily *CompilerTable::familyOf(StringRef Driver) const {
  for (const CompilerFamily &F : Families)
    if (matchesStar(F.Drivers, driverName(Driver)))
      return &F;
  return nullptr;
}

const CompilerFamily *CompilerTable::familyNamed(StringRef Name) const {
  for (const CompilerFamily &F : Families)
    if (F.Name == Name)
      return &F;
  return nullptr;
}
