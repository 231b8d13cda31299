#include "analysis/solve/HasText.h"

#include "analysis/solve/FlowTables.h"
#include "analysis/solve/NeededEdges.h"
#include "analysis/solve/OperandNames.h"
#include "analysis/solve/Tests.h"

using namespace assay;

namespace {

class TextTest {
public:
  TextTest(InstRef At, Operand Text, const Judging &J)
      : B(J.Prog, At.Body), Of(placeOf(Text)), J(J) {}

  bool holds(const Test &T) const {
    if (!Of)
      return false;
    const Inst &I = B.Insts[T.Of];
    if (I.op() == Op::Load)
      return !T.In.has(0) && isFirstLetter(B.Places[I.a()]);
    if (I.op() != Op::Call || I.c() != 1)
      return false;
    const Place *Asked = placeOf(Operand(B.argsOf(I)[0]));
    if (!Asked || !isSame(*Asked, 0))
      return false;
    // Its length is not 0, or it is not so that it is empty.
    return asksWhetherEmpty({B.Id, T.Of}) ? T.In.isZero() : !T.In.has(0);
  }

private:
  /// The variable that points to the text, or that is it: also behind word.c_str().
  const Place *placeOf(Operand O) const {
    O = B.unconverted(O);
    if (O.is(OperandKind::AddressOf))
      return &B.Places[O.index()];
    if (!O.is(OperandKind::Temp))
      return nullptr;
    const Inst &I = B.Insts[O.index()];
    if (I.op() == Op::Load)
      return &B.Places[I.a()];
    const bool IsView = I.op() == Op::Call && I.c() == 1 && BodyView::receivers(I);
    return IsView ? placeOf(Operand(B.argsOf(I)[0])) : nullptr;
  }

  /// The same variable, with `More` steps behind.
  bool isSame(const Place &P, size_t More) const {
    const auto Path = B.pathOf(P), Mine = B.pathOf(*Of);
    return P.kind() == Of->kind() && P.base() == Of->base() && Path.size() == Mine.size() + More &&
           std::equal(Mine.begin(), Mine.end(), Path.begin(), [](const Step &X, const Step &Y) {
             return X.kind() == Y.kind() && X.value() == Y.value();
           });
  }

  bool isFirstLetter(const Place &P) const {
    const auto Path = B.pathOf(P);
    if (Path.empty())
      return false;
    const Step &Last = Path.back();
    const bool IsFirst =
        Last.kind() == StepKind::Deref || (Last.kind() == StepKind::Index && Last.value() == 0);
    return IsFirst &&
           (isSame(P, 1) || (isSame(P, 2) && Path[Path.size() - 2].kind() == StepKind::Deref));
  }

  bool asksWhetherEmpty(InstRef Call) const {
    return llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId Callee) {
      return J.Lex.isNamed(ownName(J.Words.name(Callee)), {"emptiness"});
    });
  }

  const BodyView B;
  const Place *Of;
  const Judging &J;
};

} // namespace

bool assay::isOnlyWithText(InstRef At, Operand Text, const Judging &J) {
  const TextTest Asked(At, Text, J);
  const Body &B = *J.Prog.body(At.Body).Data;
  return llvm::any_of(neededEdges(At, J.Flows.Bodies), [&](const NeededEdge &E) {
    const auto Tests = testsOnEdge(B, E.Block, E.Edge);
    return Tests && llvm::any_of(*Tests, [&](const Test &T) { return Asked.holds(T); });
  });
}
