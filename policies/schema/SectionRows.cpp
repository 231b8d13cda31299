// [[section]]: where a linker script collects what runs without being called.
#include "policies/schema/ModelLoader.h"

namespace assay {
namespace {

struct SectionRow {
  std::vector<Located<std::string>> Names;
  EntryWay Enters = EntryWay::Interrupt;
  std::string Versions;
};

Record<SectionRow> sectionRecord() {
  return Record<SectionRow>("Sections whose functions run without being called")
      .key("name", Presence::Required,
           "name of the section, or a glob; a list gives several the same row", &SectionRow::Names,
           oneOrMore(located(text())))
      .key("enters", Presence::Required, "how its functions come to run", &SectionRow::Enters,
           word(entryWays()))
      .key("versions", Presence::Optional, "library versions that have it, if not all",
           &SectionRow::Versions, text());
}

} // namespace

Reader<ModelRows> sectionRows() {
  Reader<std::vector<SectionRow>> Rows = listOf(sectionRecord().reader());
  return {Rows.Schema, [Read = Rows.Read](const TomlValue &V, ModelRows &Out) {
            std::vector<SectionRow> Found;
            llvm::Error E = Read(V, Found);
            for (const SectionRow &Row : Found)
              for (const Located<std::string> &Name : Row.Names)
                Out.M.Sections.push_back({Name, Row.Enters, ""});
            return E;
          }};
}

} // namespace assay
