#include "policies/schema/PageLoader.h"

#include "policies/schema/PageBody.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

static const char *const HeadLine = "+++";

/// A page's text ends up in reports, which are UTF-8 throughout.
static Error expectUTF8(StringRef Text, const SourcePosition &At) {
  size_t Wrong = 0;
  if (llvm::json::isUTF8(Text, &Wrong))
    return Error::success();
  StringRef Before = Text.take_front(Wrong);
  size_t LineStart = Before.rfind('\n') + 1; // npos + 1 is 0
  return errorAt({At.File, unsigned(Before.count('\n') + 1), unsigned(Wrong - LineStart + 1)},
                 "this byte is no UTF-8 text");
}

/// The head and where the body starts; both ends of the head are lines of their own.
struct PageParts {
  StringRef Head, Body;
  unsigned BodyLine = 0;
};

static Expected<PageParts> splitPage(StringRef Text, const SourcePosition &At) {
  auto [First, Rest] = Text.split('\n');
  if (First.rtrim() != HeadLine)
    return errorAt({At.File, 1, 1}, "a page starts with a line '+++' and its TOML head");
  StringRef Left = Rest;
  for (unsigned Line = 2; !Left.empty(); ++Line) {
    auto [Current, After] = Left.split('\n');
    if (Current.rtrim() == HeadLine)
      return PageParts{Rest.take_front(Current.data() - Rest.data()), After, Line + 1};
    Left = After;
  }
  return errorAt({At.File, 1, 1}, "the head of this page is not closed by a second line '+++'");
}

Expected<CheckPage> readPage(StringRef Text, const std::string &File, std::string Id,
                             const Record<CheckPage> &HeadKeys) {
  CheckPage Page;
  Page.Id = std::move(Id);
  Page.At.File = std::make_shared<const std::string>(File);
  if (Error E = expectUTF8(Text, Page.At))
    return std::move(E);
  Expected<PageParts> Parts = splitPage(Text, Page.At);
  if (!Parts)
    return Parts.takeError();
  Expected<TomlValue> Head = parseToml(Parts->Head, File, /*LinesBefore=*/1);
  if (!Head)
    return Head.takeError();
  Head->Name = "the page's head";
  Head->At = {Page.At.File, 1, 1};
  Error All = HeadKeys.read(*Head, Page);
  All = joinErrors(std::move(All), readPageBody(Parts->Body, Page.At.File, Parts->BodyLine, Page));
  if (All)
    return std::move(All);
  return Page;
}

static Expected<std::vector<std::string>>
pagesBelow(const std::string &Folder, const SourcePosition &NamedAt, PolicyTexts *Texts = nullptr) {
  std::vector<std::string> Files;
  std::error_code Code;
  if (Texts)
    Texts->addFolder(Folder);
  for (fs::recursive_directory_iterator It(Folder, Code, /*follow_symlinks=*/false), End;
       It != End && !Code; It.increment(Code)) {
    if (Texts && It->type() == fs::file_type::directory_file)
      Texts->addFolder(It->path());
    if (path::extension(It->path()) == ".md" && path::filename(It->path()) != "README.md")
      Files.push_back(It->path());
  }
  if (Code)
    return errorAt(NamedAt, "cannot read the checks in '{0}': {1}", Folder, Code.message());
  llvm::sort(Files);
  return Files;
}

static std::string idOf(StringRef File, StringRef Folder) {
  StringRef Relative = File.drop_front(Folder.size()).ltrim('/');
  Relative.consume_back(".md");
  return Relative.str();
}

std::vector<std::string> pageIdsBelow(const std::string &Folder) {
  std::vector<std::string> Ids;
  Expected<std::vector<std::string>> Files = pagesBelow(Folder, {});
  if (!Files) {
    llvm::consumeError(Files.takeError());
    return Ids;
  }
  for (const std::string &File : *Files)
    Ids.push_back(idOf(File, Folder));
  return Ids;
}

static Error loadPage(PolicyTexts &Texts, const std::string &File, std::string Id,
                      const Record<CheckPage> &Head, std::vector<CheckPage> &Pages) {
  SourcePosition At = {std::make_shared<const std::string>(File), 0, 0};
  if (!llvm::Regex("^[a-z0-9-]+/[a-z0-9-]+$").match(Id))
    return errorAt(At,
                   "the id of a check is its page's path, family/name in lower case with "
                   "dashes; this is '{0}'",
                   Id);
  for (const CheckPage &Other : Pages)
    if (Other.Id == Id)
      return errorAt(At, "check '{0}' has a page already: {1}", Id, toString(Other.At));
  Expected<std::string> Text = Texts.read(File, At);
  if (!Text)
    return Text.takeError();
  Expected<CheckPage> Page = readPage(*Text, File, std::move(Id), Head);
  if (!Page)
    return Page.takeError();
  Pages.push_back(std::move(*Page));
  return Error::success();
}

Error loadPages(PolicyTexts &Texts, const std::string &Folder, const SourcePosition &NamedAt,
                const Record<CheckPage> &Head, std::vector<CheckPage> &Pages) {
  Expected<std::vector<std::string>> Files = pagesBelow(Folder, NamedAt, &Texts);
  if (!Files)
    return Files.takeError();
  Error All = Error::success();
  for (const std::string &File : *Files)
    All = joinErrors(std::move(All), loadPage(Texts, File, idOf(File, Folder), Head, Pages));
  return All;
}

} // namespace assay
