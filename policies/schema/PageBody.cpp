#include "policies/schema/PageBody.h"

#include "policies/schema/NearestWord.h"
#include "policies/schema/PolicyError.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::StringRef;

/// In the order that a page keeps.
const std::vector<std::string> SectionNames = {"What", "Why", "Bad", "Good", "Limits", "Evidence"};
const std::vector<std::string> Languages = {"c", "cpp"};

/// The opening of a fenced block: ``` or more, or ~~~, then the info string.
struct Fence {
  StringRef Marker;
  StringRef Info;
};

std::optional<Fence> openingFence(StringRef Line) {
  StringRef Text = Line.ltrim(' ');
  if (Line.size() - Text.size() > 3 || Text.empty() || (Text[0] != '`' && Text[0] != '~'))
    return std::nullopt;
  size_t Length = std::min(Text.find_first_not_of(Text[0]), Text.size());
  StringRef Info = Text.drop_front(Length).trim();
  if (Length < 3 || (Text[0] == '`' && Info.contains('`')))
    return std::nullopt;
  return Fence{Text.take_front(Length), Info};
}

bool closes(StringRef Line, const Fence &Open) {
  StringRef Text = Line.trim();
  return Text.size() >= Open.Marker.size() &&
         Text.find_first_not_of(Open.Marker[0]) == StringRef::npos;
}

/// Goes through the lines once, from section to section.
class BodyReader {
public:
  BodyReader(StringRef Body, std::shared_ptr<const std::string> File, unsigned FirstLine,
             CheckPage &Page)
      : File(std::move(File)), FirstLine(FirstLine), Page(Page) {
    Body.split(Lines, '\n');
    for (StringRef &Line : Lines)
      Line.consume_back("\r");
  }

  Error read() {
    for (size_t I = 0; I != Lines.size(); ++I) {
      if (std::optional<Fence> Open = openingFence(Lines[I])) {
        size_t Close = I + 1;
        while (Close != Lines.size() && !closes(Lines[Close], *Open))
          ++Close;
        if (Close == Lines.size())
          return errorAt(at(I), "this fenced block is never closed");
        if (Error E = block(*Open, I, Close))
          return E;
        append(I, Close + 1);
        I = Close;
      } else if (StringRef Line = Lines[I]; Line.consume_front("## ")) {
        if (Error E = heading(Line.trim(), I))
          return E;
      } else {
        append(I, I + 1);
      }
    }
    return checkSections();
  }

private:
  SourcePosition at(size_t Index) const { return {File, unsigned(FirstLine + Index), 1}; }

  void append(size_t From, size_t To) {
    if (Section.empty())
      return;
    for (size_t I = From; I != To; ++I)
      (Page.Sections[Section] += Lines[I]) += "\n";
  }

  Error heading(StringRef Name, size_t Index) {
    auto Known = llvm::find(SectionNames, Name);
    if (Known == SectionNames.end())
      return errorAt(at(Index), "unknown section '{0}'{1}", Name, didYouMean(Name, SectionNames));
    if (Known < NextSection)
      return errorAt(at(Index), "section '{0}' {1}", Name,
                     Page.Sections.count(Name.str()) ? "stands here twice"
                                                     : "comes too late: the order is What, Why, "
                                                       "Bad, Good, Limits, Evidence");
    NextSection = Known + 1;
    Section = Name.str();
    Page.Sections[Section];
    return Error::success();
  }

  Error block(const Fence &Open, size_t Start, size_t Close) {
    if (Section != "Bad" && Section != "Good")
      return Error::success();
    Example E;
    E.Bad = Section == "Bad";
    E.At = at(Start);
    auto [Language, Rest] = Open.Info.split(' ');
    if (!llvm::is_contained(Languages, Language))
      return errorAt(E.At, "a block under {0} is 'c' or 'cpp', not '{1}'", Section, Language);
    E.Language = Language.str();
    Rest = Rest.trim();
    if (!Rest.empty() && !Rest.consume_front("flags:"))
      return errorAt(E.At, "after the language only 'flags: ...' may stand, not '{0}'", Rest);
    E.Flags = Rest.trim().str();
    if (Error Wrong =
            readExampleFiles(llvm::ArrayRef(Lines).slice(Start + 1, Close - Start - 1), E))
      return Wrong;
    Page.Examples.push_back(std::move(E));
    return checkFindings(Page.Examples.back());
  }

