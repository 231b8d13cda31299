#include "analysis/extract/Worker.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/thread.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <new>

using namespace assay;

namespace {
/// How a worker says that memory ran out; no exit status that anything else uses.
constexpr int OutOfMemoryStatus = 86;
constexpr unsigned StackBytes = 256u << 20;
} // namespace

static bool readAll(int Socket, void *Into, size_t Size) {
  auto *At = static_cast<char *>(Into);
  while (Size) {
    const ssize_t Got = ::read(Socket, At, Size);
    if (Got < 0 && errno == EINTR)
      continue;
    if (Got <= 0)
      return false;
    At += Got;
    Size -= static_cast<size_t>(Got);
  }
  return true;
}

static bool writeAll(int Socket, const void *From, size_t Size) {
  const auto *At = static_cast<const char *>(From);
  while (Size) {
    const ssize_t Put = ::send(Socket, At, Size, MSG_NOSIGNAL);
    if (Put < 0 && errno == EINTR)
      continue;
    if (Put <= 0)
      return false;
    At += Put;
    Size -= static_cast<size_t>(Put);
  }
  return true;
}

/// Address space is not limited but what is written to: a sanitizer maps far more than it uses.
static void limitMemory(uint64_t Bytes) {
#if !LLVM_ADDRESS_SANITIZER_BUILD
  if (Bytes) {
    const rlimit Limit = {Bytes + StackBytes, Bytes + StackBytes};
    ::setrlimit(RLIMIT_DATA, &Limit);
  }
#else
  (void)Bytes;
#endif
  std::set_new_handler([] { ::_exit(OutOfMemoryStatus); });
  llvm::install_bad_alloc_error_handler(
      [](void *, const char *, bool) { ::_exit(OutOfMemoryStatus); });
}

/// A worker parses one unit after another; memory that goes back to the system in between is paid
/// for twice.
static void keepMemory() {
#ifdef __GLIBC__
  ::mallopt(M_ARENA_MAX, 1);
  ::mallopt(M_TRIM_THRESHOLD, 512 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 64 << 20);
#endif
}

static void becomeWorker(const WorkLimits &Limits, pid_t Parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != Parent)
    ::_exit(1);
  llvm::sys::unregisterHandlers();
  // The parent may catch these to end in good order; a worker has nothing to put in order.
  for (int Signal : {SIGINT, SIGTERM, SIGHUP})
    ::signal(Signal, SIG_DFL);
  const rlimit NoCore = {0, 0};
  ::setrlimit(RLIMIT_CORE, &NoCore);
  // What a dying parser prints is of no use to the user; the parent names the unit and the cause.
  if (const int Null = ::open("/dev/null", O_WRONLY | O_CLOEXEC); Null >= 0)
    ::dup2(Null, STDERR_FILENO);
  keepMemory();
  limitMemory(Limits.MemoryBytes);
}

static void serve(int Socket, llvm::function_ref<std::string(size_t)> Work) {
  uint64_t Number = 0;
  while (readAll(Socket, &Number, sizeof Number)) {
    const std::string Text = Work(static_cast<size_t>(Number));
    const uint64_t Size = Text.size();
    if (!writeAll(Socket, &Size, sizeof Size) || !writeAll(Socket, Text.data(), Text.size()))
      return;
  }
}

llvm::Expected<Worker> Worker::start(const WorkLimits &Limits,
                                     llvm::function_ref<std::string(size_t)> Work,
                                     const std::vector<int> &Others) {
  int Ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, Ends))
    return llvm::errorCodeToError(std::error_code(errno, std::generic_category()));
  const pid_t Parent = ::getpid();
  const pid_t Pid = ::fork();
  if (Pid < 0) {
    const int Cause = errno;
    ::close(Ends[0]);
    ::close(Ends[1]);
    return llvm::errorCodeToError(std::error_code(Cause, std::generic_category()));
  }
  if (Pid == 0) {
    ::close(Ends[0]);
    for (int Other : Others)
      ::close(Other);
    becomeWorker(Limits, Parent);
    llvm::thread Thread(std::optional<unsigned>(StackBytes), [&] { serve(Ends[1], Work); });
    Thread.join();
    ::_exit(0);
  }
  ::close(Ends[1]);
  return Worker(Pid, Ends[0]);
}

bool Worker::give(size_t N, unsigned Seconds) {
  Number = N;
  Deadline.reset();
  if (Seconds)
    Deadline = Clock::now() + std::chrono::seconds(Seconds);
  const uint64_t Wire = N;
  return writeAll(Socket, &Wire, sizeof Wire);
}

Worker::Answer Worker::receive(std::string &Text) {
  char Buffer[4096];
  const ssize_t Got = ::recv(Socket, Buffer, sizeof Buffer, MSG_DONTWAIT);
  if (Got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
    return Answer::None;
  if (Got <= 0)
    return Answer::Gone;
  Received.append(Buffer, static_cast<size_t>(Got));
  uint64_t Size = 0;
  if (Received.size() < sizeof Size)
    return Answer::None;
  std::memcpy(&Size, Received.data(), sizeof Size);
  if (Received.size() < sizeof Size + Size)
    return Answer::None;
  Text = Received.substr(sizeof Size);
  Received.clear();
  Number.reset();
  Deadline.reset();
  return Answer::Complete;
}

void Worker::kill() {
  Killed = true;
  ::kill(Pid, SIGKILL);
}

void Worker::dismiss() {
  ::close(Socket);
  int Status = 0;
  while (::waitpid(Pid, &Status, 0) < 0 && errno == EINTR)
    ;
}

WorkResult Worker::reap() {
  ::close(Socket);
  int Status = 0;
  while (::waitpid(Pid, &Status, 0) < 0 && errno == EINTR)
    ;
  if (Killed)
    return {WorkResult::End::TimedOut, "time limit"};
  if (WIFEXITED(Status)) {
    if (WEXITSTATUS(Status) == OutOfMemoryStatus)
      return {WorkResult::End::OutOfMemory, "memory limit"};
    return {WorkResult::End::Crashed, "exit status " + std::to_string(WEXITSTATUS(Status))};
  }
  const int Signal = WIFSIGNALED(Status) ? WTERMSIG(Status) : 0;
  const char *Name = ::strsignal(Signal);
  const std::string Cause = Name ? Name : "signal " + std::to_string(Signal);
  // Nobody here sent these.
  if (Signal == SIGKILL || Signal == SIGTERM || Signal == SIGINT || Signal == SIGHUP)
    return {WorkResult::End::Killed, Cause};
  return {WorkResult::End::Crashed, Cause};
}
