/// The tool component of a run: rules, the taxonomies that they point into, our own notifications.
#ifndef ASSAY_SARIF_REPORT_SARIFRULES_H
#define ASSAY_SARIF_REPORT_SARIFRULES_H

#include "sarif/report/SarifJson.h"
#include "sarif/report/SarifWriter.h"

#include <map>
#include <optional>
#include <string>

namespace assay {

class SarifRules {
public:
  SarifRules(const Report &R, const SarifOptions &Options);

  Json driver() const;
  Json taxonomies() const;
  std::optional<size_t> indexOf(const std::string &Check) const;
  const Rule *find(const std::string &Check) const;

private:
  struct Taxonomy {
    size_t Index = 0;
    std::map<std::string, std::string> Titles; ///< by id; a title may be empty
  };
  Json rule(const Rule &R) const;
  Json relationships(const Rule &R) const;
  Json target(const std::string &Standard, const std::string &Id) const;

  const Report &R;
  const SarifOptions &Options;
  std::map<std::string, size_t> Indices;
  std::map<std::string, Taxonomy> Taxonomies;
};

} // namespace assay

#endif
