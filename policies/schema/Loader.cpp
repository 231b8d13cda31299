#include "policies/schema/Loader.h"

#include "policies/schema/FamilyLoader.h"
#include "policies/schema/PageLoader.h"
#include "policies/schema/ProfileLoader.h"
#include "policies/schema/ProjectLoader.h"
#include "policies/schema/ToolchainFile.h"
#include "policies/schema/VocabularyLoader.h"

#include "llvm/Support/Path.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace path = llvm::sys::path;

/// The stages of a load in their order; each rests on those before it.
class PolicyLoad {
public:
  explicit PolicyLoad(const PolicySources &Sources) : Sources(Sources) {}

  Expected<Policy> run() {
    if (Error E = readVocabulary())
      return std::move(E);
    if (Error E = readPages())
      return std::move(E);
    if (Error E = readToolchains())
      return std::move(E);
    Expected<ProfileChain> Chain =
        loadProfile(Texts, data("policies/profiles"), profileName(), *Clauses);
    if (!Chain)
      return Chain.takeError();
    return assemble(*Chain);
  }

  /// Project file, taxonomy, roles, models: every name that a page may use.
  Error readVocabulary() {
    if (Error E = readProjectFile())
      return E;
    if (Error E = readTaxonomy())
      return E;
    if (Error E = readRoles())
      return E;
    if (Error E = readModels())
      return E;
    Names.FactNames = Models.factNames();
    Expected<Vocabulary> Words = loadVocabulary(Texts, data("policies/vocabulary"));
    if (!Words)
      return Words.takeError();
    Names.Secrets = std::move(*Words);
    return Error::success();
  }

  const PageVocabulary &names() const { return Names; }

private:
  std::string data(StringRef Relative) const {
    llvm::SmallString<256> Path(Sources.DataDir);
    path::append(Path, Relative);
    return Path.str().str();
  }

  Located<std::string> profileName() const {
    if (!Sources.ProfileOverride.empty())
      return {Sources.ProfileOverride, {}};
    return Project.Profile;
  }

  Error readProjectFile() {
    if (Sources.ProjectFile.empty())
      return Error::success();
    Expected<TomlValue> File = parseTomlFile(Texts, Sources.ProjectFile);
    if (!File)
      return File.takeError();
    ProjectFile = std::move(*File);
    return Error::success();
  }

  Error readTaxonomy() {
    Expected<Taxonomy> T = Taxonomy::load(Texts, data("policies/standards/taxonomy.toml"));
    if (!T)
      return T.takeError();
    Clauses = std::move(*T);
    Names.Families = Clauses->families();
    Expected<std::set<int64_t>> Cwe =
        loadWeaknesses(Texts, data("policies/standards/cwe_names.csv"));
    if (!Cwe)
      return Cwe.takeError();
    Names.Weaknesses = std::move(*Cwe);
    return Error::success();
  }

  Error readRoles() {
    Expected<TomlValue> File = parseTomlFile(Texts, data("policies/models/roles.toml"));
    if (!File)
      return File.takeError();
    std::vector<Role> Shipped;
    if (Error E = roleFileRecord().read(*File, Shipped))
      return E;
    if (Error E = Names.Roles.add(std::move(Shipped)))
      return E;
    Expected<std::vector<Role>> Own = projectRoles(ProjectFile);
    if (!Own)
      return Own.takeError();
    return Names.Roles.add(std::move(*Own));
  }

  Error readModels() {
    Expected<std::vector<std::string>> Files = modelFiles(data("policies/models"));
    if (!Files)
      return Files.takeError();
    ModelKeys = modelFileRecord(&Names.Roles); // made once: it costs more than to read a file
    Error All = Error::success();
    for (const std::string &File : *Files)
      All = joinErrors(std::move(All), readModel(File, {}));
    if (All)
      return All;
    if (Error E = readOwnModels())
      return E;
    return Models.check();
  }

