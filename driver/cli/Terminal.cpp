#include "driver/cli/Terminal.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Process.h"

#include <sys/ioctl.h>

#include <algorithm>
#include <cstdlib>

using namespace llvm;

namespace assay {

std::optional<ColorMode> colorModeNamed(StringRef Word) {
  return StringSwitch<std::optional<ColorMode>>(Word)
      .Case("auto", ColorMode::Auto)
      .Case("always", ColorMode::Always)
      .Case("never", ColorMode::Never)
      .Default(std::nullopt);
}

bool wantsColor(ColorMode Mode, int Descriptor) {
  if (Mode != ColorMode::Auto)
    return Mode == ColorMode::Always;
  // no-color.org: set and not empty, whatever it says.
  const char *Refused = std::getenv("NO_COLOR");
  return !(Refused && *Refused) && sys::Process::FileDescriptorHasColors(Descriptor);
}

unsigned columnsOf(int Descriptor) {
  constexpr unsigned Least = 60, Most = 100, Usual = 80;
  if (!sys::Process::FileDescriptorIsDisplayed(Descriptor))
    return 0;
  winsize Size = {};
  if (ioctl(Descriptor, TIOCGWINSZ, &Size) != 0 || Size.ws_col == 0)
    return Usual;
  return std::clamp<unsigned>(Size.ws_col, Least, Most);
}

static const char *codeFor(Ink I) {
  switch (I) {
  case Ink::Plain:
    return "";
  case Ink::Strong:
    return "\x1b[1m";
  case Ink::Error:
    return "\x1b[1;31m";
  case Ink::Warning:
    return "\x1b[1;35m";
  case Ink::Note:
    return "\x1b[1;36m";
  case Ink::Good:
  case Ink::Caret:
    return "\x1b[1;32m";
  case Ink::Faint:
    return "\x1b[2m";
  }
  return "";
}

std::string Paint::operator()(Ink I, StringRef Text) const {
  if (!On || I == Ink::Plain || Text.empty())
    return Text.str();
  return codeFor(I) + Text.str() + "\x1b[0m";
}

} // namespace assay
