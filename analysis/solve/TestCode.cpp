#include "analysis/solve/TestCode.h"

#include "llvm/Support/Path.h"

using namespace assay;

TestCode::TestCode(const Program &Prog, const Lexicon &Lex) : Lex(Lex) {
  for (BodyId B = 0; B != Prog.bodyCount(); ++B)
    if (Prog.entity(Prog.body(B).Entity).Qualified == "main")
      Mains.insert(Prog.unit(Prog.body(B).Unit).Summary->files()->Get(0)->path()->str());
  size_t Tests = 0;
  for (const Unit &U : Prog.units())
    Tests += isNamed(U.Summary->files()->Get(0)->path()->str());
  IsAsked = 2 * Tests <= Prog.units().size();
}

bool TestCode::isSelfTest(llvm::StringRef Function) const {
  return Lex.isNamed(Function, {"test-function"});
}

bool TestCode::isNamed(llvm::StringRef File) const {
  const auto [It, New] = Known.try_emplace(File, false);
  if (!New)
    return It->second;
  llvm::SmallVector<llvm::StringRef, 8> Folders;
  File.split(Folders, '/');
  const llvm::StringRef Name = Folders.pop_back_val();
  const auto IsTests = [&](llvm::StringRef Folder) { return Lex.isNamed(Folder, {"test-folder"}); };
  return It->second =
             Lex.isNamed(Name, {"test-file"}) || llvm::any_of(Folders, IsTests) ||
             (Mains.contains(File) && Lex.isNamed(llvm::sys::path::stem(Name), {"test-program"}));
}