  Error readOwnModels() {
    if (Sources.ProjectFile.empty())
      return Error::success();
    Expected<ProjectPolicy> P = readProject(ProjectFile, Names.Roles);
    if (!P)
      return P.takeError();
    Project = std::move(*P);
    Error All = Error::success();
    for (const Located<std::string> &File : Project.ModelFiles)
      All =
          joinErrors(std::move(All), readModel(besideProject(Sources.ProjectFile, *File), File.At));
    Models.add(std::move(Project.Rows), "project");
    return All;
  }

  Error readModel(const std::string &Path, const SourcePosition &NamedAt) {
    Expected<TomlValue> File = parseTomlFile(Texts, Path, NamedAt);
    if (!File)
      return File.takeError();
    ModelFile M;
    if (Error E = ModelKeys->read(*File, M))
      return E;
    Models.add(std::move(M.Rows), M.Library, M.Source);
    return Error::success();
  }

  Expected<std::vector<std::string>> modelFiles(const std::string &Folder) {
    std::error_code Code;
    Texts.addFolder(Folder);
    std::vector<std::string> Files = tomlFilesIn(Folder, Code);
    if (Code)
      return errorAt({}, "cannot read the models in '{0}': {1}", Folder, Code.message());
    llvm::erase_if(Files, [](llvm::StringRef F) { return path::filename(F) == "roles.toml"; });
    return Files;
  }

  Error readPages() {
    const Record<CheckPage> Head = pageHeadRecord(&Names);
    Error All = loadPages(Texts, data("checks"), {}, Head, Pages);
    size_t Shipped = Pages.size();
    for (const Located<std::string> &Folder : Project.CheckFolders)
      All = joinErrors(std::move(All), loadPages(Texts, besideProject(Sources.ProjectFile, *Folder),
                                                 Folder.At, Head, Pages));
    for (const std::string &Folder : Sources.CheckFolders)
      All = joinErrors(std::move(All), loadPages(Texts, Folder, {}, Head, Pages));
    for (size_t I = Shipped; I < Pages.size(); ++I)
      OwnPages.insert(Pages[I].Id);
    return All;
  }

  Error readToolchains() {
    if (Sources.ForHost)
      return Error::success();
    Expected<CompilerTable> Table = loadFamilies(CompilerTexts, data("policies/toolchains"));
    if (!Table)
      return Table.takeError();
    Toolchain.Compilers = std::move(*Table);
    Toolchain.QueryDrivers = Sources.QueryDrivers;
    Toolchain.ProjectQueryDrivers = Project.Toolchain.QueryDrivers;
    Error All = Error::success();
    const auto Read = [&](const std::string &Path, const SourcePosition &NamedAt) {
      if (Expected<ToolchainProfile> P = loadToolchainProfile(CompilerTexts, Path, NamedAt))
        Toolchain.Profiles.push_back(std::move(*P));
      else
        All = joinErrors(std::move(All), P.takeError());
    };
    for (const std::string &File : Sources.ToolchainFiles)
      Read(File, {});
    for (const Located<std::string> &File : Project.Toolchain.Profiles)
      Read(besideProject(Sources.ProjectFile, *File), File.At);
    return All;
  }

