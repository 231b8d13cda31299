#include "test/unit/report/Samples.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"

namespace assay::sample {

SourceReader readerOf(const Sources &S) {
  return [&S](llvm::StringRef File) -> std::unique_ptr<llvm::MemoryBuffer> {
    auto It = S.find(File.str());
    if (It == S.end())
      return nullptr;
    return llvm::MemoryBuffer::getMemBuffer(It->second, File, /*RequiresNullTerminator=*/false);
  };
}

static Artifact artifact(const std::string &File, const std::string &Text) {
  auto Digest = llvm::BLAKE3::hash(llvm::arrayRefFromStringRef(Text));
  return {File, llvm::toHex(Digest, true), Text.size()};
}

static const char *Telemetry = R"(#include "config.h"
#include <openssl/ssl.h>

/* Verbindungsaufbau: prüft das Zertifikat */
int telemetry_connect(SSL_CTX *ctx)
{
	SSL_CTX_set_verify(ctx, VERIFY, NULL); /* größer als nötig */
	return tls_apply(ctx, cipher_for("pump"));
}
)";

static const char *Config = R"(#ifndef CONFIG_H
#define CONFIG_H
#define VERIFY SSL_VERIFY_NONE
#define CIPHER "des-ede3-cbc"
#endif
)";

static const char *Cipher = R"(#include "config.h"

const EVP_CIPHER *cipher_for(const char *device)
{
    return EVP_get_cipherbyname(CIPHER);
}

int tls_apply(SSL_CTX *ctx, const EVP_CIPHER *cipher)
{
    return EVP_EncryptInit_ex(ctx->cipher, cipher, NULL, ctx->key, ctx->iv);
}
)";

static Rule rule(const char *Id, const char *Title, Severity Sev, Level Lvl, const char *Family,
                 std::vector<unsigned> Cwe, std::vector<Rule::Clause> Clauses) {
  Rule R;
  R.Id = Id;
  R.Title = Title;
  R.Sev = Sev;
  R.Lvl = Lvl;
  R.Family = Family;
  R.Since = "0.1";
  R.ShortHelp = std::string(Title) + ". What it means in one paragraph, with `code`.";
  R.HelpMarkdown = "## What\n" + R.ShortHelp + "\n## Bad\n```c\nf(1); // finding\n```\n";
  R.Cwe = std::move(Cwe);
  R.Clauses = std::move(Clauses);
  return R;
}

static std::vector<Rule> rules() {
  Rule::Clause Cr43, Cr31, Sw;
  Cr43.Standard = Cr31.Standard = "62443-4-2";
  Cr43.Id = "CR 4.3";
  Cr43.Title = "Use of cryptography";
  Cr43.Basis = "published";
  Cr43.Confidence = "verified";
  Cr31.Id = "CR 3.1";
  Cr31.Title = "Communication integrity";
  Sw.Standard = "81001-5-1";
  Sw.Id = "5.5.1";
  return {
      rule("build/hardening-off", "Hardening flags are missing", Severity::Medium, Level::Warning,
           "build-hardening", {693}, {Sw}),
      rule("crypto/broken-cipher", "Broken or outdated cipher", Severity::High, Level::Error,
           "crypto-strength", {327}, {Cr43, Sw}),
      rule("crypto/few-iterations", "Too few rounds of a key derivation", Severity::Medium,
           Level::Warning, "crypto-strength", {916}, {Cr43}),
      rule("crypto/weak-random", "Weak random source for a secret", Severity::High, Level::Error,
           "random", {338, 330}, {Cr43}),
      rule("tls/certificate-check-off", "Certificate check switched off", Severity::Critical,
           Level::Error, "transport", {295}, {Cr31, Cr43}),
      rule("tls/old-version", "Outdated TLS version allowed", Severity::Low, Level::Note,
           "transport", {}, {}),
  };
}

static Finding certificateFinding() {
  Finding F;
  F.Check = "tls/certificate-check-off";
  F.Sev = Severity::Critical;
  F.Lvl = Level::Error;
  F.At = {"pump/telemetry.c", 7, 2, ""};
  F.Function = "telemetry_connect";
  F.EntityName = "c:@F@telemetry_connect";
  F.Message = "certificate check is switched off: 'mode' is SSL_VERIFY_NONE";
  F.Path = {{{"pump/config.h", 3, 16, "VERIFY"}, "", "'VERIFY' is SSL_VERIFY_NONE"},
            {{"pump/telemetry.c", 7, 26, "VERIFY"},
             "telemetry_connect",
             "passed as 'mode' to SSL_CTX_set_verify()"}};
  F.SiteKey = "tls.verify-mode SSL_CTX_set_verify mode SSL_VERIFY_NONE";
  F.Fingerprint = "5f0c3b8a77e1d2946b0a";
  return F;
}

