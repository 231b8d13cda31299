/// One forked process of the WorkerPool, seen from both sides of its socket.
#ifndef ASSAY_ANALYSIS_EXTRACT_WORKER_H
#define ASSAY_ANALYSIS_EXTRACT_WORKER_H

#include "analysis/extract/WorkerPool.h"

#include <sys/types.h>

#include <chrono>
#include <optional>

namespace assay {

class Worker {
public:
  using Clock = std::chrono::steady_clock;

  /// Forks. `Others` are sockets that the new process must not keep open.
  static llvm::Expected<Worker> start(const WorkLimits &Limits,
                                      llvm::function_ref<std::string(size_t)> Work,
                                      const std::vector<int> &Others);

  /// False when it is gone already.
  bool give(size_t Number, unsigned Seconds);
  /// What has arrived so far; a complete answer ends the current piece.
  enum class Answer : uint8_t { None, Complete, Gone };
  Answer receive(std::string &Text);
  /// Waits for the process, after `Gone` or after `kill()`, and says how it ended.
  WorkResult reap();
  void kill();
  /// No more work: it ends by itself.
  void dismiss();

  int socket() const { return Socket; }
  std::optional<size_t> number() const { return Number; }
  std::optional<Clock::time_point> deadline() const { return Deadline; }

private:
  Worker(pid_t Pid, int Socket) : Pid(Pid), Socket(Socket) {}

  pid_t Pid;
  int Socket;
  bool Killed = false;
  std::optional<size_t> Number;
  std::optional<Clock::time_point> Deadline;
  std::string Received;
};

} // namespace assay

#endif