  Expected<Policy> assemble(const ProfileChain &Chain) {
    CheckSelection Selection(std::move(Pages), std::move(OwnPages));
    for (const Profile &P : Chain)
      if (Error E = Selection.apply(P.Checks))
        return std::move(E);
    if (Error E = Selection.apply(Project.Checks))
      return std::move(E);
    if (!Sources.OnlyChecks.empty())
      if (Error E = Selection.only(Sources.OnlyChecks))
        return std::move(E);
    Policy P;
    P.Profile = *Chain.back().Name;
    for (const Located<std::string> &Key : standardsOf(Chain))
      P.Standards.push_back(*Clauses->standard(*Key));
    P.Roles = std::move(Names.Roles).take();
    P.Models = std::move(Models).take();
    P.Secrets = std::move(Names.Secrets);
    P.Families = Clauses->families();
    P.Gate = Project.Gate;
    P.Extract = Project.Extract;
    P.CompilerDefaults = Project.Build.CompilerDefaults;
    P.OutOfScope = Project.Scope.Exclude;
    if (Error E = checkDeclared(Project.Declared, P.Models))
      return std::move(E);
    P.Declared = Project.Declared;
    P.Toolchain = std::move(Toolchain);
    std::move(Selection).finish(P);
    for (const std::string &Only : Sources.OnlyChecks)
      Texts.add(Only);
    P.Digest = Texts.digest();
    P.Parts = Texts.parts();
    if (Sources.ForHost) {
      forgetTexts(P);
      return P;
    }
    P.Digest += "." + CompilerTexts.digest();
    llvm::append_range(P.Parts, CompilerTexts.parts());
    for (const CheckPage &Page : P.Checks)
      P.Rules.push_back(ruleOf(Page, P));
    return P;
  }

  /// What only a report would show.
  static void forgetTexts(Policy &P) {
    P.OffChecks.clear();
    for (CheckPage &Page : P.Checks) {
      Page.Body.clear();
      Page.Sections.clear();
      Page.Examples.clear();
    }
  }

  Rule ruleOf(const CheckPage &Page, const Policy &P) const {
    Rule R;
    R.Id = Page.Id;
    R.Title = *Page.Title;
    R.Sev = Page.Sev;
    R.Lvl = P.Levels.at(Page.Id);
    R.Family = Page.Family;
    R.Since = Page.Since;
    R.Precision = Page.Precision;
    R.HelpMarkdown = Page.Body;
    R.ShortHelp = firstParagraph(Page.Sections.at("What"));
    R.Cwe = Page.Cwe;
    for (const Standard &S : P.Standards)
      for (Rule::Clause &C : Clauses->clauses(Page.Family, S.Key))
        R.Clauses.push_back(std::move(C));
    return R;
  }

  /// As one line: Markdown's line breaks inside a paragraph are spaces.
  static std::string firstParagraph(StringRef Section) {
    std::string Paragraph;
    for (StringRef Rest = Section.ltrim(); !Rest.empty();) {
      auto [Line, After] = Rest.split('\n');
      if (Line.trim().empty())
        break;
      Paragraph += (Paragraph.empty() ? "" : " ") + Line.trim().str();
      Rest = After;
    }
    return Paragraph;
  }

  const PolicySources &Sources;
  PolicyTexts Texts, CompilerTexts;
  ToolchainRules Toolchain;
  TomlValue ProjectFile;
  ProjectPolicy Project;
  std::optional<Taxonomy> Clauses;
  PageVocabulary Names;
  ModelTable Models;
  std::optional<Record<ModelFile>> ModelKeys;
  std::vector<CheckPage> Pages;
  std::set<std::string> OwnPages;
};

} // namespace

Expected<Policy> loadPolicy(const PolicySources &Sources) {
  return PolicyLoad(Sources).run();
}

std::string digestOfJudging(StringRef PolicyDigest) {
  return PolicyDigest.split('.').first.str();
}

std::vector<std::string> pageIds(const PolicySources &Sources) {
  std::vector<std::string> Ids = pageIdsBelow(Sources.DataDir + "/checks");
  std::vector<std::string> Folders = Sources.CheckFolders;
  if (!Sources.ProjectFile.empty())
    for (const std::string &Folder : checkFoldersOf(Sources.ProjectFile))
      Folders.push_back(besideProject(Sources.ProjectFile, Folder));
  for (const std::string &Folder : Folders)
    llvm::append_range(Ids, pageIdsBelow(Folder));
  return Ids;
}

Expected<CheckPage> loadPageText(const PolicySources &Sources, StringRef Text,
                                 const std::string &File, const std::string &Id) {
  PolicyLoad Load(Sources);
  if (Error E = Load.readVocabulary())
    return std::move(E);
  return readPage(Text, File, Id, pageHeadRecord(&Load.names()));
}

} // namespace assay
