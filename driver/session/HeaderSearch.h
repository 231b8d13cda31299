/// Where in the project a header lies that no unit's search found: looked for by name, in one walk.
#ifndef ASSAY_DRIVER_SESSION_HEADERSEARCH_H
#define ASSAY_DRIVER_SESSION_HEADERSEARCH_H

#include "analysis/model/Paths.h"

#include <map>
#include <set>
#include <string>

namespace assay {

struct HeaderPlace {
  std::string Folder;   ///< to be named by -I, so that the header's name is found; stored form
  std::string Template; ///< the file that it is generated from, when itself it is not there
};

/// By the name that the source includes. Of several places the first by name; what is not found is
/// left out. Gives up after some 200,000 files.
std::map<std::string, HeaderPlace> findHeaders(const std::set<std::string> &Names,
                                               const PathForms &Paths);

} // namespace assay

#endif
