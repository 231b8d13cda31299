#include "analysis/extract/SummaryWriter.h"

#include "analysis/extract/BodyDigest.h"
#include "analysis/extract/BodyIndices.h"
#include "analysis/extract/HeaderWriter.h"

#include "llvm/Support/BLAKE3.h"

#include <algorithm>
#include <map>

using namespace assay;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::Vector;
using llvm::StringRef;

namespace {
constexpr size_t MaxDiagnostics = 50;

/// Writes the tables bottom-up, as FlatBuffers wants them.
class Writer {
public:
  Writer(UnitContext &Unit, UnitRows &Rows) : Unit(Unit), Rows(Rows) { Strings.of(0); }
  WrittenUnit write();

private:
  Offset<Vector<Offset<flatbuffers::String>>> texts(const std::vector<std::string> &Texts) {
    return Out.CreateVectorOfStrings(Texts);
  }
  Offset<flatbuffers::String> string(StringRef Text) {
    return Out.CreateString(Text.data(), Text.size());
  }
  template <class T> Offset<Vector<const T *>> structs(const std::vector<T> &Items) {
    return Items.empty() ? Offset<Vector<const T *>>() : Out.CreateVectorOfStructs(Items);
  }
  Offset<Vector<uint32_t>> numbers(const std::vector<uint32_t> &Items) {
    return Items.empty() ? Offset<Vector<uint32_t>>() : Out.CreateVector(Items);
  }
  Offset<Entity> entity(const EntityRow &Row);
  Offset<Command> command();
  Offset<FileRead> file(const ReadFile &File);
  Offset<assay::Diagnostic> diagnostic(const DiagnosticRow &Row);
  Offset<LostBody> lostBody(const LostRow &Row);
  void digestBodies(const EntityTable::Ordered &Ordered);
  void orderRows(const EntityTable::Ordered &Ordered);
  std::vector<Offset<HeaderUse>> shareBodies(const EntityTable::Ordered &Ordered);
  std::vector<Offset<Body>> ownBodies();
  Offset<TUSummary> summary(const EntityTable::Ordered &Ordered,
                            const std::vector<Offset<assay::Diagnostic>> &Diagnostics);
  std::vector<uint32_t> strings(std::vector<uint32_t> Indices) {
    for (uint32_t &I : Indices)
      I = Strings.of(I);
    return Indices;
  }
  Loc loc(const Loc &L) { return Loc(L.line(), Strings.of(L.macro()), L.column(), L.file()); }

  UnitContext &Unit;
  UnitRows &Rows;
  UsedRows Strings; ///< those that only shared bodies use are left out
  std::vector<std::vector<uint8_t>> Shared;
  FlatBufferBuilder Out{1 << 16};
};
} // namespace

Offset<Entity> Writer::entity(const EntityRow &Row) {
  std::vector<Param> Params = Row.Params;
  for (Param &P : Params) {
    P.mutate_name(Strings.of(P.name()));
    P.mutate_type(Strings.of(P.type()));
  }
  const auto ParamRows = structs(Params);
  const auto Overrides = numbers(Row.Overrides), Bases = numbers(Row.Bases),
             Annotations = numbers(strings(Row.Annotations));
  const Loc At = loc(Row.At);
  EntityBuilder E(Out);
  E.add_name(Strings.of(Row.Name));
  E.add_qualified(Strings.of(Row.Qualified));
  E.add_kind(Row.Kind);
  E.add_linkage(Row.Link);
  E.add_flags(Row.Flags);
  E.add_type(Strings.of(Row.Type));
  E.add_loc(&At);
  E.add_parent(Row.Parent);
  E.add_value(Row.Value);
  E.add_params(ParamRows);
  E.add_overrides(Overrides);
  E.add_bases(Bases);
  E.add_annotations(Annotations);
  E.add_asm_label(Strings.of(Row.AsmLabel));
  E.add_section(Strings.of(Row.Section));
  E.add_alias_of(Row.AliasOf);
  return E.Finish();
}

Offset<Command> Writer::command() {
  const CommandRow &C = Rows.Command;
  return CreateCommand(Out, string(C.Directory), string(C.File), texts(C.Arguments),
                       texts(C.Effective), texts(C.Dropped), string(C.Target), string(C.Language));
}

Offset<FileRead> Writer::file(const ReadFile &File) {
  const auto Path = string(File.Path);
  const auto Digest = Out.CreateVector(File.Digest.data(), File.HasDigest ? File.Digest.size() : 0);
  return CreateFileRead(Out, Path, Digest, File.Size, File.System);
}

Offset<assay::Diagnostic> Writer::diagnostic(const DiagnosticRow &Row) {
  const Loc At = loc(Unit.Locs.at(Row.Where));
  return CreateDiagnostic(Out, Row.Level, string(Row.Text), &At);
}

Offset<LostBody> Writer::lostBody(const LostRow &Row) {
  const Loc At = loc(Row.At);
  return CreateLostBody(Out, Strings.of(Row.Name), &At, Strings.of(Row.Reason));
}

