#include "analysis/solve/FlowWay.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;

static bool isWayOut(const Trace &T) {
  return T.Step == Trace::Kind::Returned || T.Step == Trace::Kind::Filled;
}

int64_t assay::functionsOn(llvm::ArrayRef<Trace> Way) {
  while (!Way.empty() && !isWayOut(Way.back()))
    Way = Way.drop_back();
  int64_t Left = 0, Inside = 0;
  for (const Trace &T : Way)
    if (T.Step == Trace::Kind::Passed)
      ++Inside;
    else if (isWayOut(T)) {
      ++Left;
      Inside = std::max<int64_t>(0, Inside - 1); // out of the one that it went into
    }
  return Left + Inside;
}

bool assay::comesOut(BodyId Sink, const FlowWalk::Answer &A) {
  return llvm::any_of(A.Way, isWayOut) || llvm::any_of(A.Way, [&](const Trace &T) {
           return T.Step == Trace::Kind::Stored && T.At.Body != Sink &&
                  llvm::none_of(A.Out, [&](InstRef In) { return In.Body == T.At.Body; });
         });
}
