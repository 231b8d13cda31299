#include "sarif/report/SarifUri.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace assay {

const char *nameOf(UriBase Base) {
  switch (Base) {
  case UriBase::Project:
    return "PROJECTROOT";
  case UriBase::Build:
    return "BUILD";
  case UriBase::System:
    return "SYSROOT";
  }
  return "PROJECTROOT";
}

const char *descriptionOf(UriBase Base) {
  switch (Base) {
  case UriBase::Project:
    return "The root of the analysed project.";
  case UriBase::Build:
    return "The folder of the compile database.";
  case UriBase::System:
    return "The root of the file system that the compiler read its headers from.";
  }
  return "";
}

/// RFC 3986: unreserved characters, and those reserved ones that mean nothing in a relative path. A
/// colon is encoded, since it would make a scheme of a first segment.
static bool standsInPath(char C) {
  return isAlnum(C) || StringRef("-._~/!$&'()*+,;=@").contains(C);
}

static std::string percentEncoded(StringRef Path) {
  std::string Out;
  for (char C : Path) {
    if (standsInPath(C)) {
      Out += C;
      continue;
    }
    auto Byte = static_cast<unsigned char>(C);
    Out += '%';
    Out += hexdigit(Byte >> 4);
    Out += hexdigit(Byte & 15);
  }
  return Out;
}

static std::string percentDecoded(StringRef Uri) {
  std::string Out;
  for (size_t I = 0; I < Uri.size(); ++I) {
    if (Uri[I] == '%' && I + 2 < Uri.size() && isHexDigit(Uri[I + 1]) && isHexDigit(Uri[I + 2])) {
      Out += static_cast<char>(hexFromNibbles(Uri[I + 1], Uri[I + 2]));
      I += 2;
      continue;
    }
    Out += Uri[I];
  }
  return Out;
}

std::string storedPathOf(StringRef BaseName, StringRef Uri) {
  const char *Before = BaseName == nameOf(UriBase::Build)    ? "<build>/"
                       : BaseName == nameOf(UriBase::System) ? "/"
                                                             : "";
  return Before + percentDecoded(Uri);
}

RelativeUri uriForStoredPath(StringRef Stored) {
  if (Stored.consume_front("<build>/"))
    return {UriBase::Build, percentEncoded(Stored)};
  if (Stored.starts_with("/"))
    return {UriBase::System, percentEncoded(Stored.ltrim('/'))};
  return {UriBase::Project, percentEncoded(Stored)};
}

std::optional<std::string> publicUri(StringRef Remote) {
  Remote = Remote.trim();
  auto [Scheme, Rest] = Remote.split("://");
  if (Rest.empty()) {
    // host:path or user@host:path, the short form of ssh; a slash before the colon makes it a path.
    auto [Host, Path] = Remote.split(':');
    if (Path.empty() || Host.empty() || Host.contains('/'))
      return std::nullopt;
    return "ssh://" + Host.substr(Host.rfind('@') + 1).str() + "/" +
           percentEncoded(Path.ltrim('/'));
  }
  if (Scheme.empty() || Scheme.equals_insensitive("file"))
    return std::nullopt;
  StringRef Authority = Rest.take_until([](char C) { return C == '/' || C == '?' || C == '#'; });
  StringRef Host = Authority.substr(Authority.rfind('@') + 1);
  StringRef Path =
      Rest.drop_front(Authority.size()).take_until([](char C) { return C == '?' || C == '#'; });
  return Scheme.lower() + "://" + Host.str() + percentEncoded(Path);
}

} // namespace assay
