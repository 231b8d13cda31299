/* What your own functions mean to Assay, said where they are declared. Copy this file into your project.
 *
 *     ASSAY("role = 'update.activate', bind = { image = 0 }")
 *     int slot_activate(const struct image *img);
 *
 *     ASSAY("role = 'signature.verify', bind = { image = 0 }, success = '== 0'")
 *     int fw_verify(const struct image *img);
 *
 *     struct dose_state {
 *         ASSAY("role = 'setting.change'") bool limits_off;
 *     };
 *
 *     enum cipher { CIPHER_LEGACY ASSAY("is = { mode = 'ECB' }"), CIPHER_GCM };
 *
 * At a function the text is a [[function]] row of assay.toml without its name: `role`, `bind` (bind = argument, counted from
 * 0), `success` (the only results that mean success), `when`, `returns`; at a field a [[field]] row (`role`, `bind`, `when`);
 * at a variable or an enumerator a [[value]] row (`is`). Roles and their binds: policies/models/roles.toml. A row that cannot
 * be read is said in the report, with its place. For other compilers, and where ASSAY_OFF is defined, it is empty.
 */
#ifndef ASSAY_H
#define ASSAY_H

#if defined(__clang__) && !defined(ASSAY_OFF)
#define ASSAY(row) __attribute__((annotate("assay: " row)))
#else
#define ASSAY(row)
#endif

#endif
