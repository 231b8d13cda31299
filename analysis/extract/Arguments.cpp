#include "analysis/extract/Arguments.h"

#include "clang/Driver/Driver.h"
#include "clang/Driver/Options.h"
#include "clang/Driver/ToolChain.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace assay;
using namespace clang::driver;
using llvm::StringRef;
using llvm::opt::Arg;
using llvm::opt::Option;

namespace {
enum class Fate { Keep, Drop, DropSilently };

/// The words of one command while they are sorted.
class ArgumentSorter {
public:
  explicit ArgumentSorter(ParseArguments &Result) : Result(Result) {}
  void sort(llvm::ArrayRef<const char *> Words);

private:
  void sortPreprocessorWords(const Arg &A);
  void keep(const Arg &A, const llvm::opt::ArgList &All);
  ParseArguments &Result;
};
} // namespace

/// Options of the driver that say what the source means.
static constexpr unsigned LanguageOptions[] = {
    options::OPT_std_EQ,
    options::OPT_ansi,
    options::OPT_x,
    options::OPT_nostdinc,
    options::OPT_nostdlibinc,
    options::OPT_nostdincxx,
    options::OPT_nobuiltininc,
    options::OPT_pthread,
    options::OPT__sysroot,
    options::OPT__sysroot_EQ,
    options::OPT_isysroot,
    options::OPT_stdlib_EQ,
    options::OPT_undef,
    options::OPT_target,
    options::OPT_gcc_toolchain,
    options::OPT_gcc_install_dir_EQ,
    options::OPT_arch,
    options::OPT_traditional_cpp,
};

/// `-f` options that change which program the source is: types, macros, keywords, what is declared.
static constexpr unsigned LanguageFlags[] = {
    options::OPT_fexceptions,
    options::OPT_fno_exceptions,
    options::OPT_fcxx_exceptions,
    options::OPT_fno_cxx_exceptions,
    options::OPT_frtti,
    options::OPT_fno_rtti,
    options::OPT_fshort_enums,
    options::OPT_fno_short_enums,
    options::OPT_fshort_wchar,
    options::OPT_fno_short_wchar,
    options::OPT_fsigned_char,
    options::OPT_fno_signed_char,
    options::OPT_funsigned_char,
    options::OPT_fno_unsigned_char,
    options::OPT_fchar8__t,
    options::OPT_fno_char8__t,
    options::OPT_fgnu89_inline,
    options::OPT_fno_gnu89_inline,
    options::OPT_fgnu_keywords,
    options::OPT_fno_gnu_keywords,
    options::OPT_fasm,
    options::OPT_fno_asm,
    options::OPT_fms_extensions,
    options::OPT_fno_ms_extensions,
    options::OPT_fms_compatibility,
    options::OPT_fno_ms_compatibility,
    options::OPT_fblocks,
    options::OPT_fno_blocks,
    options::OPT_fbuiltin,
    options::OPT_fno_builtin,
    options::OPT_fno_builtin_,
    options::OPT_ffreestanding,
    options::OPT_fhosted,
    options::OPT_fcoroutines,
    options::OPT_fno_coroutines,
    options::OPT_fsized_deallocation,
    options::OPT_fno_sized_deallocation,
    options::OPT_faligned_allocation,
    options::OPT_fno_aligned_allocation,
    options::OPT_foperator_names,
    options::OPT_fno_operator_names,
    options::OPT_fdollars_in_identifiers,
    options::OPT_fno_dollars_in_identifiers,
    options::OPT_fdigraphs,
    options::OPT_fno_digraphs,
    options::OPT_ftrigraphs,
    options::OPT_fno_trigraphs,
    options::OPT_flax_vector_conversions,
    options::OPT_flax_vector_conversions_EQ,
    options::OPT_fno_lax_vector_conversions,
    options::OPT_fpermissive,
    options::OPT_fno_permissive,
    options::OPT_fdeclspec,
    options::OPT_fno_declspec,
    options::OPT_ftemplate_depth_EQ,
    options::OPT_fconstexpr_depth_EQ,
    options::OPT_fconstexpr_steps_EQ,
    options::OPT_fbracket_depth_EQ,
    options::OPT_fvisibility_EQ,
    options::OPT_fvisibility_inlines_hidden,
    options::OPT_fpack_struct,
    options::OPT_fpack_struct_EQ,
    options::OPT_fno_pack_struct,
    options::OPT_fPIC,
    options::OPT_fno_PIC,
    options::OPT_fpic,
    options::OPT_fno_pic,
    options::OPT_fPIE,
    options::OPT_fno_PIE,
    options::OPT_fpie,
    options::OPT_fno_pie,
    options::OPT_fstack_protector,
    options::OPT_fstack_protector_all,
    options::OPT_fstack_protector_strong,
    options::OPT_fno_stack_protector,
    options::OPT_ffast_math,
    options::OPT_fno_fast_math,
    options::OPT_ffinite_math_only,
    options::OPT_fno_finite_math_only,
    options::OPT_fno_inline,
    options::OPT_fcf_protection,
    options::OPT_fcf_protection_EQ,
    options::OPT_fgnuc_version_EQ,
    options::OPT_fdelayed_template_parsing,
    options::OPT_fno_delayed_template_parsing,
};

