/// The texts that one body works with: which literal an operand is, is made of or holds one step
/// away, what an object is for that is made of one, and under which name a call keeps what it is
/// given.
///
/// It follows no value beyond one variable: what arrives over several is a question of values.
#ifndef ASSAY_ANALYSIS_SOLVE_TEXTARGUMENTS_H
#define ASSAY_ANALYSIS_SOLVE_TEXTARGUMENTS_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/Describe.h"
#include "analysis/solve/RoleIndex.h"

#include <map>
#include <optional>
#include <string>

namespace assay {

/// A text constant: where it is written, and the instruction that uses it there.
struct WrittenText {
  InstRef At;
  uint32_t Const = 0;
};

/// What a text is for.
struct TextUse {
  std::string Holder;    ///< variable, field, parameter or function that it belongs to
  bool Compared = false; ///< the function only looks at it
  std::string Key;       ///< the name under which a call keeps it
};

/// The local that the operand is as a whole: its address, or what was loaded from it.
std::optional<uint32_t> wholeLocal(const BodyView &B, Operand O);

/// What the operand is without conversions and one call whose result is what it is given, or points
/// into it, as the role string.view says: F("x").
Operand viewedBy(const BodyView &B, Operand O, const Program &Prog, const RoleIndex &Roles);

class TextArguments {
public:
  TextArguments(const Program &Prog, const RoleIndex &Roles, BodyId Id);

  /// The literal that an operand is, or that the object was made of which it stands for:
  /// std::string("x"). Of this body.
  std::optional<uint32_t> literalOf(Operand O) const;
  /// ... or that the variable holds, a global of its own or a pointer of this body: what it is
  /// declared with. Something else may have been set to it since.
  std::optional<WrittenText> heldBy(Operand O) const;
  /// The same of a place of which elements are read: p[i], *p.
  std::optional<WrittenText> heldBy(const Place &Of) const;
  /// The constant, text or array, whose address it is, or a reference to which.
  std::optional<uint32_t> constantAt(Operand O) const;
  /// Whether one may stand there, in whatever of these ways. Of most operands that is seen at once.
  bool mayBeText(Operand O) const;

  /// The name under which argument `A` is kept: the text before it; a variable in whose place it
  /// stands until somebody sets another, where the call names that variable's key, too:
  /// option(mqtt_pass, "word", "mqtt_pass").
  std::string keyOf(const Inst &Call, uint32_t A) const;
  /// Its variable and that one's key are among the arguments: no text is another's key.
  bool isKept(const Inst &Call) const { return keyedVariable(Call).has_value(); }
  /// __func__, as assertions hand it on.
  bool isOwnFunction(llvm::StringRef Text) const;
  /// obj["key"] = "x": the text between the brackets.
  std::string bracketText(Operand Object) const;

  /// The object that a call makes of a text; of one without a name, what it is made for: it is
  /// returned, stored or handed on by one of the next instructions.
  TextUse useOf(uint32_t Call, Operand Object) const;
  /// The variable or field behind an operand.
  std::string nameOf(Operand O) const;
  /// ... of which an element is written.
  std::string nameOfElement(const Place &Of) const;
  std::string parameterName(const EntityInfo &Callee, uint32_t Index) const;
  /// An object that is constructed of, or assigned, this one text.
  static bool isMadeOfIt(const EntityInfo &Callee) {
    return Callee.Kind == EntityKind::Constructor || Callee.Qualified.ends_with("::operator=");
  }

  std::string textOf(uint32_t Const) const { return B.Of.string(B.Constants[Const].text()).str(); }

private:
  std::optional<uint32_t> literalAt(const BodyView &B, Operand O) const;
  void noteStore(uint32_t I);
  std::optional<WrittenText> heldByGlobal(EntityId Global) const;
  std::optional<WrittenText> heldByLocal(uint32_t Local) const;
  /// The argument that is a variable whose own name is a later argument's text, with a text
  /// between.
  std::optional<uint32_t> keyedVariable(const Inst &Call) const;
  std::optional<uint32_t> findKeyedVariable(const Inst &Call) const;
  std::optional<TextUse> handedTo(uint32_t I, uint32_t Local, Operand Loaded) const;
  std::string variableName(Operand O) const;

  const Program &Prog;
  const RoleIndex &Roles;
  Describer Words;
  BodyView B;
  std::map<uint32_t, std::optional<WrittenText>> Held; ///< by local
  std::map<uint32_t, uint32_t> Made; ///< local object -> the literal that it is constructed of
  mutable const Inst *LastCall = nullptr;
  mutable std::optional<uint32_t> LastKeyed; ///< keyedVariable() of LastCall
};

} // namespace assay

#endif
