#include "analysis/store/UnitShape.h"

#include "analysis/model/Rows.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace assay;

namespace {

class ShapeMaker {
public:
  UnitShape shape(const TUSummary &Of);

private:
  /// A place in the main file is listed, any other is content.
  void loc(const Loc &L) {
    if (L.file() == 0 && L.line() != 0)
      Out.Places.emplace_back(L.line(), L.column());
    file(L.file());
    string(L.macro());
    if (L.file() != 0 || L.line() == 0)
      number(uint64_t(L.line()) << 16 | L.column());
  }
  void loc(const Loc *L) { loc(L ? *L : Loc()); }
  void number(uint64_t N) { Words.push_back(N); }
  /// By its text, since who else uses the table has no part in the shape.
  void string(uint32_t Index) {
    auto [It, New] = Numbers.try_emplace(Index, Numbers.size());
    number(It->second);
    if (New)
      name(textOf(Strings->Get(Index)));
  }
  void name(llvm::StringRef Text);
  void file(uint32_t Index) {
    auto [It, New] = FileNumbers.try_emplace(Index, FileNumbers.size());
    number(It->second);
    if (New)
      text(Files->Get(Index)->path());
  }
  void text(llvm::StringRef Text) {
    flush();
    Content.text(Text);
  }
  void text(const flatbuffers::String *S) { text(textOf(S)); }
  /// Rows without places: their bytes.
  template <class Vector> void plain(const Vector *Of) {
    flush();
    const auto Rows = rows(Of);
    Content.text({reinterpret_cast<const char *>(Rows.data()), Rows.size() * sizeof(*Rows.data())});
  }
  template <class List, class F> void each(const List *Of, F &&One) {
    number(rowCount(Of));
    for (uint32_t I = 0; I != rowCount(Of); ++I)
      One(*Of->Get(I));
  }
  void flush() {
    Content.number(Words.size());
    Content.text({reinterpret_cast<const char *>(Words.data()), Words.size() * sizeof(uint64_t)});
    Words.clear();
  }

  void texts(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *Of) {
    number(rowCount(Of));
    for (uint32_t I = 0; I != rowCount(Of); ++I)
      text(Of->Get(I));
  }
  void command(const Command &C);
  void entity(const Entity &E);
  void constant(const Constant &C);
  void body(const Body &B);

  UnitShape Out;
  KeyMaker Content;
  std::vector<uint64_t> Words; ///< not yet digested
  const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *Strings = nullptr;
  const flatbuffers::Vector<flatbuffers::Offset<FileRead>> *Files = nullptr;
  llvm::StringRef MainFile;
  llvm::DenseMap<uint32_t, uint32_t> Numbers, FileNumbers; ///< in the order of first use
};

} // namespace

/// The name of what has no linkage ends in its place: see extract/EntityNames.h.
void ShapeMaker::name(llvm::StringRef Text) {
  const size_t At = Text.rfind(MainFile);
  uint32_t Line = 0, Column = 0;
  llvm::StringRef Rest = At == llvm::StringRef::npos ? "" : Text.substr(At + MainFile.size());
  if (!Rest.consume_front(":") || Rest.consumeInteger(10, Line) || !Rest.consume_front(":") ||
      Rest.getAsInteger(10, Column))
    return text(Text);
  Out.Places.emplace_back(Line, Column);
  text(Text.take_front(At + MainFile.size()));
}

void ShapeMaker::command(const Command &C) {
  for (const auto *Text : {C.directory(), C.file(), C.target(), C.language()})
    text(Text);
  for (const auto *Texts : {C.arguments(), C.effective(), C.dropped()})
    texts(Texts);
}

static bool has(const Entity &E, EntityFlag F) {
  return E.flags() & static_cast<uint32_t>(F);
}

/// A host parses bodies of system headers, which assay check passes over: it instantiates templates
/// there, and meets the compiler's own functions earlier. What no body of the unit tells of is not
/// of the shape.
static bool isOthers(const Entity &E) {
  return has(E, EntityFlag::SystemHeader) || has(E, EntityFlag::Implicit);
}

static uint32_t flagsInShape(const Entity &E) {
  uint32_t Flags = E.flags();
  if (isOthers(E))
    for (EntityFlag F : {EntityFlag::Definition, EntityFlag::InlineOnly, EntityFlag::Comdat,
                         EntityFlag::SystemHeader})
      Flags &= ~static_cast<uint32_t>(F);
  return Flags;
}

