/// The vocabulary applied: is a name of a class, has a text such a shape, is it surely no secret?
///
/// It knows no program and no check; each answer is kept, since the same names come back.
#ifndef ASSAY_ANALYSIS_SOLVE_LEXICON_H
#define ASSAY_ANALYSIS_SOLVE_LEXICON_H

#include "policies/schema/Pattern.h"
#include "policies/schema/Vocabulary.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <bitset>
#include <deque>

namespace assay {

/// "wifiPassword2", "WIFI_PASSWORD", "wifi.password" -> wifi, password
std::vector<std::string> nameWords(llvm::StringRef Name);
/// Somebody chose or drew it as a secret, by its letters alone: digits among letters, four digits
/// and more, signs. Words, and names with a number behind, may stand for anything.
bool looksChosen(llvm::StringRef Text);
/// Letters of both cases and digits in any order, as a machine draws them.
bool looksDrawn(llvm::StringRef Text);
/// One word with a capital letter in front, as protocols have them: "Authorization", "Basic".
bool isHeading(llvm::StringRef Text);
/// A word of a language with letters beyond ASCII, as screens show it and nobody types it.
bool isShownWord(llvm::StringRef Text);
/// CONFIG_KEY_RESET_RETRIES "ResetRetries": two words and more, and its own name ends in them.
bool repeatsName(llvm::StringRef Text, llvm::StringRef Name);

class Lexicon {
public:
  explicit Lexicon(const Vocabulary &Words);

  bool isNamed(llvm::StringRef Name, llvm::ArrayRef<std::string> Classes) const;
  /// ... as a parameter of this function, by which others of that name are none.
  bool isNamedIn(llvm::StringRef Function, llvm::StringRef Param,
                 llvm::ArrayRef<std::string> Classes) const;
  /// The first shape of one of these that the text, or the array, has; null: none.
  const TextShape *shapeOf(llvm::StringRef Text, llvm::ArrayRef<std::string> Asked) const;
  /// A label, a path, a placeholder ...: no secret.
  bool isPlain(llvm::StringRef Text) const;
  /// It stands where a secret is to be put: "<password>", "****".
  bool isPlaceholder(llvm::StringRef Text) const;
  bool isListed(llvm::StringRef Text, llvm::StringRef List) const;

private:
  struct Sequence {
    std::vector<std::string> Words;
    bool HasStar = false;
    bool isIn(llvm::ArrayRef<std::string> Name) const;
    bool endsIn(llvm::ArrayRef<std::string> Name) const;
  };
  struct NameRow {
    std::string Class;
    std::vector<Sequence> Words, Ends, Not, Of;
    bool has(llvm::ArrayRef<std::string> Name) const;
  };
  using LetterSet = std::bitset<128>;
  static LetterSet lettersOf(llvm::StringRef Text);
  /// Of a text, lower case; with its letters, most texts are seen not to have it.
  struct Part {
    std::string Text;
    LetterSet Letters;
  };
  struct ShapeRow {
    const TextShape *Row;
    Pattern Wanted, Not;
    std::vector<Part> Has;
    bool has(llvm::StringRef Text, llvm::StringRef Lower, const LetterSet &Letters) const;
  };
  struct PlainRow {
    bool Placeholder = false;
    std::deque<Pattern> Patterns;
    llvm::StringMap<bool> Words;
    bool has(llvm::StringRef Text) const;
  };
  /// By the name alone, whoever has it.
  std::vector<unsigned> rowsNaming(llvm::StringRef Name) const;
  bool areOf(llvm::ArrayRef<unsigned> Rows, llvm::ArrayRef<std::string> Classes) const;
  std::vector<const TextShape *> shapesOf(llvm::StringRef Text) const;
  void noteWords(llvm::ArrayRef<Sequence> From, unsigned Row);
  /// Those that ask for a word, by itself or among others.
  llvm::ArrayRef<unsigned> rowsAskingFor(llvm::StringRef Word) const;

  std::vector<NameRow> Names;
  /// Words of Words and Ends -> rows of Names
  llvm::StringMap<llvm::SmallVector<unsigned, 2>> AskedFor;
  struct Star {
    std::string Word;
    std::string Front, Back; ///< of the star
  };
  std::vector<Star> Stars;     ///< those of them with one
  std::vector<unsigned> Inner; ///< rows of Names that are of a function
  std::deque<ShapeRow> Shapes;
  std::deque<PlainRow> Plain;
  llvm::StringMap<llvm::StringMap<bool>> Lists;
  mutable llvm::StringMap<std::vector<unsigned>> Known, KnownIn;       ///< name -> rows of Names
  mutable llvm::StringMap<llvm::SmallVector<unsigned, 2>> KnownWords;  ///< likewise, with stars
  mutable llvm::StringMap<std::vector<const TextShape *>> KnownShapes; ///< by text
};

} // namespace assay

#endif
