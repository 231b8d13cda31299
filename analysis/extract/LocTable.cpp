#include "analysis/extract/LocTable.h"

#include "clang/Lex/Lexer.h"

#include <algorithm>

using namespace assay;
using clang::FileID;
using clang::SourceLocation;
using llvm::SmallVector;

Loc LocTable::at(SourceLocation Where) {
  if (Where.isInvalid())
    return Loc();
  if (Where.isFileID())
    return inFile(Where, 0);
  SmallVector<Writer, 4> Writers;
  const SourceLocation InFile = writersOf(Where, Writers);
  return inFile(InFile, Writers.empty() ? 0 : Writers.back().Name);
}

LocTable::Origin LocTable::origin(clang::SourceRange Range) {
  const SourceLocation Begin = Range.getBegin(), End = Range.getEnd();
  if (Begin.isInvalid())
    return {};
  if (Begin.isFileID())
    return {inFile(Begin, 0), 0};
  SmallVector<Writer, 4> First, Last;
  const SourceLocation InFile = writersOf(Begin, First);
  if (End.isInvalid() || End == Begin)
    return {inFile(InFile, First.empty() ? 0 : First.back().Name),
            First.empty() ? 0 : First.front().Name};
  writersOf(End, Last);
  uint32_t Inner = 0, Outer = 0;
  for (const Writer &W : First) {
    if (llvm::none_of(Last, [&](const Writer &L) { return L.Expansion == W.Expansion; }))
      continue;
    Inner = Inner ? Inner : W.Name;
    Outer = W.Name;
  }
  return {inFile(InFile, Outer), Inner};
}

/// Climbs from a token to the file; arguments are stepped over, since the macro only passed them
/// on.
SourceLocation LocTable::writersOf(SourceLocation Where, llvm::SmallVectorImpl<Writer> &Writers) {
  while (Where.isMacroID()) {
    if (Sources.isMacroArgExpansion(Where)) {
      Where = Sources.getImmediateSpellingLoc(Where);
      continue;
    }
    const FileID Expansion = Sources.getFileID(Where);
    Writers.push_back({Expansion, nameOf(Expansion, Where)});
    Where = Sources.getImmediateExpansionRange(Where).getBegin();
  }
  return Where;
}

uint32_t LocTable::nameOf(FileID Expansion, SourceLocation Where) {
  auto [It, New] = NameOfExpansion.try_emplace(Expansion, 0);
  if (New)
    It->second = Strings.intern(clang::Lexer::getImmediateMacroName(Where, Sources, Lang));
  return It->second;
}

Loc LocTable::inFile(SourceLocation FileLoc, uint32_t Macro) const {
  const auto [File, Offset] = Sources.getDecomposedLoc(FileLoc);
  if (!Sources.getFileEntryForID(File))
    return Loc(0, Macro, 0, 0);
  bool Invalid = false;
  const unsigned Line = Sources.getLineNumber(File, Offset, &Invalid);
  const unsigned Column = Sources.getColumnNumber(File, Offset, &Invalid);
  if (Invalid)
    return Loc(0, Macro, 0, 0);
  return Loc(Line, Macro, static_cast<uint16_t>(std::min(Column, 65535u)), Files.indexOf(File));
}
