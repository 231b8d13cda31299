#include "driver/session/Images.h"

#include "driver/session/LinkLine.h"
#include "driver/session/NinjaFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <map>
#include <set>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr uint64_t LongestLinkFile = uint64_t(8) << 20;

/// Gathers linker's lines, then follows objects through archives into images.
class ImageFinder {
public:
  void addObject(const std::string &Object) { Objects.insert(Object); }
  /// CMake writes it beside the objects: .../CMakeFiles/NAME.dir/link.txt.
  void readBeside(StringRef Object);
  void readNinja(StringRef Folder);
  void addShellText(StringRef Text, StringRef Folder);
  void addLine(const ShellCommand &Command);
  /// An archive that is linked into nothing is an image of its own: whoever links it gets all of
  /// it.
  std::map<std::string, std::set<std::string>> imagesByObject() const;
  const LinkLine &lineOf(const std::string &Path) const { return Lines.at(Path); }

private:
  std::string libraryOf(llvm::ArrayRef<std::string> Files) const;
  std::vector<std::string> inputsOf(const LinkLine &Line) const;
  void objectsOf(const std::string &Output, std::set<std::string> &Seen,
                 std::set<std::string> &Into) const;

  std::set<std::string> Objects, FilesRead;
  std::map<std::string, LinkLine> Lines; ///< by output
};

} // namespace

void ImageFinder::addLine(const ShellCommand &Command) {
  auto Line = readLinkLine(Command);
  if (!Line || Objects.count(Line->Result.Path))
    return;
  const std::string Output = Line->Result.Path;
  const auto [It, New] = Lines.try_emplace(Output, std::move(*Line));
  if (!New && Line->What == LinkLine::Kind::Archive) // `ar q` once more, for the rest
    llvm::append_range(It->second.Inputs, Line->Inputs);
}

void ImageFinder::addShellText(StringRef Text, StringRef Folder) {
  for (const ShellCommand &Command : shellCommands(splitWords(Text), Folder))
    addLine(Command);
}

void ImageFinder::readBeside(StringRef Object) {
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
    addShellText(Line, Object.take_front(Target));
  }
}

void ImageFinder::readNinja(StringRef Folder) {
  const std::string File = joinedPath(Folder, "build.ninja");
  if (!FilesRead.insert(File).second)
    return;
  const auto MayLink = [&](StringRef Output) { return !Objects.count(joinedPath(Folder, Output)); };
  for (const std::string &Text : ninjaCommands(File, MayLink))
    addShellText(Text, Folder);
}

/// `libx.so` may be a link to the libx.so.1.2 that the build makes.
std::string ImageFinder::libraryOf(llvm::ArrayRef<std::string> Files) const {
  for (const std::string &File : Files) {
    if (Lines.count(File))
      return File;
    const auto Longer = Lines.lower_bound(File + ".");
    if (Longer != Lines.end() && StringRef(Longer->first).starts_with(File + "."))
      return Longer->first;
  }
  return "";
}

std::vector<std::string> ImageFinder::inputsOf(const LinkLine &Line) const {
  std::vector<std::string> Out;
  for (const std::string &Input : Line.Inputs) {
    const std::string Library = Objects.count(Input) ? "" : libraryOf(Input);
    Out.push_back(Library.empty() ? Input : Library);
  }
  for (const auto &Files : Line.Libraries)
    if (std::string Library = libraryOf(Files); !Library.empty())
      Out.push_back(std::move(Library));
  return Out;
}

/// Through archives and the shared libraries that the database's build makes.
void ImageFinder::objectsOf(const std::string &Output, std::set<std::string> &Seen,
                            std::set<std::string> &Into) const {
  const auto Line = Lines.find(Output);
  if (Line == Lines.end() || !Seen.insert(Output).second)
    return;
  for (const std::string &Input : inputsOf(Line->second)) {
    if (Objects.count(Input))
      Into.insert(Input);
    else
      objectsOf(Input, Seen, Into);
  }
}

std::map<std::string, std::set<std::string>> ImageFinder::imagesByObject() const {
  std::set<std::string> Used;
  for (const auto &[Output, Line] : Lines)
    for (std::string &Input : inputsOf(Line))
      Used.insert(std::move(Input));
  std::map<std::string, std::set<std::string>> Images;
  for (const auto &[Output, Line] : Lines) {
    if (Line.What != LinkLine::Kind::Program && Used.count(Output))
      continue;
    std::set<std::string> Seen, Linked;
    objectsOf(Output, Seen, Linked);
    for (const std::string &Object : Linked)
      Images[Object].insert(Output);
  }
  return Images;
}

/// What stands behind -o; empty: nothing.
static std::string outputOf(const CompileCommand &C) {
  for (size_t I = 1; I < C.Arguments.size(); ++I) {
    StringRef Word = C.Arguments[I];
    if (!Word.consume_front("-o") || (Word.empty() && I + 1 == C.Arguments.size()))
      continue;
    return joinedPath(C.Directory, Word.empty() ? StringRef(C.Arguments[I + 1]) : Word);
  }
  return "";
}

/// x.o of x.c where the command does not say it. A command that links as well has no object; its
/// source stands for it.
static std::string objectOf(const CompileCommand &C) {
  const std::string Output = outputOf(C), Source = joinedPath(C.Directory, C.File);
  const bool Compiles =
      llvm::is_contained(C.Arguments, "-c") || llvm::is_contained(C.Arguments, "-S");
  if (!Compiles && !Output.empty())
    return Source == Output ? "" : Source; // a linker's own line
  return Output.empty() ? joinedPath(C.Directory, (path::stem(C.File) + ".o").str()) : Output;
}

BuiltImages assay::imagesOf(llvm::ArrayRef<CompileCommand> Commands, StringRef BuildDir) {
  ImageFinder Finder;
  std::vector<std::string> Objects;
  for (const CompileCommand &C : Commands)
    if (!Objects.emplace_back(objectOf(C)).empty())
      Finder.addObject(Objects.back());
  for (const CompileCommand &C : Commands)
    Finder.addLine({C.Arguments, C.Directory, ""});
  for (const std::string &Object : Objects)
    Finder.readBeside(Object);
  for (const CompileCommand &C : Commands)
    Finder.readNinja(C.Directory);
  Finder.readNinja(BuildDir);
  const auto Images = Finder.imagesByObject();
  BuiltImages Out;
  std::map<std::string, uint32_t> Numbers;
  for (const auto &[Object, Names] : Images)
    for (const std::string &Name : Names)
      Numbers[Name] = 0;
  for (auto &[Name, Number] : Numbers) {
    Out.Images.push_back(Finder.lineOf(Name).Result);
    Number = static_cast<uint32_t>(Out.Images.size());
    if (Finder.lineOf(Name).ShownToLoaded)
      Out.ShownToLoaded.push_back(Number);
  }
  for (const std::string &Object : Objects) {
    std::vector<uint32_t> &Mine = Out.Of.emplace_back();
    if (const auto It = Images.find(Object); It != Images.end())
      for (const std::string &Name : It->second)
        Mine.push_back(Numbers[Name]);
  }
  return Out;
}

std::vector<Note> assay::notesOfImages(llvm::ArrayRef<Image> Images) {
  std::set<std::string> Wrapped;
  for (const Image &I : Images)
    Wrapped.insert(I.Wrapped.begin(), I.Wrapped.end());
  if (Wrapped.empty())
    return {};
  return {{Level::Warning,
           "the linker's --wrap replaces " + llvm::join(Wrapped, ", ") +
               " by functions named __wrap_...; calls are followed into the replaced ones",
           {},
           /*InSarif=*/true}};
}
