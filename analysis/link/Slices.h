/// From pairs (id, item) to a flat map: a counting pass, then a filling pass, no allocation per id.
#ifndef ASSAY_ANALYSIS_LINK_SLICES_H
#define ASSAY_ANALYSIS_LINK_SLICES_H

#include "analysis/model/Program.h"

#include <utility>

namespace assay {

/// Keeps the order of the items of one id. `Ids` is how many ids there are.
template <class T>
Program::Slices<T> slicesFrom(llvm::ArrayRef<std::pair<uint32_t, T>> Pairs, uint32_t Ids) {
  Program::Slices<T> Result;
  Result.Start.resize(Ids + 1);
  for (const auto &P : Pairs)
    ++Result.Start[P.first + 1];
  for (uint32_t Id = 0; Id != Ids; ++Id)
    Result.Start[Id + 1] += Result.Start[Id];
  Result.Items.resize(Pairs.size());
  std::vector<uint32_t> Next(Result.Start.begin(), Result.Start.end() - 1);
  for (const auto &P : Pairs)
    Result.Items[Next[P.first]++] = P.second;
  return Result;
}

} // namespace assay

#endif
