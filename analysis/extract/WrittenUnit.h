/// What extraction makes of one unit: finished buffers of TUSummary.fbs, in memory.
#ifndef ASSAY_ANALYSIS_EXTRACT_WRITTENUNIT_H
#define ASSAY_ANALYSIS_EXTRACT_WRITTENUNIT_H

#include <cstdint>
#include <vector>

namespace assay {

struct WrittenUnit {
  std::vector<uint8_t> Summary;             ///< TUSummary
  std::vector<std::vector<uint8_t>> Shared; ///< HeaderBodies, in the order in which it names them
};

} // namespace assay

#endif
