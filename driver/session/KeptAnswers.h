/// What is kept of one kind, in a folder of its own below the store's or the cache's.
#ifndef ASSAY_DRIVER_SESSION_KEPTANSWERS_H
#define ASSAY_DRIVER_SESSION_KEPTANSWERS_H

#include "analysis/store/AnswerStore.h"

namespace assay {

/// `Kind` names the folder; `Most` as AnswerStore's. Nothing is made until something is kept.
AnswerStore keptAnswers(llvm::StringRef Folder, llvm::StringRef Kind,
                        unsigned Most = AnswerStore::Kept);

} // namespace assay

#endif
