#include "driver/session/Interrupts.h"

#include <fcntl.h>
#include <unistd.h>

using namespace assay;

char InterruptedError::ID = 0;

namespace {
volatile std::sig_atomic_t FirstSignal = 0;
int Pipe[2] = {-1, -1};
} // namespace

static void noteSignal(int Signal) {
  const int Before = errno;
  if (!FirstSignal)
    FirstSignal = Signal;
  // A full pipe is readable as well.
  [[maybe_unused]] const ssize_t Written = ::write(Pipe[1], "", 1);
  errno = Before;
}

Interrupts::Interrupts(bool Wanted) : Active(Wanted && ::pipe2(Pipe, O_CLOEXEC | O_NONBLOCK) == 0) {
  if (!Active)
    return;
  FirstSignal = 0;
  struct sigaction Mine = {};
  Mine.sa_handler = noteSignal;
  Mine.sa_flags = SA_RESTART;
  sigemptyset(&Mine.sa_mask);
  for (size_t I = 0; I != std::size(Caught); ++I)
    if (::sigaction(Caught[I], &Mine, &Before[I]) == 0 && Before[I].sa_handler == SIG_IGN)
      ::sigaction(Caught[I], &Before[I], nullptr);
}

Interrupts::~Interrupts() {
  if (!Active)
    return;
  for (size_t I = 0; I != std::size(Caught); ++I)
    ::sigaction(Caught[I], &Before[I], nullptr);
  for (int &End : Pipe) {
    ::close(End);
    End = -1;
  }
}

int Interrupts::signal() const {
  return Active ? FirstSignal : 0;
}

int Interrupts::descriptor() const {
  return Active ? Pipe[0] : -1;
}
