/// Reports made by hand, with every feature that an output has to show.
#ifndef ASSAY_TEST_UNIT_REPORT_SAMPLES_H
#define ASSAY_TEST_UNIT_REPORT_SAMPLES_H

#include "analysis/model/Result.h"
#include "sarif/report/SourceText.h"

#include <map>
#include <string>
#include <vector>

namespace assay::sample {

/// Sources by stored path.
using Sources = std::map<std::string, std::string>;
SourceReader readerOf(const Sources &S);

struct Sample {
  std::string Name;
  Report Result;
  Sources Files;
};

/// A pump with findings over several files, macros, taxa, failed units, notes, all four verdicts.
Sample pump();
/// No unit at all.
Sample empty();
/// Ill-formed UTF-8, control characters, brackets, long lines, odd paths.
Sample hostile();
/// `Count` findings of mixed severity, one with a path and related places of `Count` steps.
Sample large(unsigned Count);

std::vector<Sample> all();

} // namespace assay::sample

#endif
