#include "analysis/solve/FlowWay.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;

static bool isWayOut(const Trace &T) {
  return T.Step == Trace::Kind::Returned || T.Step == Trace::Kind::Filled;
}

/// The call that it went in by, if it did; else the function had it from elsewhere.
static const Trace *wayIn(llvm::ArrayRef<Trace> Before, InstRef Call) {
  const auto It = llvm::find_if(llvm::reverse(Before), [&](const Trace &T) {
    return T.Step == Trace::Kind::Passed && T.At == Call;
  });
  return It == Before.rend() ? nullptr : &*It;
}

int64_t assay::functionsOn(llvm::ArrayRef<Trace> Way) {
  int64_t Functions = 0;
  bool Lay = false; // in memory, between here and the sink
  while (!Way.empty()) {
    const Trace &Last = Way.back();
    Way = Way.drop_back();
    if (Last.Step == Trace::Kind::Passed)
      Functions += Lay;
    if (!isWayOut(Last))
      continue;
    const Trace *In = wayIn(Way, Last.At);
    const auto Inside = In ? Way.drop_front(In - Way.data()) : llvm::ArrayRef<Trace>();
    Functions += 1 + llvm::count_if(Inside, isWayOut);
    Way = Way.drop_back(Inside.size());
    Lay |= !In;
  }
  return Functions;
}

bool assay::comesOut(BodyId Sink, const FlowWalk::Answer &A) {
  return llvm::any_of(A.Way, isWayOut) || llvm::any_of(A.Way, [&](const Trace &T) {
           return T.Step == Trace::Kind::Stored && T.At.Body != Sink &&
                  llvm::none_of(A.Out, [&](InstRef In) { return In.Body == T.At.Body; });
         });
}