static Finding cipherFinding() {
  Finding F;
  F.Check = "crypto/broken-cipher";
  F.Sev = Severity::High;
  F.Lvl = Level::Error;
  F.At = {"pump/cipher.c", 10, 12, ""};
  F.Function = "tls_apply";
  F.EntityName = "c:@F@tls_apply";
  F.Message = "\"des-ede3-cbc\" is 3DES, whose 64-bit blocks can be attacked";
  F.Path = {
      {{"pump/config.h", 4, 16, "CIPHER"}, "", "'CIPHER' is \"des-ede3-cbc\""},
      {{"pump/cipher.c", 5, 33, "CIPHER"}, "cipher_for", "looked up by EVP_get_cipherbyname()"},
      {{"pump/cipher.c", 5, 5, ""}, "cipher_for", "returned from cipher_for()"},
      {{"pump/telemetry.c", 8, 24, ""}, "telemetry_connect", "passed as 'cipher' to tls_apply()"},
      {{"pump/cipher.c", 10, 12, ""}, "tls_apply", "used as 'cipher' of EVP_EncryptInit_ex()"}};
  F.Related = {{{"pump/bolus.c", 44, 9, ""}, "bolus_seal", "the other caller of tls_apply()"}};
  F.SiteKey = "cipher.setup EVP_EncryptInit_ex cipher des-ede3-cbc";
  F.Fingerprint = "a10b22c33d44e55f6677";
  return F;
}

static Finding hardeningFinding() {
  Finding F;
  F.Check = "build/hardening-off";
  F.Lvl = Level::Warning;
  F.At = {"pump/telemetry.c", 0, 0, ""};
  F.Message = "3 units are built without -fstack-protector-strong";
  F.Related = {{{"pump/telemetry.c", 0, 0, ""}, "", "this unit"},
               {{"pump/cipher.c", 0, 0, ""}, "", "this unit"},
               {{"<build>/generated/version.c", 0, 0, ""}, "", "this unit"}};
  F.SiteKey = "build -fstack-protector-strong";
  F.Fingerprint = "00ff00ff00ff00ff00ff";
  return F;
}

static std::vector<Site> sites() {
  return {
      {"crypto/broken-cipher",
       "cipher.setup",
       {"pump/bolus.c", 44, 9, ""},
       "bolus_seal",
       Verdict::Pass,
       "'cipher' is EVP_aes_256_gcm()"},
      {"crypto/broken-cipher",
       "cipher.setup",
       {"pump/cipher.c", 10, 12, ""},
       "tls_apply",
       Verdict::Fail,
       "'cipher' is 3DES"},
      {"crypto/few-iterations",
       "kdf.derive",
       {"pump/login.cpp", 31, 14, ""},
       "Login::derive",
       Verdict::Unproven,
       "'iterations' comes from settings_get(), which has no body here"},
      {"crypto/weak-random",
       "random.weak",
       {"/usr/include/x86_64-linux-gnu/bits/stdlib.h", 12, 1, ""},
       "",
       Verdict::NotApplicable,
       "in a system header"},
      {"tls/certificate-check-off",
       "tls.verify-mode",
       {"pump/telemetry.c", 7, 2, ""},
       "telemetry_connect",
       Verdict::Fail,
       "'mode' is SSL_VERIFY_NONE"},
  };
}

static Coverage coverage() {
  using State = UnitCoverage::State;
  Coverage C;
  C.Units = {
      {"<build>/generated/version.c", State::Whole, true, 1, 0, 0, "", {}},
      {"pump/bolus.c", State::TimedOut, false, 0, 0, 0, "no result after 300 s", {}},
      {"pump/cipher.c", State::Whole, false, 2, 0, 0, "", {}},
      {"pump/hal/adc.c",
       State::Failed,
       false,
       0,
       0,
       1,
       "'board.h' file not found",
       {"pump/hal/adc.c", 3, 10, ""}},
      {"pump/login.cpp",
       State::WithErrors,
       false,
       12,
       2,
       3,
       "unknown type name 'uint128_t'",
       {"pump/login.cpp", 18, 5, ""}},
      {"pump/telemetry.c", State::Whole, true, 1, 0, 0, "", {}},
  };
  C.Functions = 16;
  C.LostFunctions = 2;
  C.RecoveredFunctions = 3;
  C.DirectCalls = 3120;
  C.ResolvedIndirectCalls = 41;
  C.UnresolvedIndirectCalls = 3;
  C.UnmodelledExternalFunctions = 57;
  C.Collisions = {"log_line: defined in pump/bolus.c and in pump/telemetry.c"};
  return C;
}

