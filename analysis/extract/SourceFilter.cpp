#include "analysis/extract/SourceFilter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace assay;
using llvm::StringRef;
namespace vfs = llvm::vfs;

namespace {

/// Goes over a text once; knows comments and literals, and nothing else of the language.
class PlacementBlanker {
public:
  explicit PlacementBlanker(std::string &Text) : Text(Text) {}
  bool run();

private:
  char at(size_t I) const { return I < Text.size() ? Text[I] : '\0'; }
  size_t endOfLiteral(size_t I) const;
  size_t endOfComment(size_t I) const;
  size_t endOfPlace(size_t I) const;
  std::string &Text;
};

class BlankedFile : public vfs::File {
public:
  BlankedFile(vfs::Status Status, std::string Text)
      : Status(std::move(Status)), Text(std::move(Text)) {}
  llvm::ErrorOr<vfs::Status> status() override { return Status; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine &Name, int64_t,
                                                               bool, bool) override {
    return llvm::MemoryBuffer::getMemBufferCopy(Text, Name);
  }
  std::error_code close() override { return {}; }

private:
  vfs::Status Status;
  std::string Text;
};

} // namespace

size_t PlacementBlanker::endOfLiteral(size_t I) const {
  const char Quote = Text[I++];
  while (I < Text.size() && Text[I] != Quote && Text[I] != '\n')
    I += Text[I] == '\\' ? 2 : 1;
  return std::min(I + 1, Text.size());
}

size_t PlacementBlanker::endOfComment(size_t I) const {
  const size_t End = at(I + 1) == '*' ? Text.find("*/", I + 2) : Text.find('\n', I);
  return End == std::string::npos ? Text.size() : End + (at(I + 1) == '*' ? 2 : 0);
}

/// Behind the `@`: a literal, a parenthesis, or one word.
size_t PlacementBlanker::endOfPlace(size_t I) const {
  while (at(I) == ' ' || at(I) == '\t')
    ++I;
  if (at(I) == '"')
    return endOfLiteral(I);
  unsigned Depth = 0;
  for (; I < Text.size() && Text[I] != '\n'; ++I) {
    Depth += Text[I] == '(';
    const bool Word = llvm::isAlnum(Text[I]) || Text[I] == '_' || Text[I] == '.';
    if (Text[I] == ')' && Depth && --Depth == 0)
      return I + 1;
    if (!Word && !Depth)
      break;
  }
  return I;
}

bool PlacementBlanker::run() {
  bool Any = false;
  for (size_t I = 0; I < Text.size();) {
    const char C = Text[I];
    if (C == '"' || C == '\'')
      I = endOfLiteral(I);
    else if (C == '/' && (at(I + 1) == '/' || at(I + 1) == '*'))
      I = endOfComment(I);
    else if (C == '@') {
      const size_t End = std::max(endOfPlace(I + 1), I + 1);
      std::fill(Text.begin() + static_cast<ptrdiff_t>(I),
                Text.begin() + static_cast<ptrdiff_t>(End), ' ');
      Any = true;
      I = End;
    } else
      ++I;
  }
  return Any;
}

bool assay::blankPlacements(std::string &Text) {
  return PlacementBlanker(Text).run();
}

static OriginalFile originalOf(StringRef Text) {
  return {llvm::BLAKE3::hash<32>(llvm::arrayRefFromStringRef(Text)), Text.size(), true};
}

llvm::ErrorOr<std::unique_ptr<vfs::File>> PlacementFiles::openFileForRead(const llvm::Twine &Path) {
  auto File = getUnderlyingFS().openFileForRead(Path);
  if (!File || !Enabled)
    return File;
  auto Status = (*File)->status();
  if (!Status || !Status->isRegularFile())
    return File;
  auto Buffer = (*File)->getBuffer(Path);
  if (!Buffer)
    return Buffer.getError();
  std::string Text = (*Buffer)->getBuffer().str();
  if (blankPlacements(Text)) {
    llvm::SmallString<256> Absolute;
    Path.toVector(Absolute);
    if (!makeAbsolute(Absolute))
      Originals[Absolute] = originalOf((*Buffer)->getBuffer());
  }
  return std::make_unique<BlankedFile>(std::move(*Status), std::move(Text));
}

llvm::IntrusiveRefCntPtr<vfs::FileSystem> assay::emptyFile(vfs::FileSystem &Files, StringRef Path,
                                                           OriginalFiles &Originals) {
  Originals[Path] = {};
  const auto Status = Files.status(Path);
  if (Status && Status->isRegularFile())
    if (auto Buffer = Files.getBufferForFile(Path, -1, /*RequiresNullTerminator=*/false))
      Originals[Path] = originalOf((*Buffer)->getBuffer());
  auto Empty = llvm::makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  Empty->addFile(Path, 0, llvm::MemoryBuffer::getMemBuffer(""));
  return Empty;
}
