/// How people name and write secrets: the words of names, the shapes of texts, and the texts that
/// are none. Read from policies/vocabulary/*.toml, part of the Policy; analysis/solve/Lexicon
/// applies it.
///
/// It holds data only. A class or shape is known by the name that pages give it.
#ifndef ASSAY_POLICIES_SCHEMA_VOCABULARY_H
#define ASSAY_POLICIES_SCHEMA_VOCABULARY_H

#include "policies/schema/Located.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// A class of names. A name is taken apart into words (wifiPassword, WIFI_PASSWORD: wifi,
/// password); it is of the class if it holds, or ends in, one of these sequences and holds none of
/// the others.
struct NameClass {
  Located<std::string> Class;
  std::vector<std::string> Words; ///< sequences of words; a star stands for any letters of a word
  std::vector<std::string> Ends;  ///< likewise, but only as its last words: pin
  std::vector<std::string> Not;
  std::vector<std::string> Of; ///< likewise: a parameter of a function of such a name; else any
};

/// A text or a constant array that says by itself what it is.
struct TextShape {
  Located<std::string> Is;      ///< what pages ask for: "private-key"
  std::string What;             ///< for the message: "an RSA private key (PEM)"
  std::vector<std::string> Has; ///< one of these stands in it, letter case ignored: cheap to look
                                ///< for before the pattern
  std::string Pattern, Not;     ///< POSIX extended, without case; empty = no test
  std::string Bytes;            ///< an array's first bytes in hexadecimal; ? is any digit
};

/// Texts that are no secret where only a name speaks: labels, prompts, paths.
struct PlainText {
  /// Placeholders: no secret either where a function takes them as one.
  bool Placeholder = false;
  std::vector<std::string> Words;    ///< whole texts, without case
  std::vector<std::string> Patterns; ///< POSIX extended, without case
};

/// Texts that mean something as a whole: names of accounts, known default passwords.
struct TextList {
  Located<std::string> Is;
  std::vector<std::string> Texts; ///< without case
};

struct Vocabulary {
  std::vector<NameClass> Names;
  std::vector<TextShape> Shapes;
  std::vector<PlainText> Plain;
  std::vector<TextList> Lists;

  bool hasClass(const std::string &Class) const;
  bool hasShape(const std::string &Is) const;
};

} // namespace assay

#endif
