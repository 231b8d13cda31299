#include "analysis/solve/Masking.h"

#include "analysis/model/Rows.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FormatVariadic.h"

#include <set>

using namespace assay;
using llvm::StringRef;

std::string Masker::digest(StringRef Secret) const {
  if (!HasKey) {
    // What the sources say, not how they were read: each caller's parse has the same key.
    std::set<StringRef> Texts;
    for (BodyId Id = 0; Id != Prog.bodyCount(); ++Id)
      for (const Constant &C : rows(Prog.body(Id).Data->constants()))
        if (C.kind() == ConstantKind::String)
          Texts.insert(Prog.tablesOf(Id).string(C.text()));
    llvm::BLAKE3 Hash;
    Hash.update("assay: digests of secrets");
    for (StringRef Text : Texts) {
      Hash.update(Text);
      Hash.update(StringRef("\0", 1));
    }
    Key = Hash.final<32>();
    HasKey = true;
  }
  llvm::BLAKE3 Hash;
  Hash.update(Key);
  Hash.update(Secret);
  return llvm::toHex(Hash.final<4>(), /*LowerCase=*/true);
}

static std::string madeOf(StringRef Text) {
  const std::pair<const char *, bool> Classes[] = {
      {"lower case", llvm::any_of(Text, llvm::isLower)},
      {"upper case", llvm::any_of(Text, llvm::isUpper)},
      {"digits", llvm::any_of(Text, llvm::isDigit)},
      {"spaces", Text.contains(' ')},
      {"others", llvm::any_of(Text, [](char C) { return !llvm::isAlnum(C) && C != ' '; })}};
  std::string Out;
  for (const auto &[Word, Has] : Classes)
    if (Has)
      Out += (Out.empty() ? "" : ", ") + std::string(Word);
  return Out;
}

std::string Masker::describeNumber(StringRef Digits) const {
  return llvm::formatv("a number of {0} digits (digest {1})", Digits.size(), digest(Digits)).str();
}

std::string Masker::describe(StringRef Secret) const {
  const bool IsText = llvm::all_of(Secret, [](char C) { return llvm::isPrint(C) || C == '\n'; });
  if (!IsText)
    return llvm::formatv("a constant of {0} bytes (digest {1})", Secret.size(), digest(Secret))
        .str();
  return llvm::formatv("a text of {0} character{1} ({2}; digest {3})", Secret.size(),
                       Secret.size() == 1 ? "" : "s", madeOf(Secret), digest(Secret))
      .str();
}
