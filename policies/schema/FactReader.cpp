#include "policies/schema/FactReader.h"

namespace assay {

using llvm::Error;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

static const char *const ConditionHelp =
    "a comparison such as \"== 1\" (==, !=, <, <=, >, >=, &, !&), a number, or true or false";

static Reader<FactValue> factValue() {
  Object Schema{{"type", Array{"string", "integer", "boolean"}}};
  return {std::move(Schema), [](const TomlValue &V, FactValue &Out) -> Error {
            if (V.Is == TomlValue::Kind::String)
              Out = V.Text;
            else if (V.Is == TomlValue::Kind::Integer)
              Out = V.Int;
            else if (V.Is == TomlValue::Kind::Boolean)
              Out = V.Bool;
            else
              return errorAt(V.At, "{0} expects a string, an integer or a boolean, not {1}", V.Name,
                             wordFor(V.Is));
            return Error::success();
          }};
}

Reader<Facts> facts() {
  return mapOf(factValue());
}

Reader<std::map<std::string, std::vector<FactValue>>> factSets() {
  return mapOf(oneOrMore(factValue()));
}

Reader<std::map<std::string, int64_t>> factLimits() {
  return mapOf(integer());
}

static bool parseCondition(StringRef Text, IntCondition &Out) {
  using Op = IntCondition::Op;
  // Longer signs first: "<" is the start of "<=".
  static const std::pair<StringRef, Op> Signs[] = {
      {"==", Op::EQ}, {"!=", Op::NE}, {"<=", Op::LE},    {">=", Op::GE},
      {"<", Op::LT},  {">", Op::GT},  {"&", Op::AnyBit}, {"!&", Op::NoBit},
  };
  Text = Text.trim();
  for (const auto &[Sign, Operator] : Signs)
    if (Text.consume_front(Sign)) {
      Out.Operator = Operator;
      break;
    }
  return !Text.trim().getAsInteger(0, Out.Value);
}

Reader<IntCondition> intCondition() {
  Object Schema{
      {"type", Array{"string", "integer", "boolean"}},
      {"pattern", "^ *(==|!=|<|<=|>|>=|&|!&)? *-?(0x[0-9a-fA-F]+|[0-9]+) *$|^true$|^false$"}};
  return {std::move(Schema), [](const TomlValue &V, IntCondition &Out) -> Error {
            bool IsTrue = V.Is == TomlValue::Kind::Boolean ? V.Bool : V.Text == "true";
            if (V.Is == TomlValue::Kind::Boolean || IsTrue || V.Text == "false")
              Out = {IsTrue ? IntCondition::Op::NE : IntCondition::Op::EQ, 0};
            else if (V.Is == TomlValue::Kind::Integer)
              Out = {IntCondition::Op::EQ, V.Int};
            else if (V.Is != TomlValue::Kind::String)
              return errorAt(V.At, "{0} expects {1}, not {2}", V.Name, ConditionHelp,
                             wordFor(V.Is));
            else if (!parseCondition(V.Text, Out))
              return errorAt(V.At, "{0} expects {1}, not '{2}'", V.Name, ConditionHelp, V.Text);
            return Error::success();
          }};
}

} // namespace assay
