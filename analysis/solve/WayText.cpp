#include "analysis/solve/WayText.h"

#include "analysis/model/Rows.h"

#include "llvm/Support/FormatVariadic.h"

using namespace assay;

/// More branches than these are not read by anybody; those nearest to the site stay.
static constexpr unsigned MostBranches = 8;

/// What comes before the object was changed or made is of no interest.
static std::vector<const WayPoint *> readable(const WayPoint &Open) {
  std::vector<const WayPoint *> Points = waysOn(Open);
  if (auto End = llvm::find(Points, Open.Ended); End != Points.end())
    Points.erase(Points.begin(), End + 1);
  llvm::erase_if(Points, [](const WayPoint *W) { return W->Note == WayNote::None; });
  return Points;
}

std::vector<PathStep> WayText::steps(const WayPoint &Open,
                                     llvm::function_ref<bool(InstRef)> Leads) const {
  const WayPoint &First = Open.Ended ? *Open.Ended : Open;
  std::vector<const WayPoint *> Points = readable(Open);
  llvm::erase_if(Points, [&](const WayPoint *W) {
    if (W->Note != WayNote::Branch)
      return false;
    const std::optional<uint32_t> Edge = edge(*W);
    return !Edge || !Branches.isWorthTelling(W->In->Body, W->Block, *Edge, Leads);
  });
  unsigned Told =
      llvm::count_if(Points, [](const WayPoint *W) { return W->Note == WayNote::Branch; });
  std::vector<PathStep> Out;
  if (First.Note != WayNote::Changed)
    Out.push_back(entry(Open.Ended ? First.NoteAt.Body : Open.In->Body));
  if (First.Note == WayNote::Changed || (First.Note == WayNote::Made && First.NoteAt.Inst != 0))
    Out.push_back(step(First));
  for (const WayPoint *W : Points) {
    if (W->Note == WayNote::Branch && Told-- > MostBranches)
      continue;
    Out.push_back(step(*W));
  }
  return Out;
}

PathStep WayText::entry(BodyId In) const {
  const std::string Name = Words.function(In);
  const bool IsStart = Prog.body(In).Data->kind() == BodyKind::Initialiser;
  return {Words.at(In, *Prog.body(In).Data->loc()), Name,
          IsStart ? "the way begins where the program starts" : "the way begins in " + Name + "()",
          PathStepKind::Entry};
}

static PathStepKind kindOf(WayNote Note) {
  switch (Note) {
  case WayNote::None:
    return PathStepKind::Note;
  case WayNote::Branch:
    return PathStepKind::Branch;
  case WayNote::Enter:
  case WayNote::Lift:
  case WayNote::HandOver:
    return PathStepKind::Call;
  case WayNote::Untested:
  case WayNote::Failed:
  case WayNote::Other:
  case WayNote::Changed:
    return PathStepKind::Change;
  case WayNote::Made:
  case WayNote::FlagSet:
    return PathStepKind::Value;
  }
  return PathStepKind::Note;
}

PathStep WayText::step(const WayPoint &W) const {
  return {Words.at(W.NoteAt), Words.function(W.NoteAt.Body), note(W), kindOf(W.Note)};
}

/// Of a branch: the point that its edge leads to is the next later one, if that is in its body.
std::optional<uint32_t> WayText::edge(const WayPoint &W) const {
  if (!W.Later || W.Later->In->Body != W.In->Body)
    return std::nullopt;
  return Branches.edgeTo(W.In->Body, W.Block, W.Later->Block);
}

std::string WayText::note(const WayPoint &W) const {
  switch (W.Note) {
  case WayNote::None:
    return "";
  case WayNote::Branch:
    return Branches.taken(W.In->Body, W.Block, edge(W).value_or(0));
  case WayNote::Enter:
  case WayNote::Lift:
    return "calls " + Words.callee(W.NoteAt);
  case WayNote::HandOver:
    return (W.Later ? "hands " + Words.function(W.Later->In->Body) + "()" : "hands it") + " to " +
           Words.callee(W.NoteAt);
  case WayNote::Untested:
    return Words.callee(W.NoteAt) + " is called, but its success is not tested on this way";
  case WayNote::Failed:
    return Words.callee(W.NoteAt) + " has failed on this way";
  case WayNote::Other:
    return Words.callee(W.NoteAt) + " is called for another object";
  case WayNote::Changed:
    return "the object is changed here";
  case WayNote::Made:
    return "the object is made here";
  case WayNote::FlagSet:
    return "this is set here, and tested later";
  }
  return "";
}

std::string WayText::ending(const WayPoint &Open) const {
  if (Open.Ended && Open.Ended->Note == WayNote::Changed) {
    const Location L = Words.at(Open.Ended->NoteAt);
    return llvm::formatv("it is changed at {0}:{1}, and this is not done after that", L.File,
                         L.Line);
  }
  for (const WayPoint *W : readable(Open))
    if (W->Note == WayNote::Untested || W->Note == WayNote::Failed || W->Note == WayNote::Other)
      return note(*W);
  return "";
}

std::string WayText::doubt(const Reservation &Doubt) const {
  const auto &[Why, At] = Doubt;
  std::string Text = Why;
  if (At.Body == NoId)
    return Text;
  if (At.Inst == NoId)
    return Text + " " + Words.function(At.Body) + "()";
  const Location L = Words.at(At);
  const bool Call = Prog.inst(At).op() == Op::Call;
  const std::string Callee = Call ? Words.callee(At) : "";
  return Text + " " + (Callee.empty() ? "" : Callee + " ") +
         llvm::formatv("({0}:{1})", L.File, L.Line).str();
}

std::string WayText::satisfier(InstRef At) const {
  const Inst &I = Prog.inst(At);
  if (I.op() != Op::Load)
    return Words.callee(At);
  return "the test of '" + Words.place(At.Body, *Prog.body(At.Body).Data->places()->Get(I.a())) +
         "'";
}

std::string WayText::rests(const std::set<InstRef> &Satisfying) const {
  std::string Text = "rests on ";
  unsigned N = 0;
  for (const InstRef &C : Satisfying) {
    if (N == 3)
      return Text + llvm::formatv(" and {0} more", Satisfying.size() - N).str();
    const Location L = Words.at(C);
    Text += (N++ ? ", " : "") + satisfier(C) + llvm::formatv(" at {0}:{1}", L.File, L.Line).str();
  }
  return Text;
}

std::string WayText::object(BodyId In, Operand O) const {
  const Body &B = *Prog.body(In).Data;
  for (unsigned Steps = 0; Steps != 8; ++Steps) {
    if (O.is(OperandKind::AddressOf))
      return "'" + Words.place(In, *B.places()->Get(O.index())) + "'";
    if (!O.is(OperandKind::Temp))
      break;
    const Inst &I = *B.insts()->Get(O.index());
    if (I.op() == Op::Load)
      return "'" + Words.place(In, *B.places()->Get(I.a())) + "'";
    if (I.op() != Op::Copy)
      break;
    O = Operand(I.a());
  }
  return "it";
}