void ShapeMaker::entity(const Entity &E) {
  for (uint32_t S : {E.name(), E.qualified(), E.type(), E.asm_label(), E.section()})
    string(S);
  for (uint64_t N : {uint64_t(E.kind()), uint64_t(E.linkage()), uint64_t(flagsInShape(E)),
                     uint64_t(E.parent()), uint64_t(E.value()), uint64_t(E.alias_of())})
    number(N);
  if (!isOthers(E))
    loc(E.loc());
  each(E.params(), [&](const Param &P) {
    string(P.name());
    string(P.type());
    number(P.flags());
  });
  plain(E.overrides());
  plain(E.bases());
  number(rowCount(E.annotations()));
  for (uint32_t S : rows(E.annotations()))
    string(S);
}

void ShapeMaker::constant(const Constant &C) {
  const bool IsLine = C.kind() == ConstantKind::Int && C.loc().file() == 0 &&
                      textOf(Strings->Get(C.inner_macro())) == "__LINE__";
  if (IsLine)
    Out.Places.emplace_back(static_cast<uint32_t>(C.value()), 0);
  number(IsLine ? 0 : static_cast<uint64_t>(C.value()));
  string(C.text());
  string(C.inner_macro());
  number(uint64_t(C.entity()) << 32 | uint64_t(C.flags()) << 16 | uint64_t(C.kind()) << 8 |
         C.width());
  loc(C.loc());
}

void ShapeMaker::body(const Body &B) {
  number(uint64_t(B.entity()) << 16 | uint64_t(B.kind()) << 8 | uint64_t(B.state()));
  loc(B.loc());
  loc(B.end());
  each(B.insts(), [&](const Inst &I) {
    number(uint64_t(I.a()) << 32 | I.b());
    number(uint64_t(I.c()) << 32 | uint64_t(I.flags()) << 16 | uint64_t(I.op()) << 8 | I.sub());
    string(I.type());
    loc(I.loc());
  });
  each(B.constants(), [&](const Constant &C) { constant(C); });
  each(B.locals(), [&](const Local &L) {
    string(L.name());
    string(L.type());
    loc(L.loc());
  });
  plain(B.blocks());
  plain(B.succs());
  plain(B.cases());
  plain(B.args());
  plain(B.places());
  plain(B.steps());
}

UnitShape ShapeMaker::shape(const TUSummary &Of) {
  if (Of.command())
    command(*Of.command());
  Files = Of.files();
  MainFile = textOf(Files->Get(0)->path());
  file(0);
  Strings = Of.strings();
  each(Of.entities(), [&](const Entity &E) { entity(E); });
  each(Of.bodies(), [&](const Body &B) { body(B); });
  each(Of.lost(), [&](const LostBody &L) {
    string(L.name());
    string(L.reason());
    loc(L.loc());
  });
  number(Of.errors());
  each(Of.shared(), [&](const HeaderUse &Use) {
    plain(Use.digest());
    plain(Use.entities());
  });
  flush();
  Out.Content = Content.take();
  return std::move(Out);
}

UnitShape assay::shapeOf(const TUSummary &Of) {
  return ShapeMaker().shape(Of);
}

/// Each once, in order; false: one has two images, or the order is not kept.
template <class Key> static bool settle(std::vector<std::pair<Key, Key>> &Moved) {
  llvm::sort(Moved);
  Moved.erase(llvm::unique(Moved), Moved.end());
  return std::adjacent_find(Moved.begin(), Moved.end(), [](const auto &A, const auto &B) {
           return A.first == B.first || A.second >= B.second;
         }) == Moved.end();
}

template <class Key>
static std::optional<Key> imageOf(const std::vector<std::pair<Key, Key>> &Moved, const Key &Then) {
  const auto Found = llvm::lower_bound(
      Moved, Then, [](const auto &Pair, const Key &Wanted) { return Pair.first < Wanted; });
  return Found == Moved.end() || Found->first != Then ? std::nullopt : std::optional(Found->second);
}

std::optional<MovedPlaces> MovedPlaces::between(const UnitShape &Then, const UnitShape &Now) {
  if (Then.Content != Now.Content || Then.Places.size() != Now.Places.size())
    return std::nullopt;
  MovedPlaces Out;
  for (const auto &[Old, New] : llvm::zip_equal(Then.Places, Now.Places)) {
    Out.Places.emplace_back(Old, New);
    Out.Lines.emplace_back(Old.first, New.first);
  }
  if (!settle(Out.Places) || !settle(Out.Lines))
    return std::nullopt;
  return Out;
}

std::optional<MainPlace> MovedPlaces::place(MainPlace Then) const {
  return imageOf(Places, Then);
}

std::optional<uint32_t> MovedPlaces::line(uint32_t Then) const {
  return imageOf(Lines, Then);
}
