#include "analysis/solve/BranchWords.h"

#include "analysis/model/Rows.h"
#include "analysis/solve/Describe.h"
#include "analysis/solve/Lexicon.h"
#include "analysis/solve/Masking.h"
#include "analysis/solve/NeededEdges.h"
#include "analysis/solve/Tests.h"

#include <set>

using namespace assay;

namespace {

class Collector {
public:
  Collector(InstRef Decision, BodyTable &Bodies)
      : Prog(Bodies.program()), Words(Prog), Id(Decision.Body), B(*Prog.body(Id).Data) {
    Depends.insert(Decision.Inst);
  }

  std::vector<std::string> run() {
    eachUse([&](uint32_t I, const Inst &In) {
      if (In.op() == Op::Branch)
        sides(I, [&](uint32_t Block) { wordsIn(Block); });
    });
    return std::move(Found);
  }

  bool isReturned() {
    bool Is = false;
    eachUse([&](uint32_t I, const Inst &In) {
      Is |= In.op() == Op::Return;
      if (In.op() == Op::Branch) // if (strcmp(...) == 0) return 1; return 0;
        sides(I, [&](uint32_t Block) { Is |= answersIn(Block); });
    });
    return Is;
  }

private:
  /// Blocks that one look from a branch takes in.
  static constexpr unsigned Near = 3;

  /// Branches and returns that depend on the decision.
  void eachUse(llvm::function_ref<void(uint32_t, const Inst &)> Visit) {
    for (uint32_t I = *Depends.begin(); I != rowCount(B.insts()); ++I) {
      const Inst &In = *B.insts()->Get(I);
      const bool Uses = In.op() == Op::Branch || In.op() == Op::Return;
      if (Uses && depends(In.a()))
        Visit(I, In);
      else if (!Uses && carries(In))
        Depends.insert(I);
    }
  }

  bool depends(uint32_t Raw) const {
    Operand O(Raw);
    return O.is(OperandKind::Temp) && Depends.count(O.index());
  }

  bool carries(const Inst &In) {
    switch (In.op()) {
    case Op::Copy:
      return depends(In.a());
    case Op::Compare:
    case Op::Derive:
      return depends(In.a()) || depends(In.b());
    case Op::Store: {
      // int ok = strcmp(...); if (!ok) ...
      const Place &To = *B.places()->Get(In.a());
      if (To.kind() == BaseKind::Local && !To.path_len() && depends(In.b()))
        Locals.insert(To.base());
      return false;
    }
    case Op::Load: {
      const Place &From = *B.places()->Get(In.a());
      return From.kind() == BaseKind::Local && !From.path_len() && Locals.count(From.base());
    }
    default:
      return false;
    }
  }

  std::set<uint32_t> from(uint32_t Block) const {
    std::set<uint32_t> All{Block}, Last{Block};
    for (unsigned Round = 0; Round != Near; ++Round) {
      std::set<uint32_t> Next;
      for (uint32_t Bl : Last)
        for (uint32_t K = 0; K != B.blocks()->Get(Bl)->num_succs(); ++K)
          if (uint32_t To = B.succs()->Get(B.blocks()->Get(Bl)->first_succ() + K); To != ~0u)
            if (All.insert(To).second)
              Next.insert(To);
      Last = std::move(Next);
    }
    return All;
  }

  /// Blocks near the branch, on one side of it only.
  void sides(uint32_t Branch, llvm::function_ref<void(uint32_t)> Visit) {
    for (const Block *Bl : *B.blocks()) {
      if (Branch < Bl->first_inst() || Branch >= Bl->first_inst() + Bl->num_insts() ||
          Bl->num_succs() != 2)
        continue;
      const uint32_t True = B.succs()->Get(Bl->first_succ()),
                     False = B.succs()->Get(Bl->first_succ() + 1);
      if (True == ~0u || False == ~0u)
        return;
      const std::set<uint32_t> A = from(True), C = from(False);
      for (uint32_t Each : A)
        if (!C.count(Each))
          Visit(Each);
      for (uint32_t Each : C)
        if (!A.count(Each))
          Visit(Each);
      return;
    }
  }

