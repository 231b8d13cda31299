/// From units to a Program: how much of the whole they are decides who may call in.
#ifndef ASSAY_DRIVER_SESSION_LINKPROGRAM_H
#define ASSAY_DRIVER_SESSION_LINKPROGRAM_H

#include "analysis/model/Image.h"
#include "analysis/model/Program.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace assay {

/// `Images`: what the units' image numbers mean. `Alone`: other units of the program are not among
/// these.
llvm::Expected<Program> linkProgram(std::vector<Unit> Units, std::vector<Image> Images,
                                    bool Alone = false);

} // namespace assay

#endif
