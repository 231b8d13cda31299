/// Values of which a property says that they must not stand in the source: their text, where it is
/// written, and how a report speaks of it without showing it.
#ifndef ASSAY_ANALYSIS_SOLVE_SECRETTEXTS_H
#define ASSAY_ANALYSIS_SOLVE_SECRETTEXTS_H

#include "analysis/solve/Judging.h"

namespace assay {

class SecretTexts {
public:
  /// `AreSecret`: what the property binds is a secret, whatever it asks of it.
  SecretTexts(bool AreSecret, const Judging &J) : AreSecret(AreSecret), J(J) {}

  /// A text that must not stand in the source is one that no report shows.
  bool isSecret(const Value &V) const {
    return V.K == Value::Kind::Text && V.Const != NoId && V.Int > 0 && AreSecret;
  }
  bool isPlaceholder(const Value &V) const { return isSecret(V) && J.Lex.isPlaceholder(textOf(V)); }
  /// getquery("page"): sprintf(buf, "POST_%s", name), and then what is read is written over it.
  bool isPartOfName(const Value &V) const;

  /// Of a text: its letters.
  std::string textOf(const Value &V) const;
  Location writtenAt(const Value &V) const;
  void addTo(std::vector<Location> &Places, const ValueSet &Values) const;
  std::string describe(const Value &V) const;

private:
  const Constant &constantOf(const Value &V) const;

  bool AreSecret;
  const Judging &J;
};

} // namespace assay

#endif
