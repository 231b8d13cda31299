/// Files and places of one SARIF run: the artifact table, and locations that point into it.
///
/// Two steps: first every file is named (`add`), then the table is closed (`freeze`) and locations
/// are made. An index into the table is thus the same however the files were met.
#ifndef ASSAY_SARIF_REPORT_SARIFPLACES_H
#define ASSAY_SARIF_REPORT_SARIFPLACES_H

#include "analysis/model/Result.h"
#include "sarif/report/SarifJson.h"
#include "sarif/report/SarifUri.h"
#include "sarif/report/SourceText.h"

#include <map>
#include <set>
#include <string>

namespace assay {

class SarifPlaces {
public:
  SarifPlaces(const Report &R, SourceReader Read);

  /// What a file is to the run; SARIF's artifact roles.
  enum class Part : uint8_t { Read, Noted, HoldsResult, OnPath };
  void add(const std::string &File, Part P);
  void add(const Location &At, Part P) { add(At.File, P); }
  void freeze();

  /// `At` as a SARIF location; empty object when it has no place at all.
  Json location(const Location &At, const std::string &Function, const std::string &Message) const;
  /// A SARIF fix of all these; empty object when the source does not stand as they say.
  Json fix(const std::vector<Fix> &All) const;
  /// `primaryLocationLineHash`, empty when the source is not there.
  std::string lineHash(const Location &At) const;

  Json artifacts() const;
  Json originalUriBaseIds() const;
  /// Files that are not any more what was analysed, by name.
  std::vector<std::string> changedFiles() const;

private:
  struct File {
    const Artifact *Known = nullptr;
    bool IsUnit = false;
    bool Noted = false;
    bool HoldsResult = false;
    bool OnPath = false;
    size_t Index = 0;
  };
  Json artifact(const std::string &Name, const File &F) const;
  Json artifactLocation(const std::string &Name) const;
  Json region(const Location &At) const;
  Json change(const Fix &F) const;
  Json wholeFile(const std::string &Name) const;

  std::map<std::string, const Artifact *> Artifacts;
  std::set<std::string> Units;
  std::map<std::string, File> Files;
  mutable SourceTexts Texts; ///< a cache
  SecretLines Secrets;
};

} // namespace assay

#endif
