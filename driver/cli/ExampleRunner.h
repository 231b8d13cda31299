/// Runs the Bad and Good blocks of check pages through a session, one program per block with its
/// check alone, and compares the findings with the lines that the page marks. A block that does not
/// parse whole is a fault: in a unit that Clang gave up on, silence proves nothing.
///
/// It prints nothing.
#ifndef ASSAY_DRIVER_CLI_EXAMPLERUNNER_H
#define ASSAY_DRIVER_CLI_EXAMPLERUNNER_H

#include "policies/schema/Loader.h"

#include "llvm/Support/Error.h"

namespace assay {

/// One thing that is not as a page says.
struct ExampleFault {
  SourcePosition At; ///< in the page
  std::string Text;
};

struct ExampleOutcome {
  const CheckPage *Page = nullptr;
  const Example *Block = nullptr;
  unsigned Number = 0;                           ///< of the page's Bad or Good blocks, from 1
  uint64_t Passed = 0, Failed = 0, Unproven = 0; ///< sites
  std::vector<ExampleFault> Faults;              ///< none: the block is as the page says
};

class ExampleRunner {
public:
  /// The pages are taken from P, whose models they need, and which was loaded from `Sources`.
  ExampleRunner(Policy P, PolicySources Sources);

  const std::vector<CheckPage> &pages() const { return Pages; }

  /// Everything that one block needs is made below a temporary folder and removed again.
  llvm::Expected<ExampleOutcome> run(const CheckPage &Page, const Example &Block) const;

private:
  Policy alone(const CheckPage &Page) const;
  /// A block that has an assay.toml brings its own project's policy. Limit: the page must then be a
  /// shipped one, or lie in a folder of the command line.
  llvm::Expected<Policy> policyFor(const CheckPage &Page, const Example &Block,
                                   const std::string &Root) const;

  Policy Rest; ///< roles and models, without checks
  std::vector<CheckPage> Pages;
  std::vector<Rule> Rules;
  PolicySources Sources;
};

} // namespace assay

#endif
