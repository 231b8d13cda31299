#include "analysis/solve/KeywordCount.h"

#include "analysis/model/Rows.h"
#include "analysis/solve/TextArguments.h"

using namespace assay;

static constexpr size_t Many = 3;

bool assay::isOneOfMany(const ValueSet &Set, const Value &V) {
  return static_cast<size_t>(llvm::count_if(Set, [&](const Value &O) {
           return O.K == Value::Kind::Text && O.Outer == V.Outer;
         })) >= Many;
}

bool assay::isHandedInByMany(const ValueSet &Set, const ValueSet &Others, const Program &Prog) {
  std::set<llvm::StringRef> Texts;
  for (const Value &V : Set)
    if (V.K == Value::Kind::Text && V.Const != NoId && V.Outer.Body != NoId)
      Texts.insert(
          Prog.tablesOf(V.Body).string(Prog.body(V.Body).Data->constants()->Get(V.Const)->text()));
  return Texts.size() >= Many &&
         llvm::all_of(Others, [](const Value &O) { return O.Outer.Body == NoId; });
}

bool KeywordCount::areMany(BodyId Body, const std::string &Name) {
  auto [It, New] = Counted.try_emplace(Body);
  if (New)
    count(Body, It->second);
  auto Seen = It->second.find(Name);
  return !Name.empty() && Seen != It->second.end() && Seen->second.size() >= Many;
}

void KeywordCount::count(BodyId Id, Texts &Into) const {
  const Body &B = *J.Prog.body(Id).Data;
  const BodyView View(J.Prog, Id);
  for (uint32_t I = 0; I != rowCount(B.insts()); ++I) {
    const Inst &In = *B.insts()->Get(I);
    if (In.op() != Op::Call || In.c() < 2)
      continue;
    std::vector<std::string> Names;
    std::set<std::string> Here;
    for (uint32_t A = 0; A != In.c(); ++A) {
      const Operand O = viewedBy(View, Operand(B.args()->Get(In.b() + A)), J.Prog, J.Roles);
      const Place *At = O.is(OperandKind::AddressOf) ? B.places()->Get(O.index()) : nullptr;
      if (At && At->kind() == BaseKind::Literal)
        Here.insert(J.Prog.tablesOf(Id).string(B.constants()->Get(At->base())->text()).str());
      else
        Called.namesOf(Id, O, Names);
    }
    if (Here.empty())
      continue;
    Into[J.Words.callee({Id, I})].insert(Here.begin(), Here.end());
    if (compares({Id, I}))
      for (const std::string &N : Names)
        Into[N].insert(Here.begin(), Here.end());
  }
}

bool KeywordCount::compares(InstRef Call) const {
  return llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId Callee) {
    return llvm::any_of(J.Roles.rowsOf(Callee), [&](const FunctionModel *Row) {
      return llvm::is_contained(P.At, Row->Role);
    });
  });
}
