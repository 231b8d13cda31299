/// Ctrl-C and its like as an event instead of an end: while an object of this class lives, SIGINT,
/// SIGTERM and SIGHUP are only noted, so that what was begun can be ended in good order.
///
/// One at a time. Signals that were ignored before (nohup) stay ignored. It ends nothing itself.
#ifndef ASSAY_DRIVER_SESSION_INTERRUPTS_H
#define ASSAY_DRIVER_SESSION_INTERRUPTS_H

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <csignal>

namespace assay {

class Interrupts {
public:
  /// `Wanted` false: does nothing, and nothing is ever noted.
  explicit Interrupts(bool Wanted);
  ~Interrupts();
  Interrupts(const Interrupts &) = delete;
  Interrupts &operator=(const Interrupts &) = delete;

  /// The first signal that came; 0 = none.
  int signal() const;
  /// Becomes readable with the first signal; -1 = none can come.
  int descriptor() const;

private:
  static constexpr int Caught[] = {SIGINT, SIGTERM, SIGHUP};
  bool Active;
  struct sigaction Before[std::size(Caught)] = {};
};

/// The run was ended by a signal. Who has nothing else to do should end by it, too.
class InterruptedError : public llvm::ErrorInfo<InterruptedError> {
public:
  static char ID;
  explicit InterruptedError(int Signal) : Signal(Signal) {}
  void log(llvm::raw_ostream &Out) const override {
    Out << "stopped; what was finished is kept, and is not parsed again";
  }
  std::error_code convertToErrorCode() const override {
    return std::make_error_code(std::errc::interrupted);
  }
  int signal() const { return Signal; }

private:
  int Signal;
};

} // namespace assay

#endif
