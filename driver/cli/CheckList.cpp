#include "driver/cli/CheckList.h"

#include "policies/schema/Parameters.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace assay {
namespace {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

std::vector<const CheckPage *> allPages(const Policy &P) {
  std::vector<const CheckPage *> All;
  for (const auto *Pages : {&P.Checks, &P.OffChecks})
    for (const CheckPage &Page : *Pages)
      All.push_back(&Page);
  llvm::sort(All, [](auto *A, auto *B) { return A->Id < B->Id; });
  return All;
}

std::string levelOf(const Policy &P, const CheckPage &Page) {
  auto It = P.Levels.find(Page.Id);
  return It == P.Levels.end() ? "off" : wordFor(It->second);
}

Value jsonOf(const Policy &P, const CheckPage &Page) {
  Object Parameters;
  for (const auto &[Name, Limit] : parametersOf(Page))
    Parameters[Name] = Limit;
  return Object{{"id", Page.Id},
                {"title", *Page.Title},
                {"level", levelOf(P, Page)},
                {"severity", wordFor(Page.Sev)},
                {"cwe", Array(Page.Cwe)},
                {"family", Page.Family},
                {"since", Page.Since},
                {"parameters", std::move(Parameters)}};
}

} // namespace

void printCheckTable(const Policy &P, llvm::raw_ostream &OS) {
  std::vector<const CheckPage *> All = allPages(P);
  size_t Widest = 0;
  for (const CheckPage *Page : All)
    Widest = std::max(Widest, Page->Id.size());
  for (const CheckPage *Page : All) {
    OS << Page->Id;
    OS.indent(Widest - Page->Id.size() + 2);
    OS << llvm::formatv("{0,-7}  {1}\n", levelOf(P, *Page), *Page->Title);
  }
}

void printCheckJson(const Policy &P, llvm::raw_ostream &OS) {
  Array Rows;
  for (const CheckPage *Page : allPages(P))
    Rows.push_back(jsonOf(P, *Page));
  Object Document{{"profile", P.Profile}, {"checks", std::move(Rows)}};
  OS << llvm::formatv("{0:2}\n", Value(std::move(Document)));
}

} // namespace assay
