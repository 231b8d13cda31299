/// What code means, as typed data: roles, and which functions, values, fields and sections carry
/// them. Formats: docs/formats.md.
///
/// It holds no behaviour but the comparison with a number.
#ifndef ASSAY_POLICIES_SCHEMA_MODELS_H
#define ASSAY_POLICIES_SCHEMA_MODELS_H

#include "policies/schema/Located.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace assay {

// ---------------------------------------------------------------- roles

/// What the value behind a bind is.
enum class BindKind : uint8_t {
  Value, ///< what the operand itself is: a cipher handle, an enumerator, a mode
  Int,   ///< a number: bits, iterations, a size
  Bytes, ///< the bytes that the operand points to: a key, an IV, a password
  Object ///< the object that the operand points to, by identity (contexts; used by `same`)
};

/// How code that nobody in the program calls comes to run.
enum class EntryWay : uint8_t { Task, Signal, Interrupt, Exit, Timer, Callback };

struct Role {
  Located<std::string> Id; ///< "cipher.setup"
  std::string Does;        ///< one sentence
  std::map<std::string, BindKind> Binds;
  bool CanSucceed = false; ///< has a result that means success
  /// What a call does to memory: bind -> bind whose content it takes, or "" = fresh content of this
  /// role. memory.copy: {to: from}; memory.fill: {to: value}; random.strong: {out: ""}.
  std::map<std::string, std::string> Writes;
  std::set<std::string> Unsets; ///< of these: binds in which nothing is left that means anything
  /// Functions that a call registers: bind -> how they come to run. entry.task: {function: Task}.
  std::map<std::string, EntryWay> Enters;
  /// What a call puts into memory beside other things: bind -> binds of which it then holds
  /// something. Holds its old content still only if it names itself. string.append: {to: [from,
  /// to]}.
  std::map<std::string, std::vector<std::string>> Carries;
  /// Pointers into what a call is given: bind -> bind. string.view: {result: from}.
  std::map<std::string, std::string> PointsInto;
};

// ---------------------------------------------------------------- facts and conditions

using FactValue = std::variant<int64_t, bool, std::string>;
using Facts = std::map<std::string, FactValue>; ///< algorithm -> "3DES", bits -> 112

/// A comparison with a number: "== 1", "!= 0", ">= 3", "& 1", "!& 1". A bare number means "==".
struct IntCondition {
  enum class Op : uint8_t { EQ, NE, LT, LE, GT, GE, AnyBit, NoBit } Operator = Op::EQ;
  int64_t Value = 0;
  bool holds(int64_t X) const;
};

// ---------------------------------------------------------------- models

struct ArgRef {
  enum class Kind : uint8_t { Argument, Return, This, Fixed, Global } Where = Kind::Argument;
  unsigned Index = 0;   ///< Argument: 0-based, without `this`
  Facts Fixed;          ///< Fixed: the function's name alone says it: MD5() binds digest = { is = {
                        ///< algorithm = "MD5" } }
  std::string Variable; ///< Global: the variable outside of functions: getopt() leaves a word in
                        ///< optarg
  bool Rest = false;    ///< Argument: all from Index on (what printf() prints)
  /// Argument: the facts that this operand is about; empty: all. Where one argument names the
  /// algorithm and another the mode, each has a row, and a question about the mode is none about
  /// the first.
  std::vector<std::string> Says;
  /// Argument: not the argument but a field of what it points to, record::field; the first that the
  /// program stores to there.
  std::vector<std::string> Fields;
  bool Behind = false; ///< Argument: not the pointer but the number that it points to
  /// Argument: not the function that is handed over but what it writes to where this argument of
  /// its own points.
  std::optional<unsigned> Fills;
  std::string Domain; ///< numbers of this bind mean what [[value]] rows `of` this domain say
  bool NullMeansUnset =
      false; ///< a null pointer here leaves the bind alone (EVP_EncryptInit_ex(ctx, NULL, ...))
  /// Bytes: how many the callee uses; another argument, or a constant. Absent: unknown.
  std::optional<unsigned> SizeArgument;
  std::optional<uint64_t> SizeBytes;
};

/// A function that is handed over is told a verdict, and its answer replaces it.
struct HandedVerdict {
  std::string Bind;     ///< where the function is handed over
  unsigned Arg = 0;     ///< of that function: what it is told
  bool Pointer = false; ///< the argument points to the verdict, and what lies there is the answer;
                        ///< else the function's result is
  IntCondition Success; ///< of the verdict, and of the answer
};

/// What fields (record::field) of an object hold after a call; nullopt: what they held before.
using FieldsLeft = std::map<std::string, std::optional<IntCondition>>;

/// A function or method that carries a role. The same name may carry several (rows); each is a site
/// of its own.
struct FunctionModel {
  Located<std::string> Name; ///< qualified name, or a glob with * (llvm::GlobPattern)
  std::string Role;          ///< empty: only `Returns`
  std::map<std::string, ArgRef> Binds;
  /// The row counts only when this argument's value is the named one (curl_easy_setopt's option):
  /// argument -> names, strings, or numbers in decimal.
  std::map<unsigned, std::vector<std::string>> When;
  std::optional<IntCondition> Success;
  std::optional<IntCondition> Failure; ///< what else it returns, where the manual says so; absent:
                                       ///< anything usual that is no success
  /// The call's result carries the values of these arguments (look-up by name or id, identity
  /// wrappers).
  std::vector<unsigned> ReturnsArguments;
  Facts ReturnsFacts;         ///< ... and these facts
  bool ReturnsObject = false; ///< it is the object that the method is called on
  std::optional<HandedVerdict> Verdict;
  std::map<std::string, FieldsLeft> Leaves; ///< by bind; what is not named may hold anything
  std::string Library;                      ///< the model file's `library`
  std::string Source; ///< ... and `source`: where the claim was read; empty for a project's own row
};

/// What a constant means. Found by name (function called for its result, macro, enumerator,
/// global), by string, or by number in a domain.
struct ValueModel {
  Located<std::string> Name;         ///< exact or glob; may be empty
  std::optional<std::string> String; ///< a string that names it, compared without case
  std::optional<IntCondition> Int;   ///< with Domain
  std::optional<uint64_t> Mask;      ///< Int compares (value & Mask)
  std::string Domain;                ///< `of`
  Facts Is;
  std::string Instead; ///< what to write where this constant is denied; a name, or a number in the
                       ///< same domain; empty: nothing can be said for all programs
  std::string Library;
};

/// A field, or a variable outside of functions, whose assignment is a site: the stored value is
/// bound to `Bind`. Or, with `Tested`, one of which a test is as good as a call of the role: the
/// way on which it was found to be such has it. Nobody assigns such a row anything.
struct FieldModel {
  Located<std::string> Name; ///< record::field, record as in the type or its typedef
  std::string Role;
  std::string Bind = "value";
  std::string Domain;
  std::optional<IntCondition> When; ///< "true" is "!= 0"
  std::optional<IntCondition> Tested;
  std::string Library;
};

/// A section whose functions, and the functions that its variables list, run without being called.
struct SectionModel {
  Located<std::string> Name; ///< exact or glob
  EntryWay Enters = EntryWay::Interrupt;
  std::string Library;
};

struct Model {
  std::string Library; ///< "openssl"; in-house: "project"
  std::vector<FunctionModel> Functions;
  std::vector<ValueModel> Values;
  std::vector<FieldModel> Fields;
  std::vector<SectionModel> Sections;
};

} // namespace assay

#endif
