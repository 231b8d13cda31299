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
  void end(size_t Number, WorkResult Cause);
  void dismissAll();
  int millisecondsToDeadline() const;
  bool hasMore() const { return Next != Count || NextAgain != Again.size(); }
  void giveNext(Worker &W) { W.give(Next != Count ? Next++ : Again[NextAgain++], Limits.Seconds); }

  const size_t Count;
  const WorkLimits &Limits;
  llvm::function_ref<std::string(size_t)> Work;
  llvm::function_ref<void(size_t)> OnResult;
  std::vector<WorkResult> Results;
  std::vector<Worker> Workers;
  size_t Next = 0;
  std::vector<size_t> Again; ///< pieces whose first worker ended
  size_t NextAgain = 0;
  bool Stopped = false;
};

} // namespace

char StoppedError::ID = 0;

/// As many workers as there is work for. One less than wished is no reason to stop; none at all is.
llvm::Error Pool::fill() {
  while (hasMore() && Workers.size() < std::max(1u, Limits.Jobs)) {
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
  Result.FirstCause = std::move(Results[Number].FirstCause);
  Results[Number] = std::move(Result);
  OnResult(Number);
}

/// A worker has ended on this piece.
void Pool::end(size_t Number, WorkResult Cause) {
  if (!Results[Number].FirstCause.empty())
    return finish(Number, std::move(Cause));
  Results[Number].FirstCause = std::move(Cause.Text);
  Again.push_back(Number);
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
    if (hasMore()) {
      giveNext(W);
      return;
    }
    W.dismiss();
    break;
  case Worker::Answer::Gone:
    if (Number)
      end(*Number, W.reap());
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
  // A descriptor of -1 is passed over.
  Sockets.push_back({Limits.StopDescriptor, POLLIN, 0});
  const int Ready = ::poll(Sockets.data(), Sockets.size(), millisecondsToDeadline());
  if (Ready > 0 && Sockets.back().revents) {
    Stopped = true;
    return;
  }
  Sockets.pop_back();
  // From the back, for handling may remove the worker.
  for (size_t I = Sockets.size(); Ready > 0 && I-- > 0;)
    if (Sockets[I].revents)
      handle(I);
  endLate();
}

void Pool::dismissAll() {
  for (Worker &W : Workers)
    W.kill();
  for (Worker &W : Workers)
    W.reap();
}

llvm::Expected<std::vector<WorkResult>> Pool::run() {
  while (hasMore() || !Workers.empty()) {
    if (llvm::Error E = fill())
      return std::move(E);
    waitForAnswers();
    if (Stopped) {
      dismissAll();
      return llvm::make_error<StoppedError>();
    }
  }
  return std::move(Results);
}

llvm::Expected<std::vector<WorkResult>>
assay::runInWorkers(size_t Count, const WorkLimits &Limits,
                    llvm::function_ref<std::string(size_t)> Work,
                    llvm::function_ref<void(size_t)> OnResult) {
  return Pool(Count, Limits, Work, OnResult).run();
}