  /// A constant, or what a row of a table says, is returned there, or set to what is returned.
  bool answersIn(uint32_t Block) const {
    const assay::Block *Bl = B.blocks()->Get(Block);
    return llvm::any_of(rows(B.insts()).slice(Bl->first_inst(), Bl->num_insts()),
                        [&](const Inst &In) {
                          return (In.op() == Op::Return && isAnswer(Operand(In.a()))) ||
                                 (In.op() == Op::Store && isAnswer(Operand(In.b())) &&
                                  isReturnedLocal(*B.places()->Get(In.a())));
                        });
  }

  bool isAnswer(Operand O) const {
    if (!O.is(OperandKind::Temp) || B.insts()->Get(O.index())->op() != Op::Load)
      return O.is(OperandKind::Const);
    const Place &From = *B.places()->Get(B.insts()->Get(O.index())->a());
    const auto Path = rows(B.steps()).slice(From.path_start(), From.path_len());
    return !Path.empty() && Path.back().kind() == StepKind::Field;
  }

  bool isReturnedLocal(const Place &To) const {
    return To.kind() == BaseKind::Local && !To.path_len() &&
           llvm::any_of(rows(B.insts()), [&](const Inst &In) {
             if (In.op() != Op::Return || !Operand(In.a()).is(OperandKind::Temp))
               return false;
             const Inst &Load = *B.insts()->Get(Operand(In.a()).index());
             return Load.op() == Op::Load && B.places()->Get(Load.a())->base() == To.base() &&
                    B.places()->Get(Load.a())->kind() == BaseKind::Local;
           });
  }

  void wordsIn(uint32_t Block) {
    const assay::Block *Bl = B.blocks()->Get(Block);
    for (uint32_t K = 0; K != Bl->num_insts(); ++K) {
      const InstRef At{Id, Bl->first_inst() + K};
      const Inst &In = Prog.inst(At);
      if (In.op() == Op::Store)
        Found.push_back(Words.lastName(Id, *B.places()->Get(In.a())));
      if (In.op() != Op::Call)
        continue;
      for (EntityId Callee : Prog.calleesOf(At).Targets)
        Found.push_back(Words.name(Callee));
      for (uint32_t A = 0; A != In.c(); ++A) {
        Operand O(B.args()->Get(In.b() + A));
        if (!O.is(OperandKind::AddressOf))
          continue;
        const Place &P = *B.places()->Get(O.index());
        if (P.kind() == BaseKind::Literal)
          Found.push_back(Prog.tablesOf(Id).string(B.constants()->Get(P.base())->text()).str());
      }
    }
  }

  const Program &Prog;
  Describer Words;
  BodyId Id;
  const Body &B;
  std::set<uint32_t> Depends, Locals;
  std::vector<std::string> Found;
};

} // namespace

std::vector<std::string> assay::wordsBehind(InstRef Decision, BodyTable &Bodies) {
  return Collector(Decision, Bodies).run();
}

bool assay::isReturned(InstRef Decision, BodyTable &Bodies) {
  return Collector(Decision, Bodies).isReturned();
}

bool assay::names(const std::string &Text, llvm::ArrayRef<std::string> Behind) {
  const std::vector<std::string> Mine = nameWords(Text);
  return llvm::any_of(Behind, [&](const std::string &Name) {
    return llvm::any_of(nameWords(Name),
                        [&](const std::string &W) { return llvm::is_contained(Mine, W); });
  });
}

bool assay::isAnswerUsed(InstRef Call, const Program &Prog) {
  const Operand Answer(OperandKind::Temp, Call.Inst);
  return llvm::any_of(rows(Prog.body(Call.Body).Data->insts()), [&](const Inst &In) {
    switch (In.op()) {
    case Op::Copy:
    case Op::Branch:
    case Op::Return:
      return Operand(In.a()) == Answer;
    case Op::Compare:
    case Op::Derive:
      return Operand(In.a()) == Answer || Operand(In.b()) == Answer;
    case Op::Store:
      return Operand(In.b()) == Answer;
    default:
      return false;
    }
  });
}

