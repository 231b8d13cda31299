#include "sarif/report/LineHash.h"

#include "sarif/report/SourceText.h"

#include "llvm/ADT/StringExtras.h"

#include <array>
#include <cstdint>
#include <unordered_map>

using namespace llvm;

namespace assay {
namespace {

constexpr size_t Window = 100;
constexpr uint64_t Base = 37;
constexpr uint32_t EndOfText = 0xFFFF;

constexpr uint64_t power(uint64_t X, size_t N) {
  uint64_t Result = 1;
  while (N--)
    Result *= X;
  return Result;
}

/// The last `Window` units form the hash; a line's hash is complete when its first unit is the
/// oldest.
class RollingHash {
public:
  std::vector<std::string> Done;

  void push(uint32_t Unit, bool StartsLine) {
    Slot &S = Slots[Next];
    if (S.StartsLine)
      emit();
    Hash = Hash * Base + Unit - power(Base, Window) * S.Unit;
    S = {Unit, StartsLine};
    Next = (Next + 1) % Window;
  }

private:
  struct Slot {
    uint32_t Unit = 0;
    bool StartsLine = false;
  };

  void emit() {
    unsigned Count = ++Seen[Hash];
    Done.push_back(utohexstr(Hash, /*LowerCase=*/true) + ":" + utostr(Count));
  }

  std::array<Slot, Window> Slots;
  size_t Next = 0;
  uint64_t Hash = 0;
  std::unordered_map<uint64_t, unsigned> Seen; ///< never walked: its order reaches nothing
};

} // namespace

std::vector<std::string> lineHashes(StringRef Text) {
  RollingHash Rolling;
  bool StartsLine = true;
  auto Push = [&](uint32_t Unit) {
    Rolling.push(Unit, StartsLine);
    StartsLine = Unit == '\n';
  };
  while (!Text.empty()) {
    uint32_t C = takeCharacter(Text);
    if (C == ' ' || C == '\t')
      continue;
    if (C == '\r') {
      Text.consume_front("\n");
      C = '\n';
    }
    if (C > 0xFFFF) {
      Push(0xD800 + ((C - 0x10000) >> 10));
      C = 0xDC00 + ((C - 0x10000) & 0x3FF);
    }
    Push(C);
  }
  Push(EndOfText);
  for (size_t I = 0; I < Window; ++I)
    Rolling.push(0, false);
  return std::move(Rolling.Done);
}

} // namespace assay
