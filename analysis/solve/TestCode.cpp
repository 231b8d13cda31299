#include "analysis/solve/TestCode.h"

using namespace assay;

TestCode::TestCode(const Program &Prog, const Lexicon &Lex) : Lex(Lex) {
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
  return It->second = Lex.isNamed(Name, {"test-file"}) || llvm::any_of(Folders, [&](auto Folder) {
                        return Lex.isNamed(Folder, {"test-folder"});
                      });
}