  Error checkFindings(const Example &E) {
    bool Any = llvm::any_of(E.Files, [](const Example::File &F) { return !F.Findings.empty(); });
    if (E.Bad && !Any)
      return errorAt(E.At, "a block under Bad has no line that ends in '// finding'");
    if (!E.Bad && Any)
      return errorAt(E.At, "a block under Good has a line that ends in '// finding'");
    return Error::success();
  }

  Error checkSections() {
    for (const std::string &Name : SectionNames) {
      auto It = Page.Sections.find(Name);
      if (It == Page.Sections.end() && Name != "Evidence")
        return errorAt({File, 0, 0}, "the page lacks its section '## {0}'", Name);
      if (It != Page.Sections.end() && StringRef(It->second).trim().empty())
        return errorAt({File, 0, 0}, "the section '## {0}' is empty", Name);
    }
    for (bool Bad : {true, false})
      if (llvm::none_of(Page.Examples, [&](const Example &E) { return E.Bad == Bad; }))
        return errorAt({File, 0, 0}, "the section '## {0}' has no fenced block of C or C++",
                       Bad ? "Bad" : "Good");
    return Error::success();
  }

  std::shared_ptr<const std::string> File;
  unsigned FirstLine;
  CheckPage &Page;
  llvm::SmallVector<StringRef> Lines;
  std::string Section;
  std::vector<std::string>::const_iterator NextSection = SectionNames.begin();
};

/// "// finding" at the end of a line, or "// finding text"; npos if there is none.
size_t findingMark(StringRef Line) {
  size_t At = Line.rfind("//");
  if (At == StringRef::npos)
    return StringRef::npos;
  StringRef Rest = Line.drop_front(At + 2).ltrim();
  bool Mark = Rest.consume_front("finding") && (Rest.empty() || Rest[0] == ' ' || Rest[0] == ':');
  return Mark ? At : StringRef::npos;
}

bool staysInside(StringRef Name) {
  return !Name.starts_with("/") && !Name.contains("\\") && !Name.contains(':') &&
         !(("/" + Name.str() + "/").find("/../") != std::string::npos);
}

} // namespace

Error readExampleFiles(llvm::ArrayRef<StringRef> Lines, Example &Out) {
  Example::File *Current = nullptr;
  unsigned Line = 0;
  for (auto [Index, Text] : llvm::enumerate(Lines)) {
    SourcePosition At = {Out.At.File, Out.At.Line + 1 + unsigned(Index), 1};
    StringRef Name = Text;
    if (Name.consume_front("// file:")) {
      Name = Name.trim();
      if (Name.empty() || !staysInside(Name))
        return errorAt(At, "'// file:' expects a relative name without '..', not '{0}'", Name);
      if (llvm::any_of(Out.Files, [&](const auto &F) { return F.Name == Name; }))
        return errorAt(At, "this block has two files '{0}'", Name);
      Out.Files.push_back({Name.str(), "", At.Line + 1, {}});
      Current = &Out.Files.back();
      Line = 0;
      continue;
    }
    if (!Current) {
      Out.Files.push_back({"example." + Out.Language, "", At.Line, {}});
      Current = &Out.Files.back();
    }
    ++Line;
    (Current->Text += Text) += "\n";
    if (size_t Mark = findingMark(Text); Mark != StringRef::npos) {
      StringRef Message = Text.drop_front(Mark + 2).ltrim().drop_front(strlen("finding"));
      Current->Findings.push_back({Line, Message.ltrim(" :").trim().str()});
    }
  }
  if (Out.Files.empty())
    return errorAt(Out.At, "this block is empty");
  return Error::success();
}

Error readPageBody(StringRef Body, const std::shared_ptr<const std::string> &File,
                   unsigned FirstLine, CheckPage &Page) {
  Page.Body = Body.str();
  return BodyReader(Body, File, FirstLine, Page).read();
}

} // namespace assay
