#include "driver/session/Images.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

#include <map>
#include <set>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr uint64_t LongestLinkFile = uint64_t(8) << 20;

std::string joined(StringRef Folder, StringRef Name) {
  llvm::SmallString<256> P(Name);
  if (!path::is_absolute(P)) {
    P = Folder;
    path::append(P, Name);
  }
  path::remove_dots(P, /*remove_dot_dot=*/true);
  return P.str().str();
}

/// One linker or archiver line: what comes out and what goes in.
struct LinkLine {
  std::string Output;
  bool IsArchive = false;
  std::vector<std::string> Inputs; ///< objects, archives, shared libraries
};

class LinkReader {
public:
  void addObject(const std::string &Object) { Objects.insert(Object); }
  /// CMake writes it beside the objects: .../CMakeFiles/NAME.dir/link.txt.
  void readBeside(StringRef Object);
  void addLine(StringRef Folder, llvm::ArrayRef<StringRef> Words);
  /// Object -> images.
  std::map<std::string, std::set<std::string>> images() const;

private:
  void objectsOf(const std::string &Output, std::set<std::string> &Seen,
                 std::set<std::string> &Into) const;

  std::set<std::string> Objects, FilesRead;
  std::map<std::string, LinkLine> Lines; ///< by output
};

bool isLinkInput(StringRef Word) {
  const StringRef Extension = path::extension(Word);
  return Extension == ".o" || Extension == ".obj" || Extension == ".a" || Extension == ".lib" ||
         Extension == ".so" || Word.contains(".so.");
}

} // namespace

void LinkReader::addLine(StringRef Folder, llvm::ArrayRef<StringRef> Words) {
  if (Words.size() < 3)
    return;
  LinkLine Line;
  const StringRef Tool = path::stem(Words.front());
  // ar qc libx.a a.o b.o
  Line.IsArchive = Tool == "ar" || Tool.ends_with("-ar");
  for (size_t I = 1; I != Words.size(); ++I) {
    if (!Line.IsArchive && Words[I] == "-o" && I + 1 != Words.size())
      Line.Output = joined(Folder, Words[++I]);
    else if (Line.IsArchive && Line.Output.empty() && path::extension(Words[I]) == ".a")
      Line.Output = joined(Folder, Words[I]);
    else if (isLinkInput(Words[I]) && !Words[I].starts_with("-"))
      Line.Inputs.push_back(joined(Folder, Words[I]));
  }
  if (!Line.Output.empty() && !Line.Inputs.empty())
    Lines.try_emplace(Line.Output, std::move(Line));
}

void LinkReader::readBeside(StringRef Object) {
  const size_t Target = Object.find("/CMakeFiles/");
  const size_t End = Target == StringRef::npos ? Target : Object.find(".dir/", Target);
  if (End == StringRef::npos)
    return;
  const std::string File = (Object.take_front(End) + ".dir/link.txt").str();
  uint64_t Size = 0;
  if (!FilesRead.insert(File).second || fs::file_size(File, Size) || Size > LongestLinkFile)
    return;
  auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
  if (!Text)
    return;
  for (StringRef Rest = (*Text)->getBuffer(), Line; !Rest.empty();) {
    std::tie(Line, Rest) = Rest.split('\n');
    llvm::BumpPtrAllocator Memory;
    llvm::StringSaver Saver(Memory);
    llvm::SmallVector<const char *, 64> Words;
    llvm::cl::TokenizeGNUCommandLine(Line, Saver, Words);
    addLine(Object.take_front(Target),
            llvm::to_vector(llvm::map_range(Words, [](const char *W) { return StringRef(W); })));
  }
}

/// Through archives and the shared libraries that the database's build makes.
void LinkReader::objectsOf(const std::string &Output, std::set<std::string> &Seen,
                           std::set<std::string> &Into) const {
  const auto Line = Lines.find(Output);
  if (Line == Lines.end() || !Seen.insert(Output).second)
    return;
  for (const std::string &Input : Line->second.Inputs) {
    if (Objects.count(Input))
      Into.insert(Input);
    else
      objectsOf(Input, Seen, Into);
  }
}

/// An archive that is linked into nothing is an image of its own: whoever links it gets all of it.
std::map<std::string, std::set<std::string>> LinkReader::images() const {
  std::set<std::string> Used;
  for (const auto &[Output, Line] : Lines)
    Used.insert(Line.Inputs.begin(), Line.Inputs.end());
  std::map<std::string, std::set<std::string>> Images;
  for (const auto &[Output, Line] : Lines) {
    if (Line.IsArchive && Used.count(Output))
      continue;
    std::set<std::string> Seen, Linked;
    objectsOf(Output, Seen, Linked);
    for (const std::string &Object : Linked)
      Images[Object].insert(Output);
  }
  return Images;
}

static std::string objectOf(const CompileCommand &C) {
  for (size_t I = 0; I + 1 < C.Arguments.size(); ++I)
    if (C.Arguments[I] == "-o")
      return joined(C.Directory, C.Arguments[I + 1]);
  return "";
}

std::vector<std::vector<uint32_t>> assay::imagesOf(llvm::ArrayRef<CompileCommand> Commands) {
  LinkReader Reader;
  std::vector<std::string> Objects;
  for (const CompileCommand &C : Commands)
    Objects.push_back(objectOf(C));
  for (const std::string &Object : Objects)
    if (!Object.empty())
      Reader.addObject(Object);
  for (const std::string &Object : Objects)
    Reader.readBeside(Object);
  const auto Images = Reader.images();
  std::map<std::string, uint32_t> Numbers;
  for (const auto &[Object, Names] : Images)
    for (const std::string &Name : Names)
      Numbers[Name] = 0;
  uint32_t Next = 0;
  for (auto &[Name, Number] : Numbers)
    Number = ++Next;
  std::vector<std::vector<uint32_t>> Result;
  for (const std::string &Object : Objects) {
    std::vector<uint32_t> &Mine = Result.emplace_back();
    if (const auto It = Images.find(Object); It != Images.end())
      for (const std::string &Name : It->second)
        Mine.push_back(Numbers[Name]);
  }
  return Result;
}
