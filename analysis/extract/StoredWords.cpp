#include "analysis/extract/StoredWords.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;
using llvm::StringRef;

std::string assay::withoutCheckout(StringRef Word, const PathForms &Paths) {
  std::string Text = Word.str();
  for (const auto &[Root, Name] : {std::pair(Paths.buildDir(), StringRef("<build>")),
                                   std::pair(Paths.projectRoot(), StringRef("."))}) {
    if (Root.size() < 2)
      continue;
    for (size_t At = 0; (At = Text.find(Root.str(), At)) != std::string::npos; At += Name.size()) {
      const size_t End = At + Root.size();
      if (End == Text.size() || Text[End] == '/')
        Text.replace(At, Root.size(), Name.str());
    }
  }
  return Text;
}

std::vector<std::string> assay::definedMacros(const Command &Known) {
  std::vector<std::string> Names;
  const auto *Words = Known.effective();
  for (uint32_t I = 0; Words && I != Words->size(); ++I) {
    llvm::StringRef Word(Words->Get(I)->data(), Words->Get(I)->size());
    if (!Word.consume_front("-D"))
      continue;
    if (Word.empty() && I + 1 != Words->size())
      Word = {Words->Get(I + 1)->data(), Words->Get(I + 1)->size()};
    Names.push_back(Word.str());
  }
  llvm::sort(Names);
  return Names;
}
