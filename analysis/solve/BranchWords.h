/// What a program does, in words, where the ways behind a decision part: the functions called, the
/// places set, the texts shown. A way that grants something says so there, and so does one that
/// denies it.
///
/// It follows no value, and does not know which way is taken when.
#ifndef ASSAY_ANALYSIS_SOLVE_BRANCHWORDS_H
#define ASSAY_ANALYSIS_SOLVE_BRANCHWORDS_H

#include "analysis/solve/BodyTable.h"
#include "analysis/solve/Lexicon.h"

#include <string>
#include <vector>

namespace assay {

/// Names and texts near the branches that depend on the result of instruction `Decision`, and only
/// on one side of each.
std::vector<std::string> wordsBehind(InstRef Decision, BodyTable &Bodies);

/// Does the function return what the instruction gives, or what depends on it?
bool isReturned(InstRef Decision, BodyTable &Bodies);

/// The function asks somebody for it: puts("Password:"). `Named`: classes of names.
bool asksFor(BodyId Id, llvm::ArrayRef<std::string> Named, const Lexicon &Lex, const Program &Prog);

/// Does the caller look at what the call answers, keep it or hand it on?
bool isAnswerUsed(InstRef Call, const Program &Prog);
/// Can its result say yes or no? One that gives a text has looked something up.
bool isAnswer(InstRef Call, const Program &Prog);
/// Is it asked which of the two comes first, and not only whether they are equal?
bool isSorted(InstRef Call, const Program &Prog);
/// A method of an object, as request.hasHeader("...").
bool isOfObject(InstRef Call, const Program &Prog);

/// Does the edge lead to where the two that the instruction compares are equal?
bool saysEqual(const BodyView &B, uint32_t Compare, uint32_t Block, uint32_t Edge);
/// Where the two are equal, the pointer that was compared is set to null: a keyword stands in the
/// place of a value, and says that there is none.
bool isGivenUp(InstRef Compare, Operand Of, BodyTable &Bodies);

/// A text whose own words say what is done behind: "unlock" leads to unlock_door().
bool names(const std::string &Text, llvm::ArrayRef<std::string> Behind);

} // namespace assay

#endif
