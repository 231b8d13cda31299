#include "policies/schema/ProjectLoader.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
namespace path = llvm::sys::path;

static Record<GateRules> gateRecord() {
  Words<GateLevel> Levels = {{"error", GateLevel::Error},
                             {"warning", GateLevel::Warning},
                             {"note", GateLevel::Note},
                             {"never", GateLevel::Never}};
  Words<bool> Unproven = {{"ignore", false}, {"fail", true}};
  return Record<GateRules>("What makes a run fail")
      .key("fail-on", Presence::Optional, "findings of this level or above fail the gate",
           &GateRules::FailOn, word(Levels))
      .key("unproven", Presence::Optional, "whether what could not be decided fails the gate",
           &GateRules::FailOnUnproven, word(Unproven))
      .key("coverage", Presence::Optional, "least percentage of functions that were analysed",
           &GateRules::CoveragePercent, as<unsigned>(integer(0, 100)));
}

static Record<ExtractLimits> extractRecord() {
  return Record<ExtractLimits>("What one unit may cost")
      .key("unit-seconds", Presence::Optional, "time limit of one unit; default 300",
           &ExtractLimits::UnitSeconds, as<unsigned>(integer(1, 86400)))
      .key("unit-megabytes", Presence::Optional, "memory limit of one unit; default 4096",
           &ExtractLimits::UnitMegabytes, as<unsigned>(integer(64, 1 << 20)));
}

static Record<ProjectBuild> projectBuildRecord() {
  return Record<ProjectBuild>("What the compiler does unasked")
      .key("compiler-defaults", Presence::Optional, "arguments that the compiler has built in",
           &ProjectBuild::CompilerDefaults, listOf(text()));
}

static Record<ProjectScope> scopeRecord() {
  return Record<ProjectScope>("Which files of the database are the device")
      .key("exclude", Presence::Optional,
           "globs of files, relative to the root, that are no part of it: tests, host tools",
           &ProjectScope::Exclude, listOf(globText()));
}

static Record<ProjectToolchain> toolchainRecord() {
  return Record<ProjectToolchain>("The device's compilers")
      .key("query-driver", Presence::Optional,
           "globs of absolute paths: compilers that may be run and asked for their include folders",
           &ProjectToolchain::QueryDrivers,
           oneOrMore(textLike("^([/*]|[A-Za-z]:)", "the absolute path of a compiler, or a glob")))
      .key("profile", Presence::Optional, "files of `assay toolchain save`",
           &ProjectToolchain::Profiles, oneOrMore(located(text())));
}

static Record<DeclaredStream> streamRecord() {
  return Record<DeclaredStream>("A port that the device listens on")
      .key("port", Presence::Required, "its number", &DeclaredStream::Port,
           located(integer(1, 65535)))
      .key("protocol", Presence::Optional, "\"tcp\" or \"udp\"; for the reader",
           &DeclaredStream::Protocol, word(Words<std::string>{{"tcp", "tcp"}, {"udp", "udp"}}))
      .key("purpose", Presence::Optional, "what it is for; for the reader",
           &DeclaredStream::Purpose, text());
}

static Record<Declarations> declarationsRecord() {
  return Record<Declarations>("What the device is declared to have; what is not said is not asked")
      .key("stream", Presence::Optional,
           "[[declared.stream]]: the ports that the device listens on; an empty list: none",
           &Declarations::Streams, maybe(listOf(streamRecord().reader())))
      .key("algorithms", Presence::Optional,
           "the cryptographic algorithms that the device uses, as models call them",
           &Declarations::Algorithms, maybe(listOf(located(text()))));
}

Record<ProjectPolicy> projectRecord(const RoleTable *Roles) {
  Record<ProjectPolicy> R("The policy of a project: assay.toml");
  R.key("profile", Presence::Optional, "profile to start from; default \"baseline\"",
        &ProjectPolicy::Profile, located(text()))
      .key("checks-dir", Presence::Optional, "folders with pages of the project's own checks",
           &ProjectPolicy::CheckFolders, oneOrMore(located(text())))
      .key("models", Presence::Optional, "model files of the project's own libraries",
           &ProjectPolicy::ModelFiles, oneOrMore(located(text())))
      .key("checks", Presence::Optional,
           "check or glob = off, on, note, warning or error; or a table with level and limits",
           &ProjectPolicy::Checks, checkRows())
      .key("gate", Presence::Optional, "what makes a run fail", &ProjectPolicy::Gate,
           gateRecord().reader())
      .key("extract", Presence::Optional, "what one unit may cost", &ProjectPolicy::Extract,
           extractRecord().reader())
      .key("build", Presence::Optional, "what the compiler does unasked", &ProjectPolicy::Build,
           projectBuildRecord().reader())
      .key("scope", Presence::Optional, "which files are the device", &ProjectPolicy::Scope,
           scopeRecord().reader())
      .key("toolchain", Presence::Optional, "the device's compilers", &ProjectPolicy::Toolchain,
           toolchainRecord().reader())
      .key("declared", Presence::Optional, "what the device is declared to have",
           &ProjectPolicy::Declared, declarationsRecord().reader())
      .key("role", Presence::Optional, "roles of the project's own", &ProjectPolicy::Roles,
           listOf(roleRecord().reader()));
  addModelKeys(R, &ProjectPolicy::Rows, Roles);
  return R;
}

Expected<std::vector<Role>> projectRoles(const TomlValue &File) {
  std::vector<Role> Roles;
  const TomlValue *Rows = File.find("role");
  if (!Rows)
    return Roles;
  if (Error E = listOf(roleRecord().reader()).Read(*Rows, Roles))
    return std::move(E);
  return Roles;
}

Expected<ProjectPolicy> readProject(const TomlValue &File, const RoleTable &Roles) {
  ProjectPolicy P;
  if (Error E = projectRecord(&Roles).read(File, P))
    return std::move(E);
  return P;
}

std::vector<std::string> checkFoldersOf(const std::string &ProjectFile) {
  std::vector<std::string> Folders;
  PolicyTexts Texts;
  Expected<TomlValue> File = parseTomlFile(Texts, ProjectFile);
  if (!File) {
    llvm::consumeError(File.takeError());
    return Folders;
  }
  if (const TomlValue *Named = File->find("checks-dir")) {
    if (Named->Is == TomlValue::Kind::String)
      Folders.push_back(Named->Text);
    for (const TomlValue &Item : Named->Items)
      Folders.push_back(Item.Text);
  }
  return Folders;
}

std::string besideProject(const std::string &ProjectFile, const std::string &Path) {
  if (path::is_absolute(Path))
    return Path;
  llvm::SmallString<256> Whole(path::parent_path(ProjectFile));
  path::append(Whole, Path);
  return Whole.str().str();
}

} // namespace assay
