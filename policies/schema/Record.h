/// A record: the keys that one TOML table may have, each declared once with its name, whether it
/// must be there, a sentence, and the reader of its value. Reading, the detection of unknown keys
/// and the JSON Schema come from that.
///
/// A record does not know where its table comes from (a file, a page's head, a row of a list).
#ifndef ASSAY_POLICIES_SCHEMA_RECORD_H
#define ASSAY_POLICIES_SCHEMA_RECORD_H

#include "policies/schema/Reader.h"

namespace assay {

enum class Presence : uint8_t { Required, Optional };

struct KeyInfo {
  std::string Name;
  Presence Need;
  std::string Doc;
  JsonSchema Schema;
};

/// Unknown and missing keys of a table, each one error; nothing is said of the values.
llvm::Error checkKeys(const TomlValue &Table, llvm::ArrayRef<KeyInfo> Keys);
llvm::json::Object recordSchema(llvm::StringRef Doc, llvm::ArrayRef<KeyInfo> Keys);

template <class T> class Record {
public:
  using Check = std::function<llvm::Error(const TomlValue &, T &)>;

  explicit Record(std::string Doc) : Doc(std::move(Doc)) {}

  /// `Place` says where the value goes: a member, or a function from the record to a reference.
  template <class M, class Place>
  Record &key(const char *Name, Presence Need, const char *Sentence, Place To, Reader<M> R) {
    Keys.push_back({Name, Need, Sentence, std::move(R.Schema)});
    Setters.push_back([Read = std::move(R.Read), To](const TomlValue &V, T &Out) {
      return Read(V, std::invoke(To, Out));
    });
    return *this;
  }

  /// What the keys must agree on; runs in order, once every key has been read well.
  Record &check(Check C) {
    Checks.push_back(std::move(C));
    return *this;
  }

  llvm::Error read(const TomlValue &V, T &Out) const {
    if (llvm::Error E = expectKind(V, TomlValue::Kind::Table))
      return E;
    llvm::Error All = checkKeys(V, Keys);
    for (const TomlMember &M : V.Members) // so that errors come in the order of the file
      for (size_t I = 0; I != Keys.size(); ++I)
        if (Keys[I].Name == M.Key)
          All = joinErrors(std::move(All), Setters[I](M.Value, Out));
    for (const Check &C : Checks) {
      if (All)
        break;
      All = C(V, Out);
    }
    return All;
  }

  llvm::json::Object schema() const { return recordSchema(Doc, Keys); }

  Reader<T> reader() const {
    auto Self = std::make_shared<const Record>(*this); // readers of readers copy it no more
    return {JsonSchema([Self] { return Self->schema(); }),
            [Self](const TomlValue &V, T &Out) { return Self->read(V, Out); }};
  }

private:
  std::string Doc;
  std::vector<KeyInfo> Keys;
  std::vector<std::function<llvm::Error(const TomlValue &, T &)>> Setters;
  std::vector<Check> Checks;
};

} // namespace assay

#endif
