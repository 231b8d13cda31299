/// The source as the reports need it: lines, columns as SARIF counts them, and a hash of a line
/// with its surroundings. It parses nothing and knows no finding.
///
/// A text is given out only when it is still what was analysed: a caret under another revision's
/// line would be a lie.
#ifndef ASSAY_SARIF_REPORT_SOURCETEXT_H
#define ASSAY_SARIF_REPORT_SOURCETEXT_H

#include "analysis/model/Result.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace assay {

/// Opens a file by its stored form (TUSummary.fbs, FileRead.path); null when it cannot be read.
using SourceReader = std::function<std::unique_ptr<llvm::MemoryBuffer>(llvm::StringRef File)>;

class SourceText {
public:
  explicit SourceText(std::unique_ptr<llvm::MemoryBuffer> Bytes) : Bytes(std::move(Bytes)) {}

  llvm::StringRef bytes() const { return Bytes->getBuffer(); }
  unsigned lineCount();
  /// 1-based, without its line end; empty when there is no such line.
  llvm::StringRef line(unsigned Number);
  /// Of 1-based `Line`: 64 bits in hex, ":", how many lines so far have had that hash. The same as
  /// the code host computes itself when a file comes without (see docs/formats-output.md).
  llvm::StringRef lineHash(unsigned Line);

private:
  std::unique_ptr<llvm::MemoryBuffer> Bytes;
  // Made when first asked for: most files of a program are only hashed as a whole.
  std::vector<size_t> Starts;      ///< of each line
  std::vector<std::string> Hashes; ///< of each line
};

/// Column in UTF-16 code units of 1-based byte column `Column` in `Line`.
unsigned utf16Column(llvm::StringRef Line, unsigned Column);

/// The token that starts at 0-based byte `Offset` of `Line`: a word, a literal, or one character.
llvm::StringRef tokenAt(llvm::StringRef Line, size_t Offset);

/// `Text` with stars for the insides of its literals and for its numbers, byte for byte, so that
/// columns stay.
std::string withoutLiterals(llvm::StringRef Text);

/// The lines on which a report says that a secret is written.
class SecretLines {
public:
  explicit SecretLines(const Report &R);
  /// A secret begins on the line, or goes on there. `Text` is the file's; without it only the line
  /// on which it begins is known.
  bool has(const Location &At, SourceText *Text) const { return extent(At, Text) != Extent::None; }
  /// `Part` of the line, with stars for what may be the secret; byte for byte.
  std::string masked(const Location &At, SourceText *Text, llvm::StringRef Part) const;
  /// The file has one somewhere: a line near by may repeat it.
  bool touches(const std::string &File) const {
    auto It = Lines.lower_bound({File, 0});
    return It != Lines.end() && It->first == File;
  }

private:
  enum class Extent : uint8_t { None, Literals, Whole };
  Extent extent(const Location &At, SourceText *Text) const;

  std::set<std::pair<std::string, unsigned>> Lines;
};

/// Takes one character off the front of `Text`; U+FFFD for each ill-formed part. `Text` not empty.
uint32_t takeCharacter(llvm::StringRef &Text);

/// The texts of a report, each read once.
class SourceTexts {
public:
  SourceTexts(SourceReader Read, const std::vector<Artifact> &Artifacts);

  /// Null when the file cannot be read or is no longer what was analysed.
  SourceText *get(const std::string &File);
  /// Gives the memory of a text back that is not asked for again.
  void release(const std::string &File);
  /// Was read before and differs now.
  bool changed(const std::string &File) const;

private:
  struct Entry {
    std::unique_ptr<SourceText> Text;
    bool Changed = false;
  };
  SourceReader Read;
  llvm::StringMap<std::string> Digests; ///< file -> BLAKE3 hex
  llvm::StringMap<Entry> Known;
};

} // namespace assay

#endif
