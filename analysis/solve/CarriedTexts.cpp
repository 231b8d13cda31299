#include "analysis/solve/CarriedTexts.h"

using namespace assay;

const Trace *CarriedTexts::linked(llvm::ArrayRef<Trace> Way) {
  const Trace *Last = nullptr;
  for (Trace T : Way) {
    T.Origin = Last;
    Last = &Traces.emplace_back(T);
  }
  return Last;
}

ValueSet CarriedTexts::at(InstRef Site, Operand Held) {
  if (!Walk)
    Walk = std::make_unique<FlowWalk>(OfTexts, J, FlowExtent::Sure);
  Traces.clear();
  ValueSet Out;
  for (const FlowWalk::Answer &A : Walk->run(Site, Held)) {
    if (A.Text == NoId)
      continue;
    const BodyId In = A.SourceAt.Body;
    const Constant &C = *J.Prog.body(In).Data->constants()->Get(A.Text);
    if (C.kind() != ConstantKind::String)
      continue;
    Value V;
    V.K = Value::Kind::Text;
    V.Int = static_cast<int64_t>(J.Prog.tablesOf(In).string(C.text()).size());
    V.Body = In;
    V.Const = A.Text;
    V.Way = linked(A.Way);
    if (!A.Out.empty())
      V.Outer = A.Out.front();
    Out.add(V);
  }
  return Out;
}
