#include "policies/schema/VocabularyLoader.h"

#include "llvm/ADT/STLExtras.h"

namespace assay {

using llvm::Error;
using llvm::Expected;

bool Vocabulary::hasClass(const std::string &Class) const {
  return llvm::any_of(Names, [&](const NameClass &N) { return *N.Class == Class; });
}

bool Vocabulary::hasShape(const std::string &Is) const {
  return llvm::any_of(Shapes, [&](const TextShape &S) { return *S.Is == Is; });
}

static Reader<std::string> nameWords() {
  return textLike("^[a-z0-9*]+( [a-z0-9*]+)*$", "lower-case words, a star for any letters");
}

static Reader<Located<std::string>> id() {
  return located(textLike("^[a-z][a-z0-9-]*$", "lower-case words joined by dashes"));
}

static Record<NameClass> nameRecord() {
  return Record<NameClass>("A class of names")
      .key("class", Presence::Required, "what pages call it", &NameClass::Class, id())
      .key("words", Presence::Required, "sequences of words, one of which the name has",
           &NameClass::Words, listOf(nameWords()))
      .key("ends", Presence::Optional, "... or which are its last words", &NameClass::Ends,
           listOf(nameWords()))
      .key("not", Presence::Optional, "... and none of these", &NameClass::Not, listOf(nameWords()))
      .key("of", Presence::Optional,
           "only of parameters, where the function's name has one of these", &NameClass::Of,
           listOf(nameWords()));
}

static Record<TextShape> shapeRecord() {
  return Record<TextShape>("A text or constant array that says by itself what it is")
      .key("is", Presence::Required, "what pages call it", &TextShape::Is, id())
      .key("what", Presence::Required, "what it is, for the message", &TextShape::What, text())
      .key("has", Presence::Optional, "a part that stands in it, or one of several",
           &TextShape::Has, oneOrMore(text()))
      .key("pattern", Presence::Optional, "matches the text", &TextShape::Pattern, regexText())
      .key("not", Presence::Optional, "... must not match", &TextShape::Not, regexText())
      .key("bytes", Presence::Optional, "first bytes in hexadecimal; ? is any digit",
           &TextShape::Bytes, textLike("^([0-9a-f?]{2})+$", "pairs of hexadecimal digits or ?"))
      .check([](const TomlValue &V, TextShape &S) -> Error {
        if (S.Has.empty() == S.Bytes.empty())
          return errorAt(V.At, "{0} has either 'has' or 'bytes'", V.Name);
        return Error::success();
      });
}

static Record<PlainText> plainRecord() {
  return Record<PlainText>("Texts that are no secret")
      .key("placeholder", Presence::Optional,
           "they stand for a secret: none either where a function takes them as one",
           &PlainText::Placeholder, boolean())
      .key("words", Presence::Optional, "whole texts", &PlainText::Words, listOf(anyText()))
      .key("patterns", Presence::Optional, "patterns that match them", &PlainText::Patterns,
           listOf(regexText()));
}

static Record<TextList> listRecord() {
  return Record<TextList>("Texts that mean something as a whole")
      .key("is", Presence::Required, "what pages call it", &TextList::Is, id())
      .key("texts", Presence::Required, "the texts, without case", &TextList::Texts,
           listOf(text()));
}

Record<Vocabulary> vocabularyRecord() {
  return Record<Vocabulary>("How secrets are named and written")
      .key("name", Presence::Optional, "classes of names", &Vocabulary::Names,
           listOf(nameRecord().reader()))
      .key("shape", Presence::Optional, "texts that say what they are", &Vocabulary::Shapes,
           listOf(shapeRecord().reader()))
      .key("plain", Presence::Optional, "texts that are no secret", &Vocabulary::Plain,
           listOf(plainRecord().reader()))
      .key("list", Presence::Optional, "texts that mean something as a whole", &Vocabulary::Lists,
           listOf(listRecord().reader()));
}

static Error readInto(PolicyTexts &Texts, const std::string &File, Vocabulary &All) {
  Expected<TomlValue> Value = parseTomlFile(Texts, File);
  if (!Value)
    return Value.takeError();
  Vocabulary V;
  if (Error E = vocabularyRecord().read(*Value, V))
    return E;
  llvm::append_range(All.Names, std::move(V.Names));
  llvm::append_range(All.Shapes, std::move(V.Shapes));
  llvm::append_range(All.Plain, std::move(V.Plain));
  llvm::append_range(All.Lists, std::move(V.Lists));
  return Error::success();
}

Expected<Vocabulary> loadVocabulary(PolicyTexts &Texts, const std::string &Folder) {
  std::error_code Missing; // a folder that is not there has no words
  Vocabulary All;
  Error Wrong = Error::success();
  Texts.addFolder(Folder);
  for (const std::string &File : tomlFilesIn(Folder, Missing))
    Wrong = joinErrors(std::move(Wrong), readInto(Texts, File, All));
  if (Wrong)
    return std::move(Wrong);
  return All;
}

} // namespace assay