/// What the target is. Other `-m` options tell the code generator how, not what.
static bool isMachineOption(const Option &O) {
  switch (O.getID()) {
  case options::OPT_m16:
  case options::OPT_m32:
  case options::OPT_m64:
  case options::OPT_mx32:
  case options::OPT_march_EQ:
  case options::OPT_mcpu_EQ:
  case options::OPT_mabi_EQ:
  case options::OPT_mfpu_EQ:
  case options::OPT_mfloat_abi_EQ:
  case options::OPT_mthumb:
  case options::OPT_mno_thumb:
  case options::OPT_mlittle_endian:
  case options::OPT_mbig_endian:
  case options::OPT_mhard_float:
  case options::OPT_msoft_float:
  case options::OPT_mms_bitfields:
  case options::OPT_mno_ms_bitfields:
    return true;
  default:
    break;
  }
  for (unsigned Group :
       {options::OPT_LongDouble_Group, options::OPT_m_x86_Features_Group,
        options::OPT_m_arm_Features_Group, options::OPT_m_aarch64_Features_Group,
        options::OPT_m_riscv_Features_Group, options::OPT_m_ppc_Features_Group,
        options::OPT_m_mips_Features_Group, options::OPT_m_sparc_Features_Group,
        options::OPT_m_hexagon_Features_Group, options::OPT_m_loongarch_Features_Group})
    if (O.matches(Group))
      return true;
  return false;
}

static constexpr unsigned IncludeOptions[] = {
    options::OPT_I,
    options::OPT_isystem,
    options::OPT_isystem_after,
    options::OPT_iquote,
    options::OPT_idirafter,
    options::OPT_iprefix,
    options::OPT_iwithprefix,
    options::OPT_iwithprefixbefore,
    options::OPT_iwithsysroot,
    options::OPT_include,
    options::OPT_imacros,
    options::OPT_F,
    options::OPT_iframework,
    options::OPT_cxx_isystem,
    options::OPT_stdlibxx_isystem,
    options::OPT_D,
    options::OPT_U,
};

/// Options that are left out and cannot change what the source means: outputs, warnings, code
/// generation, linking.
static bool isNeutral(const Option &O) {
  if (O.getKind() == Option::InputClass || O.hasFlag(options::LinkerInput) ||
      O.hasFlag(options::LinkOption))
    return true;
  for (unsigned Group :
       {options::OPT_Action_Group, options::OPT_W_Group, options::OPT_W_value_Group,
        options::OPT_pedantic_Group, options::OPT_M_Group, options::OPT_DebugInfo_Group,
        options::OPT_Link_Group, options::OPT_T_Group, options::OPT_u_Group, options::OPT_R_Group,
        options::OPT_R_value_Group, options::OPT_clang_ignored_f_Group,
        options::OPT_clang_ignored_gcc_optimization_f_Group,
        options::OPT_clang_ignored_legacy_options_Group, options::OPT_clang_ignored_m_Group,
        options::OPT_Diag_Group, options::OPT_d_Group, options::OPT_g_Group,
        options::OPT_clang_ignored_f_Group})
    if (O.matches(Group))
      return true;
  switch (O.getID()) {
  case options::OPT_o:
  case options::OPT_w:
  case options::OPT_pipe:
  case options::OPT_v:
  case options::OPT__param:
  case options::OPT__param_EQ:
  case options::OPT_save_temps:
  case options::OPT_save_temps_EQ:
  case options::OPT_Wa_COMMA:
  case options::OPT_Xassembler:
  case options::OPT_p:
  case options::OPT_pg:
  case options::OPT_shared:
  case options::OPT__serialize_diags:
    return true;
  default:
    return false;
  }
}

/// `-f` options that are left out although they may matter.
static bool isMissedFlag(const Option &O) {
  const StringRef Name = O.getName();
  for (StringRef Prefix :
       {"fplugin", "fpass-plugin", "fmodule", "fopenmp", "fsanitize", "fobjc", "fprebuilt-module",
        "fcoverage", "fprofile", "finput-charset", "fexec-charset"})
    if (Name.starts_with(Prefix))
      return true;
  return false;
}

static bool isOneOf(const Option &O, llvm::ArrayRef<unsigned> Ids) {
  return llvm::is_contained(Ids, O.getID());
}

