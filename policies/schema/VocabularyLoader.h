/// policies/vocabulary/*.toml: names, shapes and texts of secrets.
///
/// It reads the files into Vocabulary.h; what they mean for a program is analysis/solve/Lexicon's.
#ifndef ASSAY_POLICIES_SCHEMA_VOCABULARYLOADER_H
#define ASSAY_POLICIES_SCHEMA_VOCABULARYLOADER_H

#include "policies/schema/PolicyTexts.h"
#include "policies/schema/Record.h"
#include "policies/schema/Vocabulary.h"

namespace assay {

Record<Vocabulary> vocabularyRecord();

/// All files of `Folder`, joined in the order of their names; empty when there is no such folder.
llvm::Expected<Vocabulary> loadVocabulary(PolicyTexts &Texts, const std::string &Folder);

} // namespace assay

#endif