static std::vector<CheckVerdict> verdicts() {
  return {{"build/hardening-off", Verdict::Fail, 3, 3, 0, 0, ""},
          {"crypto/broken-cipher", Verdict::Fail, 1, 1, 0, 0, ""},
          {"crypto/few-iterations", Verdict::Unproven, 0, 0, 1, 0,
           "1 of 1 places could not be decided"},
          {"crypto/weak-random", Verdict::NotApplicable, 0, 0, 0, 1, "random.weak occurs nowhere"},
          {"tls/certificate-check-off", Verdict::Fail, 0, 1, 0, 0, ""},
          {"tls/old-version", Verdict::Pass, 0, 0, 0, 0, ""}};
}

Sample pump() {
  Sample S{"pump", {}, {}};
  S.Files = {{"pump/telemetry.c", Telemetry}, {"pump/config.h", Config}, {"pump/cipher.c", Cipher}};
  Report &R = S.Result;
  R.Profile = "medical-device";
  R.ToolVersion = "0.1.0";
  R.Rules = rules();
  R.Verdicts = verdicts();
  R.Findings = {cipherFinding(), hardeningFinding(), certificateFinding()};
  R.Sites = sites();
  R.Cover = coverage();
  for (const auto &[File, Text] : S.Files)
    R.Artifacts.push_back(artifact(File, Text));
  R.Notes = {{Level::Warning, "argument '-fmystery' is unknown and was dropped", {}, true},
             {Level::Note, "store entry 3f is damaged; the unit was read again", {}, false},
             {Level::Note,
              "annotation names the unknown role 'audit.recrod'",
              {"pump/bolus.c", 9, 1, ""},
              true}};
  R.GateResult = {Gate::Outcome::FindingsFail, "2 findings at level error"};
  return S;
}

Sample empty() {
  Sample S{"empty", {}, {}};
  S.Result.ToolVersion = "0.1.0";
  S.Result.GateResult = {Gate::Outcome::CoverageFails, "no unit was analysed"};
  return S;
}

Sample hostile() {
  Sample S = pump();
  S.Name = "hostile";
  std::string Odd = "src/Größe \xff%20 [a](1) {0}\x1b[31m#?.c";
  std::string Line(3000, 'x');
  S.Files[Odd] = "\xef\xbb\xbfint a;\r\nchar *s = \"\xf0\x9f\x92\x89 \xc3\x28\x1b[2J\"; \t" + Line +
                 " 漢字 f(" + Line + ");\rlast";
  Finding F = certificateFinding();
  F.Message = "odd \xff\xfe text\x1b[2J [link](1) {0} %s <script> \xe2\x80\xae"
              "abc";
  F.Function = "ns::operator\"\" _x\xc0";
  F.Fingerprint = "deadbeef";
  F.At = {Odd, 2, 15, "M\x07"};
  F.Path = {{{Odd, 2, 3037, ""}, "", "far to the right"},
            {{Odd, 2, 65535, ""}, "", "further right than can be kept"},
            {{Odd, 99, 7, ""}, "", "a line that is not there"},
            {{"/usr/include/c++/12/bits/std x.h", 3, 1, ""}, "", "in a system header"},
            {{"", 0, 0, ""}, "", "no place"},
            {{Odd, 3, 1, ""}, "", "after a lone carriage return"}};
  S.Result.Findings.push_back(F);
  F.Check = "project/not-a-known-rule";
  F.Fingerprint = "deadbee0";
  F.At = {};
  F.Path.clear();
  F.Lvl = Level::None;
  S.Result.Findings.push_back(F);
  S.Result.Notes.push_back(
      {Level::Error, "note \x80 with \x1b]0;title\x07", {Odd, 1, 1, ""}, true});
  // What was read is not what is on the disk now.
  S.Files["pump/config.h"] += "/* edited */\n";
  return S;
}

Sample large(unsigned Count) {
  Sample S = pump();
  S.Name = "large";
  Finding F = certificateFinding();
  F.Path.assign(Count, F.Path.front());
  F.Related.assign(Count, F.Path.front());
  S.Result.Findings = {F};
  for (unsigned I = 1; I < Count; ++I) {
    Finding Each = hardeningFinding();
    Each.Sev = static_cast<Severity>(I % 4);
    Each.Fingerprint = llvm::utohexstr(I);
    Each.Message = "finding " + std::to_string(I);
    S.Result.Findings.push_back(Each);
  }
  for (unsigned Id = 1; Id < 60; ++Id)
    S.Result.Rules.front().Cwe.push_back(Id);
  return S;
}

std::vector<Sample> all() {
  return {pump(), empty(), hostile(), large(300)};
}

} // namespace assay::sample
