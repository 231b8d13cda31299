#include "policies/schema/Reader.h"

#include "policies/schema/Pattern.h"

#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Regex.h"

namespace assay {

using llvm::Error;
using llvm::json::Array;
using llvm::json::Object;

JsonSchema::JsonSchema(Object Known) : JsonSchema([Known = std::move(Known)] { return Known; }) {}

JsonSchema::JsonSchema(std::function<Object()> Make)
    : Make(std::make_shared<const std::function<Object()>>(std::move(Make))) {}

Error expectKind(const TomlValue &V, TomlValue::Kind K) {
  if (V.Is == K)
    return Error::success();
  return errorAt(V.At, "{0} expects {1}, not {2}", V.Name, wordFor(K), wordFor(V.Is));
}

static Error readText(const TomlValue &V, std::string &Out) {
  if (Error E = expectKind(V, TomlValue::Kind::String))
    return E;
  if (V.Text.empty())
    return errorAt(V.At, "{0} is empty", V.Name);
  Out = V.Text;
  return Error::success();
}

struct TextPattern::Compiled {
  std::string Text;
  std::optional<llvm::Regex> Pattern;
};

TextPattern::TextPattern(std::string Pattern)
    : Shared(std::make_shared<Compiled>(Compiled{std::move(Pattern), std::nullopt})) {}

bool TextPattern::matches(llvm::StringRef Text) const {
  if (!Shared->Pattern)
    Shared->Pattern.emplace(Shared->Text);
  return Shared->Pattern->match(Text);
}

Reader<std::string> text() {
  return {Object{{"type", "string"}, {"minLength", 1}}, readText};
}

Reader<std::string> anyText() {
  return {Object{{"type", "string"}}, [](const TomlValue &V, std::string &Out) -> Error {
            if (Error E = expectKind(V, TomlValue::Kind::String))
              return E;
            Out = V.Text;
            return Error::success();
          }};
}

Reader<std::string> textLike(std::string Pattern, std::string What) {
  Object Schema{{"type", "string"}, {"pattern", Pattern}};
  return {std::move(Schema),
          [Pattern = TextPattern(Pattern), What](const TomlValue &V, std::string &Out) -> Error {
            if (Error E = readText(V, Out))
              return E;
            if (!Pattern.matches(V.Text))
              return errorAt(V.At, "{0} expects {1}, not '{2}'", V.Name, What, V.Text);
            return Error::success();
          }};
}

Reader<std::string> regexText() {
  return {Object{{"type", "string"}, {"minLength", 1}},
          [](const TomlValue &V, std::string &Out) -> Error {
            if (Error E = readText(V, Out))
              return E;
            if (const auto Why = Pattern::faultOf(V.Text))
              return errorAt(V.At, "{0} is no regular expression: {1}", V.Name, *Why);
            return Error::success();
          }};
}

Reader<std::string> globText() {
  return {Object{{"type", "string"}, {"minLength", 1}},
          [](const TomlValue &V, std::string &Out) -> Error {
            if (Error E = readText(V, Out))
              return E;
            if (auto Glob = llvm::GlobPattern::create(V.Text); !Glob)
              return errorAt(V.At, "{0} is no glob: {1}", V.Name, llvm::toString(Glob.takeError()));
            return Error::success();
          }};
}

Reader<std::string> globOrEmpty() {
  return {Object{{"type", "string"}}, [](const TomlValue &V, std::string &Out) {
            bool Empty = V.Is == TomlValue::Kind::String && V.Text.empty();
            return Empty ? Error::success() : globText().Read(V, Out);
          }};
}

Reader<bool> boolean() {
  return {Object{{"type", "boolean"}}, [](const TomlValue &V, bool &Out) -> Error {
            if (Error E = expectKind(V, TomlValue::Kind::Boolean))
              return E;
            Out = V.Bool;
            return Error::success();
          }};
}

static std::string rangeText(int64_t Least, int64_t Most) {
  if (Most == INT64_MAX)
    return llvm::formatv("a number of at least {0}", Least);
  return llvm::formatv("a number from {0} to {1}", Least, Most);
}

Reader<int64_t> integer(int64_t Least, int64_t Most) {
  Object Schema{{"type", "integer"}};
  if (Least != INT64_MIN)
    Schema["minimum"] = Least;
  if (Most != INT64_MAX)
    Schema["maximum"] = Most;
  return {std::move(Schema), [Least, Most](const TomlValue &V, int64_t &Out) -> Error {
            if (Error E = expectKind(V, TomlValue::Kind::Integer))
              return E;
            if (V.Int < Least || V.Int > Most)
              return errorAt(V.At, "{0} expects {1}, not {2}", V.Name, rangeText(Least, Most),
                             V.Int);
            Out = V.Int;
            return Error::success();
          }};
}

Error unknownWord(const TomlValue &V, const std::vector<std::string> &Known) {
  return errorAt(V.At, "{0} cannot be '{1}'{2}", V.Name, V.Text, didYouMean(V.Text, Known));
}

JsonSchema wordSchema(const std::vector<std::string> &Known) {
  return JsonSchema([Known] { return Object{{"enum", Array(Known)}}; });
}

JsonSchema listSchema(const JsonSchema &Item) {
  return JsonSchema([Item] { return Object{{"type", "array"}, {"items", Item.object()}}; });
}

JsonSchema oneOrMoreSchema(const JsonSchema &Item) {
  return JsonSchema([Item] {
    Object List = listSchema(Item).object();
    List["minItems"] = 1;
    return Object{{"anyOf", Array{Item.object(), std::move(List)}}};
  });
}

JsonSchema mapSchema(const std::string &KeyPattern, const JsonSchema &Item) {
  return JsonSchema([KeyPattern, Item] {
    return Object{{"type", "object"},
                  {"propertyNames", Object{{"pattern", KeyPattern}}},
                  {"additionalProperties", Item.object()}};
  });
}

Error expectKeys(const TomlValue &V, const TextPattern &KeyPattern, const std::string &What) {
  Error All = Error::success();
  for (const TomlMember &M : V.Members)
    if (!KeyPattern.matches(M.Key))
      All = joinErrors(std::move(All), errorAt(M.At, "'{0}' in {1} is no name here: expected {2}",
                                               M.Key, V.Name, What));
  return All;
}

} // namespace assay
