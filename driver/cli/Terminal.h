/// What the terminal can show: colours, and how wide it is. It prints nothing.
#ifndef ASSAY_DRIVER_CLI_TERMINAL_H
#define ASSAY_DRIVER_CLI_TERMINAL_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace assay {

enum class ColorMode : uint8_t { Auto, Always, Never };

/// "auto", "always", "never".
std::optional<ColorMode> colorModeNamed(llvm::StringRef Word);
/// Auto: only a terminal that knows colours, and not when NO_COLOR is set.
bool wantsColor(ColorMode Mode, int Descriptor);
/// Columns to write to; 0 when it is no terminal, so that nothing is wrapped for a program.
unsigned columnsOf(int Descriptor);

/// What a piece of text is, for its colour.
enum class Ink : uint8_t { Plain, Strong, Error, Warning, Note, Good, Caret, Faint };

class Paint {
public:
  explicit Paint(bool On) : On(On) {}
  std::string operator()(Ink I, llvm::StringRef Text) const;

private:
  bool On;
};

} // namespace assay

#endif