void Writer::digestBodies(const EntityTable::Ordered &Ordered) {
  std::vector<uint32_t> Names;
  for (uint32_t New : Ordered.NewIndex)
    Names.push_back(Ordered.Rows[New].Name);
  std::vector<uint64_t> FileHashes;
  for (const ReadFile &File : Unit.Locs.files().files())
    FileHashes.push_back(llvm::xxh3_64bits(File.Path));
  const DigestTables Tables{Unit.Strings, Names, FileHashes};
  for (BodyRows &B : Rows.Bodies)
    B.Digest = digestOf(B, Tables);
}

/// Entities of bodies get their final numbers, too.
void Writer::orderRows(const EntityTable::Ordered &Ordered) {
  const auto Same = [](uint32_t I) { return I; };
  const auto Entity = [&](uint32_t E) { return Ordered.NewIndex[E]; };
  for (BodyRows &B : Rows.Bodies)
    renumber(B, {Same, Entity, Same});
  llvm::stable_sort(Rows.Bodies, [](const BodyRows &A, const BodyRows &B) {
    return std::tie(A.Entity, A.Kind) < std::tie(B.Entity, B.Kind);
  });
  llvm::stable_sort(Rows.Lost, [&](const LostRow &A, const LostRow &B) {
    return Unit.Strings.text(A.Name) < Unit.Strings.text(B.Name);
  });
}

/// A body lies where its name does.
static bool isOwn(const BodyRows &B) {
  return B.At.file() == 0;
}

std::vector<Offset<HeaderUse>> Writer::shareBodies(const EntityTable::Ordered &Ordered) {
  std::map<uint16_t, std::vector<BodyRows *>> ByHeader;
  for (BodyRows &B : Rows.Bodies)
    if (!isOwn(B))
      ByHeader[B.At.file()].push_back(&B);
  std::vector<uint32_t> Names;
  for (const EntityRow &Row : Ordered.Rows)
    Names.push_back(Row.Name);
  const UnitTexts Texts{Unit.Strings, Unit.Locs.files().files(), Names};
  std::vector<Offset<HeaderUse>> Uses;
  for (const auto &[File, Bodies] : ByHeader) {
    WrittenHeader Header = writeHeader(Bodies, File, Texts);
    const auto Digest = llvm::BLAKE3::hash<32>(Header.Bytes);
    Uses.push_back(CreateHeaderUse(Out, Out.CreateVector(Digest.data(), Digest.size()),
                                   Out.CreateVector(Header.Entities)));
    Shared.push_back(std::move(Header.Bytes));
  }
  return Uses;
}

std::vector<Offset<Body>> Writer::ownBodies() {
  const auto Same = [](uint32_t I) { return I; };
  const auto String = [&](uint32_t S) { return Strings.of(S); };
  std::vector<Offset<Body>> Own;
  for (BodyRows &B : Rows.Bodies)
    if (isOwn(B)) {
      renumber(B, {String, Same, Same});
      Own.push_back(writeBody(Out, B));
    }
  return Own;
}

Offset<TUSummary> Writer::summary(const EntityTable::Ordered &Ordered,
                                  const std::vector<Offset<assay::Diagnostic>> &Diagnostics) {
  // Bodies of headers lose the numbers by which they are told apart.
  const std::vector<Offset<Body>> Bodies = ownBodies();
  const std::vector<Offset<HeaderUse>> Uses = shareBodies(Ordered);
  std::vector<Offset<Entity>> Entities;
  for (const EntityRow &Row : Ordered.Rows)
    Entities.push_back(entity(Row));
  std::vector<Offset<LostBody>> Lost;
  for (const LostRow &Row : Rows.Lost)
    Lost.push_back(lostBody(Row));
  std::vector<Offset<FileRead>> Files;
  for (const ReadFile &File : Unit.Locs.files().files())
    Files.push_back(file(File));
  std::vector<Offset<Absent>> Absents;
  for (const AbsentRow &Row : Rows.Absent)
    Absents.push_back(CreateAbsent(Out, Strings.of(Row.Folder), numbers(strings(Row.Names))));
  const auto Missing = numbers(strings(Rows.MissingHeaders));
  // Whatever names a string has been written.
  std::vector<Offset<flatbuffers::String>> Texts;
  for (uint32_t S : Strings.order())
    Texts.push_back(string(Unit.Strings.text(S)));
  return CreateTUSummary(Out, command(), Out.CreateVector(Files), Out.CreateVector(Texts),
                         Out.CreateVector(Entities), Out.CreateVector(Bodies),
                         Out.CreateVector(Lost), Out.CreateVector(Diagnostics), Rows.Errors,
                         Rows.Warnings, Out.CreateVector(Absents), Missing, Out.CreateVector(Uses));
}

WrittenUnit Writer::write() {
  // Asking for places may intern strings.
  std::vector<Offset<assay::Diagnostic>> Diagnostics;
  for (const DiagnosticRow &Row : Rows.Diagnostics)
    if (Diagnostics.size() < MaxDiagnostics)
      Diagnostics.push_back(diagnostic(Row));
  const EntityTable::Ordered Ordered = Unit.Entities.finish();
  digestBodies(Ordered);
  orderRows(Ordered);
  FinishTUSummaryBuffer(Out, summary(Ordered, Diagnostics));
  return {{Out.GetBufferPointer(), Out.GetBufferPointer() + Out.GetSize()}, std::move(Shared)};
}

WrittenUnit assay::writeSummary(UnitContext &Unit, UnitRows Rows) {
  return Writer(Unit, Rows).write();
}
