/// What a program calls the things that it works with: variables, fields, functions that give a
/// value, texts that it asks with.
///
/// It follows no value beyond one body, and does not know what a name means: Lexicon does.
#ifndef ASSAY_ANALYSIS_SOLVE_OPERANDNAMES_H
#define ASSAY_ANALYSIS_SOLVE_OPERANDNAMES_H

#include "analysis/solve/Describe.h"
#include "analysis/solve/RoleIndex.h"

namespace assay {

/// ns::record::field -> field
std::string ownName(const std::string &Qualified);

/// Letters and what joins them: wifi.password. Passwords of people have a digit or a sign more
/// often than not.
bool looksLikeName(llvm::StringRef Text);

class OperandNames {
public:
  OperandNames(const Program &Prog, const Describer &Words, const RoleIndex &Roles)
      : Prog(Prog), Words(Words), Roles(Roles) {}

  /// The variable or field, or the function whose result it is, together with what that was asked
  /// with: getenv("ADMIN_PASSWORD"). What only looks into an object has that one's name:
  /// user.c_str().
  void namesOf(BodyId Id, Operand O, std::vector<std::string> &Out) const { add(Id, O, Out, 4); }
  /// Of what a call hands in for an operand of the body that it calls; of an element, for its
  /// array.
  void namesOfSupplied(InstRef Call, BodyId Callee, Operand O, std::vector<std::string> &Out) const;
  /// Of all arguments of a call.
  void namesOfArguments(InstRef Call, std::vector<std::string> &Out) const;
  /// Of a constant: its macro, its enumerator, the variable that it initialises.
  void namesOf(const Value &V, std::vector<std::string> &Out) const;
  /// The variable, field or element.
  std::string name(BodyId Id, const Place &P) const { return ownName(Words.lastName(Id, P)); }

  /// The place of which an operand is an element or what it points to, and its row; null: it is
  /// none.
  const Place *element(BodyId Id, Operand O, uint32_t &Row) const;

private:
  void add(BodyId Id, Operand O, std::vector<std::string> &Out, unsigned Left) const;
  void addMaker(BodyId Id, uint32_t Local, uint32_t Before, std::vector<std::string> &Out,
                unsigned Left) const;
  void addCall(BodyId Id, uint32_t Call, std::vector<std::string> &Out, unsigned Left) const;

  const Program &Prog;
  const Describer &Words;
  const RoleIndex &Roles;
};

} // namespace assay

#endif
