#include "driver/session/Remedies.h"

#include "analysis/model/Rows.h"
#include "driver/session/HeaderSearch.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::StringRef;

namespace {

/// A unit that includes what is nowhere.
struct Sufferer {
  std::vector<std::string> Headers;
  std::string File;
  uint64_t Functions = 0; ///< lost or recovered
};

/// Under one piece of advice, before it is counted.
struct Advised {
  std::set<std::string> Headers;
  std::set<size_t> Sufferers;
};

} // namespace

static uint64_t damagedFunctions(const Unit &U) {
  uint64_t N = rowCount(U.Summary->lost());
  forEachBody(U, [&](const UnitBody &B) {
    N += B.Data->kind() == BodyKind::Function && B.Data->state() == BodyState::Recovered;
  });
  return N;
}

static std::vector<Sufferer> sufferersAmong(llvm::ArrayRef<Unit> Units) {
  std::vector<Sufferer> Out;
  for (const Unit &U : Units) {
    if (!rowCount(U.Summary->missing_headers()))
      continue;
    Sufferer &S = Out.emplace_back();
    for (uint32_t Name : rows(U.Summary->missing_headers()))
      S.Headers.push_back(U.string(Name).str());
    S.File = U.Summary->files()->Get(0)->path()->str();
    S.Functions = damagedFunctions(U);
  }
  return Out;
}

/// Folders that the command searches for headers, as it names them.
static std::vector<std::string> searchedFolders(const CompileCommand &C) {
  constexpr StringRef Options[] = {"-I", "-isystem", "-iquote", "-idirafter"};
  std::vector<std::string> Out;
  for (size_t I = 0; I != C.Arguments.size(); ++I)
    for (StringRef Option : Options) {
      StringRef Word = C.Arguments[I];
      if (!Word.consume_front(Option))
        continue;
      if (!Word.empty())
        Out.push_back(Word.str());
      else if (I + 1 != C.Arguments.size())
        Out.push_back(C.Arguments[I + 1]);
    }
  return Out;
}

/// By the unit's file: the first folder of its command that does not exist, in stored form.
static std::map<std::string, std::string> absentFolders(llvm::ArrayRef<CompileCommand> Commands,
                                                        llvm::ArrayRef<Sufferer> Sufferers,
                                                        const PathForms &Paths) {
  std::set<StringRef> Wanted;
  for (const Sufferer &S : Sufferers)
    Wanted.insert(S.File);
  std::map<std::string, std::string> Out;
  for (const CompileCommand &C : Commands) {
    const std::string File = Paths.toStored(absoluteFile(C));
    if (!Wanted.count(File))
      continue;
    for (const std::string &Named : searchedFolders(C)) {
      llvm::SmallString<256> Folder(Named);
      llvm::sys::fs::make_absolute(C.Directory, Folder);
      if (!llvm::sys::fs::exists(Folder))
        Out.try_emplace(File, Paths.toStored(Folder));
    }
  }
  return Out;
}

static std::string adviceFor(StringRef Header, const HeaderPlace *Place, StringRef AbsentFolder) {
  if (Place && !Place->Folder.empty())
    return "name its folder in the compile command: -I" + Place->Folder;
  if (Place)
    return "it is generated from " + Place->Template + ": configure and build the project first";
  if (!AbsentFolder.empty())
    return ("the command searches " + AbsentFolder +
            ", which is not there: build the project first, or fetch that component")
        .str();
  return (Header + " is nowhere in the project: install the package or toolchain that has it, and "
                   "name its folder with -I")
      .str();
}

std::vector<Remedy> assay::remediesFor(llvm::ArrayRef<Unit> Units,
                                       llvm::ArrayRef<CompileCommand> Commands,
                                       const PathForms &Paths) {
  const std::vector<Sufferer> Sufferers = sufferersAmong(Units);
  if (Sufferers.empty())
    return {};
  std::set<std::string> Names;
  for (const Sufferer &S : Sufferers)
    Names.insert(S.Headers.begin(), S.Headers.end());
  const auto Places = findHeaders(Names, Paths);
  const auto Absent = absentFolders(Commands, Sufferers, Paths);

  std::map<std::string, Advised> Cases;
  for (size_t I = 0; I != Sufferers.size(); ++I)
    for (const std::string &Header : Sufferers[I].Headers) {
      const auto Place = Places.find(Header);
      const auto Folder = Absent.find(Sufferers[I].File);
      Advised &C = Cases[adviceFor(Header, Place == Places.end() ? nullptr : &Place->second,
                                   Folder == Absent.end() ? "" : Folder->second)];
      C.Headers.insert(Header);
      C.Sufferers.insert(I);
    }

  std::vector<Remedy> Out;
  for (auto &[Advice, C] : Cases) {
    Remedy &R = Out.emplace_back();
    R.Advice = Advice;
    R.Headers.assign(C.Headers.begin(), C.Headers.end());
    R.Units = static_cast<unsigned>(C.Sufferers.size());
    for (size_t I : C.Sufferers)
      R.Functions += Sufferers[I].Functions;
  }
  llvm::stable_sort(Out, [](const Remedy &A, const Remedy &B) {
    return std::tie(B.Functions, B.Units) < std::tie(A.Functions, A.Units);
  });
  return Out;
}
