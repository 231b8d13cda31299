#include "analysis/extract/AllowedOptions.h"

#include "clang/Driver/Options.h"

using namespace assay;
using namespace clang::driver;
using llvm::StringRef;
using llvm::opt::Option;

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
  case options::OPT_mmcu_EQ:
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

OptionFate assay::fateOf(const Option &O) {
  if (O.getID() == options::OPT_UNKNOWN)
    return OptionFate::Drop;
  if (isOneOf(O, LanguageOptions) || isOneOf(O, LanguageFlags) || isOneOf(O, IncludeOptions) ||
      isMachineOption(O) || O.matches(options::OPT_O_Group))
    return OptionFate::Keep;
  if (O.matches(options::OPT_f_Group) && isMissedFlag(O))
    return OptionFate::Drop;
  if (isNeutral(O) || O.matches(options::OPT_f_Group) || O.matches(options::OPT_m_Group))
    return O.getID() == options::OPT_mllvm ? OptionFate::Drop : OptionFate::DropSilently;
  return OptionFate::Drop;
}
