#include "policies/schema/Taxonomy.h"

#include "policies/schema/NearestWord.h"
#include "policies/schema/PolicyError.h"

#include "llvm/ADT/STLExtras.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

static std::vector<std::string> keysOf(const TomlValue *Table) {
  std::vector<std::string> Keys;
  for (const TomlMember &M : Table ? llvm::ArrayRef(Table->Members) : std::nullopt)
    Keys.push_back(M.Key);
  llvm::sort(Keys);
  return Keys;
}

static const TomlValue *child(const TomlValue *Table, StringRef Key) {
  return Table ? Table->find(Key) : nullptr;
}

/// "gspr.mdr" from a table: one key after the other.
static const TomlValue *descend(const TomlValue *Table, StringRef Path) {
  while (Table && !Path.empty()) {
    auto [Key, Rest] = Path.split('.');
    Table = Table->find(Key);
    Path = Rest;
  }
  return Table;
}

static StringRef textOf(const TomlValue *V) {
  return V ? StringRef(V->Text) : StringRef();
}

Expected<Taxonomy> Taxonomy::load(PolicyTexts &Texts, const std::string &Path) {
  Expected<TomlValue> File = parseTomlFile(Texts, Path);
  if (!File)
    return File.takeError();
  Taxonomy T;
  T.File = std::move(*File);
  if (Error E = T.check())
    return std::move(E);
  return T;
}

Error Taxonomy::check() const {
  for (const char *Key : {"class", "standard", "applicability"})
    if (const TomlValue *V = File.find(Key); !V || V->Is != TomlValue::Kind::Table)
      return errorAt(File.At, "the taxonomy lacks its tables [{0}.<name>]", Key);
  const TomlValue *Families = File.find("rule_family");
  if (!Families || Families->Is != TomlValue::Kind::Array)
    return errorAt(File.At, "the taxonomy lacks its rows [[rule_family]]");
  for (const TomlMember &Row : File.find("applicability")->Members)
    for (const TomlValue &Class : child(&Row.Value, "excludes")
                                      ? llvm::ArrayRef(Row.Value.find("excludes")->Items)
                                      : std::nullopt)
      if (!File.find("class")->find(Class.Text))
        return errorAt(Class.At, "product class '{0}' is not declared{1}", Class.Text,
                       didYouMean(Class.Text, classes()));
  return Error::success();
}

std::vector<std::string> Taxonomy::families() const {
  std::vector<std::string> Ids;
  for (const TomlValue &Row : File.find("rule_family")->Items)
    Ids.push_back(textOf(Row.find("id")).str());
  return Ids;
}

std::vector<std::string> Taxonomy::classes() const {
  return keysOf(File.find("class"));
}

std::vector<std::string> Taxonomy::standards() const {
  return keysOf(File.find("standard"));
}

std::optional<Standard> Taxonomy::standard(StringRef Key) const {
  const TomlValue *Row = child(File.find("standard"), Key);
  if (!Row)
    return std::nullopt;
  return Standard{Key.str(), textOf(Row->find("name")).str()};
}

std::optional<std::string> Taxonomy::exclusion(StringRef Standard, StringRef Class) const {
  const TomlValue *Row = child(File.find("applicability"), Standard);
  const TomlValue *Excludes = child(Row, "excludes");
  if (!Excludes || llvm::none_of(Excludes->Items, [&](auto &V) { return V.Text == Class; }))
    return std::nullopt;
  return textOf(Row->find("rule")).str();
}

const TomlValue *Taxonomy::family(StringRef Id) const {
  for (const TomlValue &Row : File.find("rule_family")->Items)
    if (textOf(Row.find("id")) == Id)
      return &Row;
  return nullptr;
}

std::string Taxonomy::titleOf(const TomlValue &Standard, StringRef Clause) const {
  auto [Table, Column] = textOf(Standard.find("titles")).split('.');
  return textOf(child(child(File.find(Table), Clause), Column)).str();
}

/// A row may be published for some of its ids only; "published_pairs" lists those: "CWE-327 ->
/// CR 4.3".
static std::string basisOf(const TomlValue &Link, StringRef Id) {
  const TomlValue *Pairs = Link.find("published_pairs");
  if (!Pairs)
    return textOf(Link.find("link_basis")).str();
  auto Names = [&](const TomlValue &Pair) {
    return StringRef(Pair.Text).rsplit("-> ").second == Id;
  };
  return llvm::any_of(Pairs->Items, Names) ? "published" : "judgement";
}

std::vector<Rule::Clause> Taxonomy::clauses(StringRef Family, StringRef Standard) const {
  std::vector<Rule::Clause> Clauses;
  const TomlValue *Row = child(File.find("standard"), Standard);
  StringRef Links = textOf(child(Row, "links"));
  const TomlValue *Link = child(family(Family), Links.split('.').first);
  const TomlValue *Ids = descend(family(Family), Links);
  if (!Ids)
    return Clauses;
  for (const TomlValue &Id : Ids->Items) {
    Rule::Clause C;
    C.Standard = Standard.str();
    C.Id = Id.Text;
    C.Title = titleOf(*Row, Id.Text);
    C.Basis = basisOf(*Link, Id.Text);
    C.Confidence = textOf(Link->find("confidence")).str();
    Clauses.push_back(std::move(C));
  }
  return Clauses;
}

Expected<std::set<int64_t>> loadWeaknesses(PolicyTexts &Texts, const std::string &Path) {
  Expected<std::string> Text = Texts.read(Path, {});
  if (!Text)
    return Text.takeError();
  std::set<int64_t> Numbers;
  StringRef Rest = *Text;
  auto File = std::make_shared<const std::string>(Path);
  for (unsigned Line = 1; !Rest.empty(); ++Line) {
    auto [Row, After] = Rest.split('\n');
    Rest = After;
    int64_t Number = 0;
    if (!Row.split(',').first.getAsInteger(10, Number))
      Numbers.insert(Number);
    else if (Line > 1)
      return errorAt({File, Line, 1}, "expected the number of a weakness");
  }
  return Numbers;
}

} // namespace assay
