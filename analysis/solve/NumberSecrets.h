/// Numbers of a program whose names say that they are a secret: PINs, passkeys, unlock codes.
///
/// It looks at names and at where a number is written; what is done with it is not asked.
#ifndef ASSAY_ANALYSIS_SOLVE_NUMBERSECRETS_H
#define ASSAY_ANALYSIS_SOLVE_NUMBERSECRETS_H

#include "analysis/solve/Lexicon.h"
#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/OperandNames.h"

namespace assay {

/// Of four digits and more, and no mask or power of two: what is smaller is a count or a chip's
/// pin.
bool mayBeSecretNumber(int64_t Value);
/// The class of names that say so.
bool isSecretNumber(llvm::StringRef Name, const Lexicon &Lex);

/// The names that a constant was written with: its enumerator, its macros.
std::vector<std::string> namesWrittenFor(const BodyView &B, const Constant &K, const Program &Prog);

/// Each where it is given to a variable or field, returned or handed on; `Holder` is its name.
std::vector<LiteralSpot> numberSecrets(BodyId Id, const Program &Prog, const Lexicon &Lex);

} // namespace assay

#endif