bool assay::isAnswer(InstRef Call, const Program &Prog) {
  const Inst &In = Prog.inst(Call);
  return In.op() != Op::Call || !Prog.tablesOf(Call.Body).string(In.type()).contains('*');
}

bool assay::isSorted(InstRef Call, const Program &Prog) {
  const BodyView B(Prog, Call.Body);
  return llvm::any_of(B.Insts, [&](const Inst &In) {
    return In.op() == Op::Compare && static_cast<Predicate>(In.sub()) != Predicate::EQ &&
           static_cast<Predicate>(In.sub()) != Predicate::NE &&
           B.unconverted(Operand(In.a())) == Operand(OperandKind::Temp, Call.Inst);
  });
}

bool assay::isOfObject(InstRef Call, const Program &Prog) {
  const Inst &In = Prog.inst(Call);
  return In.op() == Op::Call && (In.flags() & static_cast<uint16_t>(CallFlag::Receiver));
}

bool assay::asksFor(BodyId Id, llvm::ArrayRef<std::string> Named, const Lexicon &Lex,
                    const Program &Prog) {
  const Body &B = *Prog.body(Id).Data;
  return llvm::any_of(rows(B.places()), [&](const Place &At) {
    if (At.kind() != BaseKind::Literal)
      return false;
    const llvm::StringRef Text = Prog.tablesOf(Id).string(B.constants()->Get(At.base())->text());
    const bool IsPrompt = llvm::StringRef(":?>").contains(Text.rtrim().take_back());
    return IsPrompt && !Text.rtrim().empty() && Lex.isNamed(Text, Named);
  });
}

static bool isSamePlace(const BodyView &B, const Place &P, const Place &Q) {
  const auto Same = [](const Step &A, const Step &C) {
    return A.kind() == C.kind() && A.value() == C.value();
  };
  const auto PPath = B.pathOf(P), QPath = B.pathOf(Q);
  return P.kind() == Q.kind() && P.base() == Q.base() &&
         std::equal(PPath.begin(), PPath.end(), QPath.begin(), QPath.end(), Same);
}

bool assay::saysEqual(const BodyView &B, uint32_t Compare, uint32_t Block, uint32_t Edge) {
  const llvm::StringRef Type = B.Of.string(B.Insts[Compare].type());
  const bool IsYes = Type == "bool" || Type == "_Bool"; // else 0 is equal
  const auto Tests = testsOnEdge(B.Data, Block, Edge);
  return Tests && llvm::any_of(*Tests, [&](const Test &T) {
           return T.Of == Compare && (IsYes ? T.In.isNotZero() : T.In.isZero());
         });
}

bool assay::isGivenUp(InstRef Compare, Operand Of, BodyTable &Bodies) {
  const BodyView B(Bodies.program(), Compare.Body);
  Of = B.unconverted(Of);
  if (!Of.is(OperandKind::Temp) || B.Insts[Of.index()].op() != Op::Load)
    return false;
  const Place &Compared = B.Places[B.Insts[Of.index()].a()];
  const auto SaysEqual = [&](const NeededEdge &E) {
    return saysEqual(B, Compare.Inst, E.Block, E.Edge);
  };
  for (uint32_t I = Compare.Inst; I != B.Insts.size(); ++I) {
    const Inst &In = B.Insts[I];
    if (In.op() != Op::Store || !isSamePlace(B, B.Places[In.a()], Compared))
      continue;
    const Operand Given = B.unconverted(Operand(In.b()));
    const bool IsNull =
        Given.is(OperandKind::Const) && (B.Constants[Given.index()].kind() == ConstantKind::Null ||
                                         (B.Constants[Given.index()].kind() == ConstantKind::Int &&
                                          B.Constants[Given.index()].value() == 0));
    if (IsNull && llvm::any_of(neededEdges({Compare.Body, I}, Bodies), SaysEqual))
      return true;
  }
  return false;
}
