#include "analysis/solve/ComparedSecret.h"

#include "analysis/solve/BoundValues.h"
#include "analysis/solve/BranchWords.h"
#include "analysis/solve/EarlyExit.h"
#include "analysis/solve/FlowTables.h"
#include "analysis/solve/SpelledSecrets.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

std::string ComparedSecret::textOf(const Value &V) const {
  if (V.Const == NoId)
    return "";
  const Constant &K = *J.Prog.body(V.Body).Data->constants()->Get(V.Const);
  return K.kind() == ConstantKind::Int ? std::to_string(K.value())
                                       : J.Prog.tablesOf(V.Body).string(K.text()).str();
}

/// "WFA-SimpleConfig-1-0", "id_type2": words that are put together, as protocols name things.
static bool isJoined(llvm::StringRef Text) {
  return Text.find_first_of("-_:/=") != llvm::StringRef::npos;
}

/// By the text and the nearest names alone; null: they do not say.
const char *ComparedSecret::whatItIs(const Compared &C, llvm::StringRef Text) const {
  constexpr size_t Shortest = 3;
  // What a password is compared with may have blanks.
  std::string Shown = Text.str();
  if (isNamed(C.Names, strict()))
    std::erase(Shown, ' ');
  const bool IsText = llvm::all_of(Text, llvm::isPrint);
  const bool IsCommon = isNamed(C.Names, strict()) && J.Lex.isListed(Text, "default-password");
  if (Text.size() < Shortest || J.Lex.isPlaceholder(Text) ||
      (IsText && !IsCommon && J.Lex.isPlain(Shown)))
    return "a keyword, a label or a placeholder";
  if (!IsText && Text.find_first_not_of(Text.front()) == llvm::StringRef::npos)
    return "bytes that are all alike";
  // user, out of get_username_password(): the nearest name counts.
  if (!C.Names.empty() && J.Lex.isNamed(C.Names.front(), P.NotNamed) &&
      !J.Lex.isNamed(C.Names.front(), P.Named))
    return "compared as something else: a name";
  // sizes[i].name: a table of names.
  if (!C.Literals.empty() && J.Lex.isNamed(C.Literals.front(), P.NotNamed) &&
      !isNamed(C.Literals, P.Named))
    return "a name in a table";
  if (isNamed(C.Literals, {"forbidden-list"}))
    return "one of those that nobody may choose";
  const bool IsShouted = llvm::none_of(Text, llvm::isLower); // "COMMUNITY" of an example
  if (looksLikeName(Text) && J.Lex.isNamed(Text, P.Named) &&
      (IsShouted || !isNamed(C.Names, strict())))
    return "the name of a secret, not a secret";
  return nullptr;
}

const char *ComparedSecret::whyNot(const Compared &C) {
  const std::string Text = textOf(*C.Constant);
  if (const char *What = whatItIs(C, Text))
    return What;
  if (C.IsConstantTime)
    return nullptr;
  // The nearest name counts: pin = next_word(line), and then mode = next_word(pin).
  if (isDispatch(C) && !isNamed(llvm::ArrayRef(C.Names).take_front(), strict()))
    return "one of several keywords";
  if (!C.Other.isNone() && isGivenUp(C.Site, C.Other, J.Flows.Bodies))
    return "a keyword in the place of a value: there is none then";
  if (!llvm::all_of(Text, llvm::isPrint) && asksForDefault(C))
    return "asks whether the default still stands there";
  if (isHandedOnOnly(C))
    return "the call that hands it in decides nothing";
  constexpr size_t ShortestUnnamed = 4;
  if (isNamed(C.Names, P.Named) || isNamed(C.Literals, P.Named))
    return Text.size() < ShortestUnnamed && llvm::all_of(Text, llvm::isAlpha) &&
                   !Worth.isGranting(C.At) && !Worth.isGranting(C.Site)
               ? "a keyword of three letters, of which only a name speaks"
               : nullptr;
  if (Text.size() < ShortestUnnamed || !isAnswer(C.At, J.Prog) || isNamed(C.Names, P.NotNamed) ||
      llvm::any_of(P.NotNamed, [&](const auto &Class) { return J.Lex.isListed(Text, Class); }))
    return "compared as something else: a name, a keyword";
  if (isHeading(Text) || (C.At != C.Site && !looksChosen(Text) && isOfObject(C.At, J.Prog)))
    return "a word of a protocol";
  if (Worth.isGranting(C.At)
          ? names(Text, Worth.wordsBehind(C.At))
          : !looksChosen(Text) || isJoined(Text) || !Worth.isGrantingOutside(C.At))
    return "what it decides grants nothing";
  return nullptr;
}

bool ComparedSecret::isLookup(InstRef Compare, llvm::ArrayRef<std::string> Left,
                              llvm::ArrayRef<std::string> Right) const {
  return isNamed(Left, P.LookedUp) && isNamed(Right, P.LookedUp) && !isNamed(Left, P.Named) &&
         !isNamed(Right, P.Named) && endsSearch(Compare, J.Flows.Bodies);
}

bool ComparedSecret::isNetworkAddress(const RoleSite &S) const {
  constexpr int64_t BytesOfAddress = 6;
  const auto Sizes = boundValues(S, "size", J);
  const Value *V = Sizes ? Sizes->single() : nullptr;
  return V && V->K == Value::Kind::Int && V->Int == BytesOfAddress;
}

/// A caller hands in the constant, perhaps by an object that somebody else asks later, and does not
/// look at what comes of it: only what it is compared with can say that it decides.
bool ComparedSecret::isHandedOnOnly(const Compared &C) const {
  return C.At != C.Site && !isNamed(C.Names, P.Named) && !isAnswerUsed(C.At, J.Prog);
}

/// if (!memcmp(key, default_key, 16)) warn(): nobody types bytes, and nobody is let in.
bool ComparedSecret::asksForDefault(const Compared &C) {
  return isNamed(C.Literals, {"default"}) && !isNamed(C.Names, P.Grants) &&
         !isNamed({ownName(J.Words.function(C.At.Body))}, P.Grants) && !Worth.asks(C.At.Body) &&
         !isNamed(Worth.wordsBehind(C.At), P.Grants);
}

/// The same variable is compared with several texts in this body, or several texts are handed to
/// the same function that compares.
bool ComparedSecret::isDispatch(const Compared &C) {
  if (C.IsOfMany)
    return true;
  if (C.At != C.Site)
    return Keywords.areMany(C.At.Body, C.Callee);
  return llvm::any_of(C.Names,
                      [&](const std::string &N) { return Keywords.areMany(C.At.Body, N); });
}
