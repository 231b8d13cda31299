#include "analysis/extract/StandInTarget.h"

#include "clang/Basic/MacroBuilder.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using namespace clang;

namespace {

using OptionsOfTarget = std::shared_ptr<TargetOptions> TargetInfo::*;
OptionsOfTarget optionsMember();

// Only Clang's own list of targets can set this member, and reading inline assembly needs it. An
// explicit instantiation may name what is private.
template <OptionsOfTarget Member> struct OptionsMember {
  friend OptionsOfTarget optionsMember() { return Member; }
};
template struct OptionsMember<&TargetInfo::TargetOpts>;

const llvm::fltSemantics &floatOf(unsigned Bits) {
  return Bits == 32   ? llvm::APFloat::IEEEsingle()
         : Bits == 64 ? llvm::APFloat::IEEEdouble()
                      : llvm::APFloat::IEEEquad();
}

class StandInTarget : public TargetInfo {
public:
  StandInTarget(std::shared_ptr<TargetOptions> Options, const llvm::Triple &Triple,
                const MachineLayout &L)
      : TargetInfo(Triple) {
    this->*optionsMember() = std::move(Options);
    BigEndian = L.BigEndian;
    TLSSupported = true;
    setWidths(L);
    setNamedTypes(L);
    resetDataLayout(llvm::formatv("{0}-p:{1}:{2}-i64:{3}-n32", L.BigEndian ? "E" : "e", L.Pointer,
                                  PointerAlign, LongLongAlign)
                        .str());
  }

  void getTargetDefines(const LangOptions &, MacroBuilder &) const override {}
  ArrayRef<Builtin::Info> getTargetBuiltins() const override { return {}; }
  BuiltinVaListKind getBuiltinVaListKind() const override { return VoidPtrBuiltinVaList; }
  std::string_view getClobbers() const override { return ""; }
  ArrayRef<const char *> getGCCRegNames() const override { return {}; }
  ArrayRef<GCCRegAlias> getGCCRegAliases() const override { return {}; }
  bool isValidGCCRegisterName(StringRef Name) const override { return !Name.empty(); }
  bool validateAsmConstraint(const char *&, ConstraintInfo &Info) const override {
    Info.setAllowsRegister();
    Info.setAllowsMemory();
    return true;
  }
  bool validateGlobalRegisterVariable(StringRef, unsigned, bool &Mismatch) const override {
    Mismatch = false;
    return true;
  }

private:
  void setWidths(const MachineLayout &L) {
    const auto Align = [&](unsigned Bits) {
      return static_cast<unsigned char>(std::min(Bits, L.MaxAlign));
    };
    PointerWidth = static_cast<unsigned char>(L.Pointer);
    IntWidth = static_cast<unsigned char>(L.Int);
    LongWidth = static_cast<unsigned char>(L.Long);
    DoubleWidth = static_cast<unsigned char>(L.Double);
    LongDoubleWidth = static_cast<unsigned char>(L.LongDouble);
    PointerAlign = Align(L.Pointer);
    IntAlign = Align(L.Int);
    LongAlign = Align(L.Long);
    LongLongAlign = Align(64);
    FloatAlign = Align(32);
    DoubleAlign = Align(L.Double);
    LongDoubleAlign = Align(L.LongDouble);
    SuitableAlign = DefaultAlignForAttributeAligned = Align(64);
    DoubleFormat = &floatOf(L.Double);
    LongDoubleFormat = &floatOf(L.LongDouble);
    MaxAtomicPromoteWidth = MaxAtomicInlineWidth = 64;
  }

  void setNamedTypes(const MachineLayout &L) {
    SizeType = L.SizeIsLong ? UnsignedLong : UnsignedInt;
    PtrDiffType = IntPtrType = L.SizeIsLong ? SignedLong : SignedInt;
    IntMaxType = Int64Type = SignedLongLong;
    Int16Type = L.Int == 16 ? SignedInt : SignedShort;
    Char16Type = L.Int == 16 ? UnsignedInt : UnsignedShort;
    Char32Type = L.Int == 16 || L.Int32IsLong ? UnsignedLong : UnsignedInt;
    WCharType = L.WChar == 16 ? (L.Int == 16 ? UnsignedInt : UnsignedShort)
                : L.Int == 16 ? SignedLong
                              : SignedInt;
    WIntType = L.Int == 16 && L.WChar == 32 ? UnsignedLong : UnsignedInt;
    SigAtomicType = SignedInt;
  }
};

} // namespace

void assay::standIn(TargetOptions &Options) {
  Options = TargetOptions();
  Options.Triple = "armv7-none-eabi";
}

void assay::replaceTarget(CompilerInstance &Compiler, llvm::StringRef Triple,
                          const MachineLayout &Layout) {
  auto Target = llvm::makeIntrusiveRefCnt<StandInTarget>(Compiler.getInvocation().TargetOpts,
                                                         llvm::Triple(Triple), Layout);
  Compiler.setTarget(Target.get());
  Compiler.getTarget().adjust(Compiler.getDiagnostics(), Compiler.getLangOpts());
}
