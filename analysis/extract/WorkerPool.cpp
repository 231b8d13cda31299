#include "analysis/extract/WorkerPool.h"

#include "analysis/extract/Worker.h"

#include <poll.h>

#include <algorithm>

using namespace assay;

namespace {

class Pool {
public:
  Pool(size_t Count, const WorkLimits &Limits, llvm::function_ref<std::string(size_t)> Work,
       llvm::function_ref<void(size_t)> OnResult)
      : Count(Count), Limits(Limits), Work(Work), OnResult(OnResult), Results(Count) {}

  llvm::Expected<std::vector<WorkResult>> run();

private:
  llvm::Error fill();
  void waitForAnswers();
  void handle(size_t At);
  void endLate();
  void finish(size_t Number, WorkResult Result);
  int millisecondsToDeadline() const;
  bool giveNext(Worker &W) { return Next == Count || W.give(Next++, Limits.Seconds); }

  const size_t Count;
  const WorkLimits &Limits;
  llvm::function_ref<std::string(size_t)> Work;
  llvm::function_ref<void(size_t)> OnResult;
  std::vector<WorkResult> Results;
  std::vector<Worker> Workers;
  size_t Next = 0;
};

} // namespace

/// As many workers as there is work for. One less than wished is no reason to stop; none at all is.
llvm::Error Pool::fill() {
  while (Next < Count && Workers.size() < std::max(1u, Limits.Jobs)) {
    std::vector<int> Others;
    for (const Worker &W : Workers)
      Others.push_back(W.socket());
    auto Started = Worker::start(Limits, Work, Others);
    if (!Started) {
      if (Workers.empty())
        return Started.takeError();
      llvm::consumeError(Started.takeError());
      return llvm::Error::success();
    }
    // One that is gone at once is noticed, like any other, when it is listened to.
    giveNext(Workers.emplace_back(std::move(*Started)));
  }
  return llvm::Error::success();
}

void Pool::finish(size_t Number, WorkResult Result) {
  Results[Number] = std::move(Result);
  OnResult(Number);
}

int Pool::millisecondsToDeadline() const {
  std::optional<Worker::Clock::time_point> First;
  for (const Worker &W : Workers)
    if (W.deadline() && (!First || *W.deadline() < *First))
      First = W.deadline();
  if (!First)
    return -1;
  const auto Left =
      std::chrono::duration_cast<std::chrono::milliseconds>(*First - Worker::Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(Left + 1, 0, 3'600'000));
}

void Pool::handle(size_t At) {
  Worker &W = Workers[At];
  std::string Text;
  const std::optional<size_t> Number = W.number();
  switch (W.receive(Text)) {
  case Worker::Answer::None:
    return;
  case Worker::Answer::Complete:
    finish(*Number, {WorkResult::End::Done, std::move(Text)});
    if (Next < Count) {
      giveNext(W);
      return;
    }
    W.dismiss();
    break;
  case Worker::Answer::Gone:
    if (Number)
      finish(*Number, W.reap());
    else
      W.dismiss();
    break;
  }
  Workers.erase(Workers.begin() + static_cast<ptrdiff_t>(At));
}

void Pool::endLate() {
  const auto Now = Worker::Clock::now();
  for (Worker &W : Workers)
    if (W.deadline() && *W.deadline() <= Now)
      W.kill();
}

void Pool::waitForAnswers() {
  std::vector<pollfd> Sockets;
  for (const Worker &W : Workers)
    Sockets.push_back({W.socket(), POLLIN, 0});
  const int Ready = ::poll(Sockets.data(), Sockets.size(), millisecondsToDeadline());
  // From the back, for handling may remove the worker.
  for (size_t I = Sockets.size(); Ready > 0 && I-- > 0;)
    if (Sockets[I].revents)
      handle(I);
  endLate();
}

llvm::Expected<std::vector<WorkResult>> Pool::run() {
  while (Next < Count || !Workers.empty()) {
    if (llvm::Error E = fill())
      return std::move(E);
    waitForAnswers();
  }
  return std::move(Results);
}

llvm::Expected<std::vector<WorkResult>>
assay::runInWorkers(size_t Count, const WorkLimits &Limits,
                    llvm::function_ref<std::string(size_t)> Work,
                    llvm::function_ref<void(size_t)> OnResult) {
  return Pool(Count, Limits, Work, OnResult).run();
}
