/// The folder of the store of one run: the user's, or one of its own that is gone afterwards.
#ifndef ASSAY_DRIVER_SESSION_STOREPLACE_H
#define ASSAY_DRIVER_SESSION_STOREPLACE_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"

#include <string>
#include <utility>

namespace assay {

/// A store is always used, so that a worker need not send a summary through a pipe; without a wish
/// for one it is removed.
class StorePlace {
public:
  static llvm::Expected<StorePlace> make(const std::string &Wanted) {
    StorePlace P;
    P.Dir = Wanted;
    if (Wanted.empty()) {
      llvm::SmallString<128> Made;
      if (auto EC = llvm::sys::fs::createUniqueDirectory("assay-store", Made))
        return llvm::createStringError(EC, "no temporary folder for the summaries: %s",
                                       EC.message().c_str());
      P.Dir = Made.str().str();
      P.Temporary = true;
    }
    return P;
  }
  StorePlace(StorePlace &&O) noexcept
      : Dir(std::move(O.Dir)), Temporary(std::exchange(O.Temporary, false)) {}
  StorePlace &operator=(StorePlace &&) = delete;
  ~StorePlace() {
    if (Temporary)
      llvm::sys::fs::remove_directories(Dir);
  }
  std::string Dir;

private:
  StorePlace() = default;
  bool Temporary = false;
};

} // namespace assay

#endif
