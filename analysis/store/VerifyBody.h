/// What Verify.h asks of each body, whoever keeps it, and the small tests that it is made of.
/// Internal to the room.
#ifndef ASSAY_ANALYSIS_STORE_VERIFYBODY_H
#define ASSAY_ANALYSIS_STORE_VERIFYBODY_H

#include "analysis/model/Program.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

#include "flatbuffers/flatbuffers.h"

#include <string>

namespace assay {

template <class E> constexpr bool inEnum(E Value, E Last) {
  return static_cast<uint32_t>(Value) <= static_cast<uint32_t>(Last);
}

/// The tables that all rows of a unit, or of one header, share. Each test is a few comparisons:
/// they run over every instruction.
class UnitTables {
public:
  explicit UnitTables(const TUSummary &S)
      : Strings(rowCount(S.strings())), Entities(rowCount(S.entities())),
        Files(rowCount(S.files())) {}
  explicit UnitTables(const HeaderBodies &H)
      : Strings(rowCount(H.strings())), Entities(rowCount(H.entities())),
        Files(rowCount(H.files())) {}

  bool string(uint32_t Index) const { return Index < Strings; }
  bool strings(llvm::ArrayRef<uint32_t> Indices) const {
    return llvm::all_of(Indices, [&](uint32_t I) { return string(I); });
  }
  bool entity(uint32_t Index) const { return Index < Entities; }
  bool entities(llvm::ArrayRef<uint32_t> Indices) const {
    return llvm::all_of(Indices, [&](uint32_t I) { return entity(I); });
  }
  bool entityOrNone(uint32_t IndexPlusOne) const { return IndexPlusOne <= Entities; }
  bool loc(const Loc &L) const { return L.file() < Files && string(L.macro()); }
  bool loc(const Loc *L) const { return !L || loc(*L); }

private:
  const uint32_t Strings, Entities, Files;
};

template <class... Args> llvm::Error fault(const char *Format, Args &&...Values) {
  return llvm::createStringError(llvm::formatv(Format, std::forward<Args>(Values)...).str());
}

/// A main file, a path for each, and the empty string first.
llvm::Error
verifyTexts(const flatbuffers::Vector<flatbuffers::Offset<FileRead>> *Files,
            const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *Strings);

/// What points outside its table; empty = nothing does. `Params` is how many parameters the body's
/// function has. The body's own entity has been looked at before.
std::string faultIn(const Body &B, const UnitTables &Tables, uint32_t Params);

/// The unit's entities are those that the header's rows name, and have the parameters that they
/// use.
llvm::Error verifyUse(const TUSummary &S, const HeaderUse &Use, const SharedBodies &Of);

/// FlatBuffers' own verification. `What` is for the message.
template <class T>
llvm::Expected<const T *> rootOf(const llvm::MemoryBuffer *Bytes, size_t Offset,
                                 const char *Identifier, const char *What) {
  if (!Bytes || Bytes->getBufferSize() <= Offset)
    return fault("no {0}", What);
  const auto *Start = reinterpret_cast<const uint8_t *>(Bytes->getBufferStart()) + Offset;
  const size_t Size = Bytes->getBufferSize() - Offset;
  if (reinterpret_cast<uintptr_t>(Start) % alignof(uint64_t) != 0)
    return fault("a {0} must lie at a multiple of {1}", What, alignof(uint64_t));
  // Each table is reached through an offset of four bytes: more visits than this mean shared
  // vectors, a trap.
  flatbuffers::Verifier Verifier(Start, Size, /*max_depth=*/16, /*max_tables=*/Size / 4);
  if (!Verifier.VerifyBuffer<T>(Identifier))
    return fault("not a well-formed {0}", What);
  return flatbuffers::GetRoot<T>(Start);
}

} // namespace assay

#endif
