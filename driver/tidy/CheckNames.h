/// The names that clang-tidy knows the pages by: crypto/ecb-mode is assay-crypto-ecb-mode.
#ifndef ASSAY_DRIVER_TIDY_CHECKNAMES_H
#define ASSAY_DRIVER_TIDY_CHECKNAMES_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

std::string checkNameOf(llvm::StringRef PageId);

/// Of all pages that can be known when clang-tidy loads the plugin, before it says which file is to
/// be checked or with which options: those shipped, and those that an assay.toml names which lies
/// above the current folder or above a source named on the command line. Ordered, each once.
std::vector<std::string> namesToRegister();

/// Somebody gave this process words for the compiler that no compile database has.
bool hasWordsForCompiler();

} // namespace assay

#endif
