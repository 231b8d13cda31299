#include "analysis/solve/WayText.h"

#include "analysis/model/Rows.h"

#include "llvm/Support/FormatVariadic.h"

using namespace assay;

/// More branches than these are not read by anybody; those nearest to the site stay.
static constexpr unsigned MostBranches = 8;

std::vector<PathStep> WayText::steps(const WayPoint &Open,
                                     llvm::function_ref<bool(InstRef)> Leads) const {
  std::vector<const WayPoint *> Points;
  unsigned Told = 0;
  for (const WayPoint *W = Open.Later; W; W = W->Later) {
    const bool IsBranch = W->Note == WayNote::Branch;
    if (W->Note == WayNote::None ||
        (IsBranch && !Branches.isWorthTelling(W->In->Body, W->Block, edge(*W), Leads)))
      continue;
    Points.push_back(W);
    Told += IsBranch;
  }
  std::vector<PathStep> Out;
  if (Open.Note == WayNote::None || Open.Note == WayNote::Made || Open.NoteAt.Inst == NoId)
    Out.push_back(entry(Open));
  if (Open.Note == WayNote::Changed || (Open.Note == WayNote::Made && Open.NoteAt.Inst != 0))
    Out.push_back(step(Open));
  for (const WayPoint *W : Points) {
    if (W->Note == WayNote::Branch && Told-- > MostBranches)
      continue;
    Out.push_back(step(*W));
  }
  return Out;
}

PathStep WayText::entry(const WayPoint &W) const {
  const BodyInfo &B = Prog.body(W.In->Body);
  const std::string Name = Words.function(W.In->Body);
  return {Words.at(W.In->Body, *B.Data->loc()), Name, "the way begins in " + Name + "()",
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

/// Of a branch: the point that its edge leads to is the next later one.
uint32_t WayText::edge(const WayPoint &W) const {
  return Branches.edgeTo(W.In->Body, W.Block, W.Later->Block);
}

std::string WayText::note(const WayPoint &W) const {
  switch (W.Note) {
  case WayNote::None:
    return "";
  case WayNote::Branch:
    return Branches.taken(W.In->Body, W.Block, edge(W));
  case WayNote::Enter:
  case WayNote::Lift:
    return "calls " + Words.callee(W.NoteAt);
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
  if (Open.Note == WayNote::Changed) {
    const Location L = Words.at(Open.NoteAt);
    return llvm::formatv("it is changed at {0}:{1}, and this is not done after that", L.File,
                         L.Line);
  }
  for (const WayPoint *W = Open.Later; W; W = W->Later)
    if (W->Note == WayNote::Untested || W->Note == WayNote::Failed || W->Note == WayNote::Other)
      return note(*W);
  return "";
}

std::string WayText::doubt(const char *Why, InstRef At) const {
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

std::string WayText::rests(const std::set<InstRef> &Calls) const {
  std::string Text = "rests on ";
  unsigned N = 0;
  for (const InstRef &C : Calls) {
    if (N == 3)
      return Text + llvm::formatv(" and {0} more", Calls.size() - N).str();
    const Location L = Words.at(C);
    Text +=
        (N++ ? ", " : "") + Words.callee(C) + llvm::formatv(" at {0}:{1}", L.File, L.Line).str();
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
