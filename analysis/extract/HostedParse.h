/// Listens while a host (clang-tidy) parses a unit, and summarises the host's AST at its end: one
/// parse serves both.
///
/// It changes nothing of what the host sees. What the host did not do as the command line's own
/// parse does stays so: which files were looked for in vain is not known, so such a summary is
/// never stored, and after a fatal error the host no longer says where errors are.
#ifndef ASSAY_ANALYSIS_EXTRACT_HOSTEDPARSE_H
#define ASSAY_ANALYSIS_EXTRACT_HOSTEDPARSE_H

#include "analysis/extract/Summarise.h"
#include "analysis/model/TUSummary_generated.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace clang {
class CompilerInstance;
class FileEntry;
} // namespace clang

namespace assay {

class HostedParse {
public:
  /// Before the host parses. `Compiler` outlives it.
  explicit HostedParse(clang::CompilerInstance &Compiler);

  using TextDigest = std::array<uint8_t, 32>;
  /// Whoever knows what a file holds saves digesting its text: given its absolute path.
  using KnownTexts =
      std::function<std::optional<TextDigest>(llvm::StringRef Path, const clang::FileEntry &File)>;
  /// Before digest() and isThatOf().
  void trust(KnownTexts Texts) { Known = std::move(Texts); }

  /// "NAME" or "NAME=VALUE" for each macro that the command defines, ordered: what tells one
  /// command of a file from another.
  std::vector<std::string> macros() const;
  /// The host gave up understanding the source in places that it does not tell of.
  bool hadFatalError() const;

  /// Stands for all that the parse followed from: the command, the text of every file that was
  /// read, and what was asked of files besides. None: it followed from more (the time, binary
  /// files, a precompiled header).
  std::optional<TextDigest> digest(clang::ASTContext &Context) const;

  /// The main file's tokens, in their order.
  struct Tokens {
    TextDigest All{}; ///< as digest(), with the tokens for the main file's text
    std::vector<std::pair<uint32_t, uint32_t>> Places; ///< line and column, as Loc has them
  };
  /// None where digest() is none, and where it matters which line the source stands on.
  std::optional<Tokens> tokens(clang::ASTContext &Context) const;

  /// Absolute paths of what was read.
  std::vector<std::string> filesRead(clang::ASTContext &Context) const;

  /// The parse read the files of that summary, each with the text that it had then, by a command
  /// with the same macros for the same target; and nothing in them tells the host from others.
  /// Limit: other words of a command that change the language go unnoticed.
  bool isThatOf(clang::ASTContext &Context, const TUSummary &Known, const PathForms &Paths) const;
  /// __has_include was asked: the answer follows from files that nobody read.
  bool askedForHeaders() const;

  /// At the end of the unit. `Command` is what is known of the unit's command, if anything is;
  /// target and language are filled in. `Directory`: of the command, on disk.
  WrittenUnit summary(clang::ASTContext &Context, const PathForms &Paths, CommandRow Command,
                      const std::string &Directory) const;

private:
  struct Questions;
  struct ReadText {
    llvm::StringRef Name;
    TextDigest Digest;
    bool IsMain;
  };
  const std::vector<ReadText> &texts(clang::ASTContext &Context) const;
  bool followsFromTexts(clang::ASTContext &Context) const;
  TextDigest digestWith(clang::ASTContext &Context,
                        const std::optional<TextDigest> &MainFile) const;

  clang::CompilerInstance &Compiler;
  /// Shared with the listeners, which the host keeps for longer.
  std::shared_ptr<ParseFacts> Facts;
  std::shared_ptr<Questions> Asked;
  KnownTexts Known;
  mutable std::vector<ReadText> Texts; ///< by name
};

} // namespace assay

#endif
