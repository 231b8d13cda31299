#include "policies/schema/TomlValue.h"

#include "policies/schema/PolicyError.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <toml++/toml.h>

#include <algorithm>

namespace assay {
namespace {

using llvm::StringRef;

/// Turns the parser's tree into ours. The only code that sees the parser's types.
class Converter {
public:
  explicit Converter(std::shared_ptr<const std::string> File) : File(std::move(File)) {}

  TomlValue table(const toml::table &Table, std::string Name) {
    TomlValue V = start(Table, TomlValue::Kind::Table, std::move(Name));
    for (auto &&[Key, Node] : Table)
      V.Members.push_back({std::string(Key.str()), at(Key.source()), value(Node, Key.str())});
    llvm::sort(V.Members, [](const TomlMember &A, const TomlMember &B) {
      return std::tie(A.At.Line, A.At.Column, A.Key) < std::tie(B.At.Line, B.At.Column, B.Key);
    });
    return V;
  }

private:
  SourcePosition at(const toml::source_region &Region) {
    return {File, unsigned(Region.begin.line), unsigned(Region.begin.column)};
  }

  TomlValue start(const toml::node &Node, TomlValue::Kind Kind, std::string Name) {
    TomlValue V;
    V.Is = Kind;
    V.At = at(Node.source());
    V.Name = std::move(Name);
    return V;
  }

  TomlValue value(const toml::node &Node, std::string_view Key) {
    std::string Quoted = "'" + std::string(Key) + "'";
    if (const auto *Table = Node.as_table())
      return table(*Table, Table->is_inline() ? Quoted : "[" + std::string(Key) + "]");
    if (const auto *Array = Node.as_array()) {
      TomlValue V = start(Node, TomlValue::Kind::Array, std::move(Quoted));
      for (auto &&Item : *Array)
        V.Items.push_back(value(Item, Key));
      return V;
    }
    return scalar(Node, std::move(Quoted));
  }

  TomlValue scalar(const toml::node &Node, std::string Name) {
    TomlValue V = start(Node, TomlValue::Kind::Date, std::move(Name));
    if (const auto *S = Node.as_string()) {
      V.Is = TomlValue::Kind::String;
      V.Text = S->get();
    } else if (const auto *I = Node.as_integer()) {
      V.Is = TomlValue::Kind::Integer;
      V.Int = I->get();
    } else if (const auto *B = Node.as_boolean()) {
      V.Is = TomlValue::Kind::Boolean;
      V.Bool = B->get();
    } else if (Node.is_floating_point()) {
      V.Is = TomlValue::Kind::Float;
    }
    return V;
  }

  std::shared_ptr<const std::string> File;
};

} // namespace

const TomlMember *TomlValue::member(StringRef Key) const {
  auto It = llvm::find_if(Members, [&](const TomlMember &M) { return M.Key == Key; });
  return It == Members.end() ? nullptr : &*It;
}

const TomlValue *TomlValue::find(StringRef Key) const {
  const TomlMember *M = member(Key);
  return M ? &M->Value : nullptr;
}

const char *wordFor(TomlValue::Kind K) {
  switch (K) {
  case TomlValue::Kind::String:
    return "a string";
  case TomlValue::Kind::Integer:
    return "an integer";
  case TomlValue::Kind::Boolean:
    return "a boolean";
  case TomlValue::Kind::Float:
    return "a number with a fraction";
  case TomlValue::Kind::Date:
    return "a date or time";
  case TomlValue::Kind::Array:
    return "a list";
  case TomlValue::Kind::Table:
    return "a table";
  }
  llvm_unreachable("a kind that is none");
}

llvm::Expected<TomlValue> parseToml(StringRef Text, const std::string &File, unsigned LinesBefore) {
  auto Name = std::make_shared<const std::string>(File);
  // Blank lines in place of what stands before keep every position true.
  std::string Padded = std::string(LinesBefore, '\n') + Text.str();
  // The packaged parser reports by exception; none leaves this function.
  try {
    return Converter(Name).table(toml::parse(std::string_view(Padded), File), "the file");
  } catch (const toml::parse_error &E) {
    const toml::source_position &At = E.source().begin;
    return errorAt({Name, unsigned(At.line), unsigned(At.column)}, "malformed TOML: {0}",
                   std::string(E.description()));
  }
}

llvm::Expected<TomlValue> parseTomlFile(PolicyTexts &Texts, const std::string &Path,
                                        const SourcePosition &NamedAt) {
  llvm::Expected<std::string> Text = Texts.read(Path, NamedAt);
  if (!Text)
    return Text.takeError();
  return parseToml(*Text, Path);
}

std::vector<std::string> tomlFilesIn(const std::string &Folder, std::error_code &Code) {
  std::vector<std::string> Files;
  for (llvm::sys::fs::directory_iterator It(Folder, Code), End; It != End && !Code;
       It.increment(Code))
    if (llvm::sys::path::extension(It->path()) == ".toml")
      Files.push_back(It->path());
  llvm::sort(Files);
  return Files;
}

} // namespace assay
