#include "analysis/extract/HeaderWriter.h"

#include "analysis/extract/BodyIndices.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;
using flatbuffers::Offset;

static uint32_t same(uint32_t Index) {
  return Index;
}

namespace {

class HeaderWriter {
public:
  HeaderWriter(llvm::ArrayRef<BodyRows *> Bodies, uint16_t File, const UnitTexts &Unit)
      : Bodies(Bodies), Unit(Unit), Files{File} {}
  WrittenHeader write();

private:
  void collect();
  void renumberAll();
  std::vector<Offset<FileRead>> files();
  std::vector<Offset<flatbuffers::String>> strings();

  llvm::ArrayRef<BodyRows *> Bodies;
  const UnitTexts &Unit;
  std::vector<uint32_t> Files; ///< the header, then the others in the unit's order: that of paths
  std::vector<uint32_t> Entities; ///< in the unit's order, which is that of names
  std::vector<uint32_t> Names;    ///< of them: new strings
  UsedRows Strings;
  flatbuffers::FlatBufferBuilder Out{1 << 14};
};

} // namespace

static void sortOnce(std::vector<uint32_t> &Rows, size_t First) {
  std::sort(Rows.begin() + static_cast<ptrdiff_t>(First), Rows.end());
  Rows.erase(std::unique(Rows.begin() + static_cast<ptrdiff_t>(First), Rows.end()), Rows.end());
}

void HeaderWriter::collect() {
  const auto Entity = [&](uint32_t E) {
    Entities.push_back(E);
    return E;
  };
  const auto File = [&](uint32_t F) {
    if (F != Files.front() && F != Files.back())
      Files.push_back(F);
    return F;
  };
  for (BodyRows *B : Bodies)
    renumber(*B, {same, Entity, File});
  sortOnce(Entities, 0);
  sortOnce(Files, 1);
}

void HeaderWriter::renumberAll() {
  Strings.of(0);
  for (uint32_t E : Entities)
    Names.push_back(Strings.of(Unit.EntityNames[E]));
  const auto Entity = [&](uint32_t E) {
    return static_cast<uint32_t>(llvm::lower_bound(Entities, E) - Entities.begin());
  };
  const auto File = [&](uint32_t F) {
    if (F == Files.front())
      return 0u;
    return static_cast<uint32_t>(std::lower_bound(Files.begin() + 1, Files.end(), F) -
                                 Files.begin());
  };
  const auto String = [&](uint32_t S) { return Strings.of(S); };
  for (BodyRows *B : Bodies)
    renumber(*B, {String, Entity, File});
}

std::vector<Offset<FileRead>> HeaderWriter::files() {
  std::vector<Offset<FileRead>> Rows;
  for (uint32_t F : Files)
    Rows.push_back(CreateFileRead(Out, Out.CreateString(Unit.Files[F].Path)));
  return Rows;
}

std::vector<Offset<flatbuffers::String>> HeaderWriter::strings() {
  std::vector<Offset<flatbuffers::String>> Rows;
  for (uint32_t S : Strings.order()) {
    const llvm::StringRef Text = Unit.Strings.text(S);
    Rows.push_back(Out.CreateString(Text.data(), Text.size()));
  }
  return Rows;
}

WrittenHeader HeaderWriter::write() {
  collect();
  renumberAll();
  std::vector<Offset<Body>> Rows;
  for (const BodyRows *B : Bodies)
    Rows.push_back(writeBody(Out, *B));
  Out.Finish(CreateHeaderBodies(Out, Out.CreateVector(files()), Out.CreateVector(strings()),
                                Out.CreateVector(Names), Out.CreateVector(Rows)));
  return {{Out.GetBufferPointer(), Out.GetBufferPointer() + Out.GetSize()}, std::move(Entities)};
}

WrittenHeader assay::writeHeader(llvm::ArrayRef<BodyRows *> Bodies, uint16_t File,
                                 const UnitTexts &Unit) {
  return HeaderWriter(Bodies, File, Unit).write();
}