static Fate fateOf(const Option &O) {
  if (O.getID() == options::OPT_UNKNOWN)
    return Fate::Drop;
  if (isOneOf(O, LanguageOptions) || isOneOf(O, LanguageFlags) || isOneOf(O, IncludeOptions) ||
      isMachineOption(O) || O.matches(options::OPT_O_Group))
    return Fate::Keep;
  if (O.matches(options::OPT_f_Group) && isMissedFlag(O))
    return Fate::Drop;
  if (isNeutral(O) || O.matches(options::OPT_f_Group) || O.matches(options::OPT_m_Group))
    return O.getID() == options::OPT_mllvm ? Fate::Drop : Fate::DropSilently;
  return Fate::Drop;
}

void ArgumentSorter::keep(const Arg &A, const llvm::opt::ArgList &All) {
  llvm::opt::ArgStringList Rendered;
  A.render(All, Rendered);
  for (const char *Word : Rendered)
    Result.Effective.push_back(Word);
}

/// `-Wp,-DX,-MD,file`: macros and include folders count, outputs do not.
void ArgumentSorter::sortPreprocessorWords(const Arg &A) {
  for (StringRef Word : A.getValues())
    if (Word.starts_with("-D") || Word.starts_with("-U") || Word.starts_with("-I"))
      Result.Effective.push_back(Word.str());
}

void ArgumentSorter::sort(llvm::ArrayRef<const char *> Words) {
  unsigned MissingIndex = 0, MissingCount = 0;
  const llvm::opt::InputArgList Args = getDriverOptTable().ParseArgs(
      Words, MissingIndex, MissingCount, llvm::opt::Visibility(options::ClangOption));
  for (const Arg *A : Args) {
    const Option &O = A->getOption();
    if (O.matches(options::OPT_Wp_COMMA)) {
      sortPreprocessorWords(*A);
      continue;
    }
    switch (fateOf(O.getUnaliasedOption())) {
    case Fate::Keep:
      keep(*A, Args);
      break;
    case Fate::Drop:
      // GCC knows more warnings than Clang; a warning never changes the meaning.
      if (const std::string Text = A->getAsString(Args); !StringRef(Text).starts_with("-W"))
        Result.Dropped.push_back(Text);
      break;
    case Fate::DropSilently:
      break;
    }
  }
}

/// How many leading words start the compiler instead of being it.
static size_t launcherWords(llvm::ArrayRef<const char *> Words) {
  static constexpr StringRef Launchers[] = {"ccache", "sccache",    "distcc",
                                            "icecc",  "buildcache", "gomacc"};
  size_t Count = 0;
  while (Count + 1 < Words.size() &&
         llvm::is_contained(Launchers, llvm::sys::path::stem(Words[Count])) &&
         Words[Count + 1][0] != '-')
    ++Count;
  return Count;
}

/// What Clang refuses unless told otherwise and GCC 12 only warns of: the device was built with it.
static constexpr const char *AcceptedByGcc[] = {"-Wno-implicit-function-declaration",
                                                "-Wno-implicit-int",
                                                "-Wno-int-conversion",
                                                "-Wno-incompatible-function-pointer-types",
                                                "-Wno-return-type",
                                                "-Wno-c++11-narrowing",
                                                "-Wno-register",
                                                "-Wno-dynamic-exception-spec",
                                                "-Wno-reserved-user-defined-literal"};

ParseArguments assay::rebuildArguments(const CompileCommand &Command,
                                       llvm::vfs::FileSystem &Files) {
  llvm::BumpPtrAllocator Memory;
  llvm::cl::ExpansionContext Expansion(Memory, llvm::cl::TokenizeGNUCommandLine);
  Expansion.setVFS(&Files).setCurrentDir(Command.Directory);
  llvm::SmallVector<const char *, 64> Words;
  for (const std::string &Word : Command.Arguments)
    Words.push_back(Word.c_str());
  ParseArguments Result;
  // What cannot be expanded stays as it is written and is dropped with the other unknown words.
  llvm::consumeError(Expansion.expandResponseFiles(Words));
  Words.erase(Words.begin(), Words.begin() + launcherWords(Words));

  const ParsedClangName Name =
      ToolChain::getTargetAndModeFromProgramName(llvm::sys::path::filename(Words.front()));
  Result.Effective.push_back("clang");
  if (Name.DriverMode && StringRef(Name.DriverMode) == "--driver-mode=g++")
    Result.Effective.push_back(Name.DriverMode);
  if (Name.TargetIsValid)
    Result.Effective.push_back("--target=" + Name.TargetPrefix);
  ArgumentSorter(Result).sort(llvm::ArrayRef(Words).drop_front());
  for (const char *Ours :
       {"-w", "-fno-spell-checking", "-fsyntax-only", "-resource-dir", ASSAY_RESOURCE_DIR})
    Result.Effective.push_back(Ours);
  for (const char *Accepted : AcceptedByGcc)
    Result.Effective.push_back(Accepted);
  return Result;
}
