/// Readers: how one TOML value becomes one C++ value, together with the JSON Schema of what it
/// accepts, so that the loader and `assay schema` can never disagree. Records of several keys are
/// in Record.h.
///
/// A reader knows one value only; what two values must agree on is a Record's check or a loader's.
#ifndef ASSAY_POLICIES_SCHEMA_READER_H
#define ASSAY_POLICIES_SCHEMA_READER_H

#include "policies/schema/NearestWord.h"
#include "policies/schema/PolicyError.h"
#include "policies/schema/TomlValue.h"

#include "llvm/Support/JSON.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace assay {

/// A JSON Schema that is put together when somebody wants to see it: a load never does.
class JsonSchema {
public:
  JsonSchema(llvm::json::Object Known);
  JsonSchema(std::function<llvm::json::Object()> Make);
  llvm::json::Object object() const { return (*Make)(); }

private:
  std::shared_ptr<const std::function<llvm::json::Object()>> Make; ///< shared: readers are copied
};

template <class T> struct Reader {
  JsonSchema Schema;
  std::function<llvm::Error(const TomlValue &, T &)> Read;
};

/// "'severity' expects a string, not an integer", or nothing.
llvm::Error expectKind(const TomlValue &V, TomlValue::Kind K);

Reader<std::string> text();
/// One that may be empty.
Reader<std::string> anyText();
/// A string that matches a POSIX extended regular expression; `What` says it in words ("a
/// lower-case id").
Reader<std::string> textLike(std::string Pattern, std::string What);
Reader<std::string> regexText(); ///< a POSIX extended regular expression
Reader<std::string> globText();  ///< a glob with *, ?, [..]
Reader<std::string> globOrEmpty();
Reader<bool> boolean();
Reader<int64_t> integer(int64_t Least = INT64_MIN, int64_t Most = INT64_MAX);

/// Reads with R, then turns the result into another type by assignment.
template <class To, class From> Reader<To> as(Reader<From> R) {
  return {R.Schema, [Read = R.Read](const TomlValue &V, To &Out) -> llvm::Error {
            From Value{};
            if (llvm::Error E = Read(V, Value))
              return E;
            Out = To(std::move(Value));
            return llvm::Error::success();
          }};
}

template <class T> Reader<std::optional<T>> maybe(Reader<T> R) {
  return as<std::optional<T>>(std::move(R));
}

/// The value with its place.
template <class T> Reader<Located<T>> located(Reader<T> R) {
  return {R.Schema, [Read = R.Read](const TomlValue &V, Located<T> &Out) {
            Out.At = V.At;
            return Read(V, Out.Value);
          }};
}

/// One of a few words, each with what it stands for.
template <class E> using Words = std::vector<std::pair<std::string, E>>;

llvm::Error unknownWord(const TomlValue &V, const std::vector<std::string> &Known);
JsonSchema wordSchema(const std::vector<std::string> &Known);

template <class E> Reader<E> word(Words<E> Known) {
  std::vector<std::string> Names;
  for (const auto &[Name, Value] : Known)
    Names.push_back(Name);
  return {wordSchema(Names), [Known, Names](const TomlValue &V, E &Out) -> llvm::Error {
            if (llvm::Error Wrong = expectKind(V, TomlValue::Kind::String))
              return Wrong;
            for (const auto &[Name, Value] : Known)
              if (Name == V.Text) {
                Out = Value;
                return llvm::Error::success();
              }
            return unknownWord(V, Names);
          }};
}

JsonSchema listSchema(const JsonSchema &Item);
JsonSchema oneOrMoreSchema(const JsonSchema &Item);
JsonSchema mapSchema(const std::string &KeyPattern, const JsonSchema &Item);

template <class T> Reader<std::vector<T>> listOf(Reader<T> R) {
  return {listSchema(R.Schema), [Read = R.Read](const TomlValue &V, std::vector<T> &Out) {
            if (llvm::Error E = expectKind(V, TomlValue::Kind::Array))
              return E;
            llvm::Error All = llvm::Error::success();
            for (const TomlValue &Item : V.Items) {
              Out.emplace_back();
              All = joinErrors(std::move(All), Read(Item, Out.back()));
            }
            return All;
          }};
}

/// A list, or its only element without brackets.
template <class T> Reader<std::vector<T>> oneOrMore(Reader<T> R) {
  return {oneOrMoreSchema(R.Schema),
          [Read = R.Read, List = listOf(R).Read](const TomlValue &V, std::vector<T> &Out) {
            if (V.Is != TomlValue::Kind::Array) {
              Out.emplace_back();
              return Read(V, Out.back());
            }
            if (V.Items.empty())
              return errorAt(V.At, "{0} is an empty list", V.Name);
            return List(V, Out);
          }};
}

/// A POSIX extended regular expression that is compiled for the first text which is held against
/// it, and once for all copies.
class TextPattern {
public:
  explicit TextPattern(std::string Pattern);
  bool matches(llvm::StringRef Text) const;

private:
  struct Compiled;
  std::shared_ptr<Compiled> Shared;
};

/// A table whose keys are names of the user's: each must match KeyPattern, which `What` says in
/// words.
llvm::Error expectKeys(const TomlValue &V, const TextPattern &KeyPattern, const std::string &What);

template <class T>
Reader<std::map<std::string, T>> mapOf(Reader<T> R, std::string KeyPattern = "^[a-z][a-z0-9-]*$",
                                       std::string What = "lower-case letters, digits and dashes") {
  return {mapSchema(KeyPattern, R.Schema), [Read = R.Read, Keys = TextPattern(KeyPattern), What](
                                               const TomlValue &V, std::map<std::string, T> &Out) {
            if (llvm::Error E = expectKind(V, TomlValue::Kind::Table))
              return E;
            llvm::Error All = expectKeys(V, Keys, What);
            for (const TomlMember &M : V.Members)
              All = joinErrors(std::move(All), Read(M.Value, Out[M.Key]));
            return All;
          }};
}

} // namespace assay

#endif
