#include "driver/session/LinkProgram.h"

#include "analysis/link/Linker.h"

using namespace assay;

/// One unit that defines `main` makes a program; without one it is a library, and anybody may call
/// in.
static bool hasMain(llvm::ArrayRef<Unit> Units) {
  for (const Unit &U : Units)
    for (const Entity *E : *U.Summary->entities())
      if (E->kind() == EntityKind::Function &&
          (E->flags() & static_cast<uint32_t>(EntityFlag::Definition)) &&
          U.string(E->qualified()) == "main")
        return true;
  return false;
}

llvm::Expected<Program> assay::linkProgram(std::vector<Unit> Units, std::vector<Image> Images,
                                           bool Alone) {
  Linker::Options Linking;
  Linking.WholeProgram = !Alone && hasMain(Units);
  Linking.Alone = Alone;
  Linking.Images = std::move(Images);
  return Linker(std::move(Linking)).link(std::move(Units));
}
