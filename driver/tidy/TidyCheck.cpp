#include "driver/tidy/TidyCheck.h"

#include "driver/tidy/CheckNames.h"

#include "clang-tidy/ClangTidyModule.h"
#include "clang-tidy/ClangTidyModuleRegistry.h" // gone in LLVM 22

#include <utility>

using namespace assay;
using namespace clang::tidy;

namespace {

/// clang-tidy runs one unit after the other.
ClangTidyContext *Wanted = nullptr;

class Module : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    // clang-tidy asks twice.
    static const auto *Names = new std::vector<std::string>(namesToRegister());
    for (const std::string &Name : *Names)
      Factories.registerCheck<TidyCheck>(Name);
  }
};

ClangTidyModuleRegistry::Add<Module> Registered("assay-module", "Adds the checks of Assay.");

} // namespace

TidyOptions assay::optionsOf(ClangTidyContext &Context) {
  ClangTidyCheck::OptionsView View("assay", Context.getOptions().CheckOptions, &Context);
  return {View.get("Policy", "").str(), View.get("Store", "").str(), View.get("Cache", "").str()};
}

TidyCheck::TidyCheck(llvm::StringRef Name, ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), Host(*Context) {
  // clang-tidy learns from the question which options there are (--verify-config); one of us asks.
  if (std::exchange(Wanted, Context) != Context)
    optionsOf(*Context);
}

void TidyCheck::storeOptions(ClangTidyOptions::OptionMap &Options) {
  const TidyOptions Mine = optionsOf(Host);
  Options["assay.Policy"] = ClangTidyOptions::ClangTidyValue(Mine.Policy);
  Options["assay.Store"] = ClangTidyOptions::ClangTidyValue(Mine.Store);
  Options["assay.Cache"] = ClangTidyOptions::ClangTidyValue(Mine.Cache);
}

ClangTidyContext *TidyCheck::takeContext() {
  return std::exchange(Wanted, nullptr);
}
