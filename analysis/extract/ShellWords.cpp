#include "analysis/extract/ShellWords.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace assay;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace {

constexpr StringRef Operators[] = {"&&", "||", ";", "|", "&"};
/// They change nothing that a compiler or linker sees, or only where the next command runs.
constexpr StringRef Silent[] = {":", "true", "export", "set", "unset", "umask"};

class ShellReader {
public:
  explicit ShellReader(StringRef Folder) : Folder(Folder) {}
  void take(StringRef Word);
  std::vector<ShellCommand> finish() {
    endCommand();
    return std::move(Out);
  }

private:
  void endCommand();
  void follow(StringRef To);

  std::string Folder, NotFollowed;
  std::vector<std::string> Current;
  std::vector<ShellCommand> Out;
};

} // namespace

std::vector<std::string> assay::splitWords(StringRef Text) {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Saver(Memory);
  llvm::SmallVector<const char *, 64> Words;
  llvm::cl::TokenizeGNUCommandLine(Text, Saver, Words);
  return {Words.begin(), Words.end()};
}

static bool isAssignment(StringRef Word) {
  const StringRef Name = Word.split('=').first;
  return Name.size() < Word.size() && !Name.empty() && !llvm::isDigit(Name.front()) &&
         llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

void ShellReader::follow(StringRef To) {
  if (To.empty() || To == "-" || To.contains('$') || To.contains('`') || To.starts_with("~")) {
    NotFollowed = ("cd " + To).str();
    return;
  }
  llvm::SmallString<256> Next(To);
  if (!path::is_absolute(To)) {
    Next = Folder;
    path::append(Next, To);
  }
  path::remove_dots(Next, /*remove_dot_dot=*/true);
  Folder = Next.str().str();
}

void ShellReader::endCommand() {
  // "2>&1" and "> log" say where output goes.
  std::vector<std::string> Words;
  for (size_t I = 0; I != Current.size(); ++I) {
    const StringRef Rest = StringRef(Current[I]).ltrim("0123456789&");
    if (!Rest.starts_with(">") && !(Rest.starts_with("<") && !Rest.starts_with("<<")))
      Words.push_back(std::move(Current[I]));
    else if (Rest.ltrim("<>&").empty())
      ++I; // its file is the next word
  }
  Current.clear();
  const auto First = llvm::find_if(Words, [](StringRef W) { return !isAssignment(W); });
  Words.erase(Words.begin(), First);
  if (Words.empty() || llvm::is_contained(Silent, StringRef(Words.front())))
    return;
  if (Words.front() == "cd")
    follow(Words.size() > 1 ? Words.back() : "");
  else
    Out.push_back({std::move(Words), Folder, NotFollowed});
}

void ShellReader::take(StringRef Word) {
  if (llvm::is_contained(Operators, Word))
    return endCommand();
  if (Current.empty() && (Word == "(" || Word == "{"))
    return;
  if (Current.empty())
    Word.consume_front("(");
  // `cd sub; gcc` and `cd sub&&gcc`: inside an option these are the option's own.
  const bool AfterCd = !Current.empty() && Current.front() == "cd";
  const size_t At = AfterCd ? Word.find_first_of(";&") : StringRef::npos;
  if (At != StringRef::npos) {
    if (At)
      Current.push_back(Word.take_front(At).str());
    endCommand();
    if (const StringRef Rest = Word.drop_front(At).ltrim(";&"); !Rest.empty())
      take(Rest);
    return;
  }
  if (Word.ends_with(";") && !Word.starts_with("-")) {
    Current.push_back(Word.drop_back().str());
    return endCommand();
  }
  Current.push_back(Word.str());
}

std::vector<ShellCommand> assay::shellCommands(llvm::ArrayRef<std::string> Words,
                                               StringRef Folder) {
  ShellReader Reader(Folder);
  for (const std::string &Word : Words)
    Reader.take(Word);
  return Reader.finish();
}

bool assay::needsShell(llvm::ArrayRef<std::string> Words) {
  const StringRef First = Words.front();
  return First == "cd" || First == "(cd" || First == "(" || First == "{" || isAssignment(First) ||
         llvm::is_contained(Silent, First) ||
         llvm::any_of(Words, [](StringRef W) { return llvm::is_contained(Operators, W); });
}
