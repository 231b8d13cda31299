#include "driver/cli/FindExplained.h"

#include "driver/cli/TextFindings.h"
#include "policies/schema/NearestWord.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <set>

using namespace llvm;

namespace assay {

static constexpr size_t NamedChoices = 5, ShownDigits = 12;

static Error fault(const std::string &Text) {
  return createStringError(Text);
}

static std::string choice(const Finding &F) {
  return F.Fingerprint.substr(0, ShownDigits) + " (" + F.Check + " at " + placeText(F.At) + ")";
}

static size_t commonDigits(StringRef A, StringRef B) {
  size_t N = 0;
  while (N < A.size() && N < B.size() && A[N] == B[N])
    ++N;
  return N;
}

Expected<const Finding *> findFinding(const Report &R, StringRef Prefix) {
  const std::string Wanted = Prefix.lower();
  std::vector<const Finding *> Found;
  for (const Finding &F : R.Findings)
    if (StringRef(F.Fingerprint).starts_with(Wanted))
      Found.push_back(&F);
  if (Found.size() == 1)
    return Found.front();
  if (!Found.empty()) {
    std::string Choices;
    for (const Finding *F : ArrayRef(Found).take_front(NamedChoices))
      Choices += "\n  " + choice(*F);
    if (Found.size() > NamedChoices)
      Choices += "\n  ... and " + utostr(Found.size() - NamedChoices) + " more";
    return fault("'" + Wanted + "' is the start of " + utostr(Found.size()) +
                 " fingerprints; give more digits:" + Choices);
  }
  if (R.Findings.empty())
    return fault("no finding's fingerprint starts with '" + Wanted + "': there are no findings");
  auto Nearest = std::max_element(
      R.Findings.begin(), R.Findings.end(), [&](const Finding &A, const Finding &B) {
        return commonDigits(A.Fingerprint, Wanted) < commonDigits(B.Fingerprint, Wanted);
      });
  return fault("no finding's fingerprint starts with '" + Wanted +
               "'; nearest: " + choice(*Nearest));
}

Expected<PlaceWish> readPlace(StringRef Text) {
  auto [Rest, Last] = Text.rsplit(':');
  unsigned Number = 0;
  PlaceWish Wish;
  if (!Last.getAsInteger(10, Number)) {
    auto [File, Line] = Rest.rsplit(':');
    if (File != Rest && !Line.getAsInteger(10, Wish.Line))
      Wish.File = File.str();
    else {
      Wish.File = Rest.str();
      Wish.Line = Number;
    }
  }
  if (Wish.File.empty() || Wish.Line == 0)
    return fault("'" + Text.str() + "' is no place; expected FILE:LINE");
  return Wish;
}

bool isMeant(const PlaceWish &Wish, const Location &At) {
  StringRef Stored = At.File;
  return Stored == Wish.File || (Stored.consume_back(Wish.File) && Stored.ends_with("/"));
}

/// Nothing at the line: where else in the file something is judged, or else which file was meant.
static Error nothingThere(const Report &R, const PlaceWish &Wish) {
  const std::string Asked = Wish.File + ":" + utostr(Wish.Line);
  const Site *Nearest = nullptr;
  std::set<std::string> Files;
  auto Distance = [&](const Site &S) {
    return S.At.Line > Wish.Line ? S.At.Line - Wish.Line : Wish.Line - S.At.Line;
  };
  for (const Site &S : R.Sites) {
    if (!Wish.Check.empty() && S.Check != Wish.Check)
      continue;
    Files.insert(S.At.File);
    if (isMeant(Wish, S.At) && (!Nearest || Distance(S) < Distance(*Nearest)))
      Nearest = &S;
  }
  std::string Text = Wish.Check.empty() ? "no check judges anything at " + Asked
                                        : Wish.Check + " judges nothing at " + Asked;
  if (Nearest)
    return fault(Text + "; nearest: " + placeText(Nearest->At) + " (" + Nearest->Check + ")");
  const std::vector<std::string> Known(Files.begin(), Files.end());
  return fault(Text + ", nor anywhere in that file" + nearestOf(Wish.File, Known));
}

Expected<std::vector<const Site *>> findSites(const Report &R, const PlaceWish &Wish) {
  std::vector<const Site *> Found;
  for (const Site &S : R.Sites)
    if (S.At.Line == Wish.Line && isMeant(Wish, S.At) &&
        (Wish.Check.empty() || S.Check == Wish.Check))
      Found.push_back(&S);
  if (!Found.empty())
    return Found;
  return nothingThere(R, Wish);
}

std::vector<const Finding *> findingsAt(const Report &R, const Site &S) {
  std::vector<const Finding *> Found;
  for (const Finding &F : R.Findings)
    if (F.Check == S.Check && (F.At == S.At || (!F.Path.empty() && F.Path.back().At == S.At)))
      Found.push_back(&F);
  return Found;
}

} // namespace assay
