#include "analysis/solve/Nesting.h"

#include <algorithm>

void assay::nest(std::vector<PathStep> &Path) {
  std::vector<std::pair<std::string, int>> Open; // functions that the path is in, outermost first
  std::vector<int> Depths;
  for (size_t I = 0; I != Path.size(); ++I) {
    const std::string &Function = Path[I].Function;
    if (I == 0) {
      Open = {{Function, 0}};
    } else if (Function != Path[I - 1].Function) {
      const PathStepKind Before = Path[I - 1].Kind;
      const bool Out = Before == PathStepKind::Return || Path[I].Kind == PathStepKind::Return;
      auto Known = std::find_if(Open.begin(), Open.end(),
                                [&](const auto &O) { return O.first == Function; });
      if (Known != Open.end())
        Open.erase(Known + 1, Open.end());
      else if (Before == PathStepKind::Call)
        Open.emplace_back(Function, Open.back().second + 1);
      else // out of a function to a caller that the path has not been in; or to code beside it
        Open = {{Function, Open.front().second - Out}};
    }
    Depths.push_back(Open.back().second);
  }
  if (Depths.empty())
    return;
  const int Outermost = *std::min_element(Depths.begin(), Depths.end());
  for (size_t I = 0; I != Path.size(); ++I)
    Path[I].Depth = static_cast<unsigned>(Depths[I] - Outermost);
}
