#include "sarif/report/SarifUri.h"

#include "gtest/gtest.h"

using namespace assay;

static std::string uri(llvm::StringRef Stored) {
  RelativeUri U = uriForStoredPath(Stored);
  return std::string(nameOf(U.Base)) + " " + U.Uri;
}

TEST(SarifUri, NamesNoPlaceOfTheMachine) {
  EXPECT_EQ(uri("src/a.c"), "PROJECTROOT src/a.c");
  EXPECT_EQ(uri("<build>/gen/a.c"), "BUILD gen/a.c");
  EXPECT_EQ(uri("/usr/include/a.h"), "SYSROOT usr/include/a.h");
  EXPECT_EQ(uri("//usr//a.h"), "SYSROOT usr//a.h");
}

TEST(SarifUri, EncodesWhatAPathMayNotHold) {
  EXPECT_EQ(uri("a b#c?d%e.c"), "PROJECTROOT a%20b%23c%3Fd%25e.c");
  EXPECT_EQ(uri("c:x.c"), "PROJECTROOT c%3Ax.c");
  EXPECT_EQ(uri("gr\xc3\xb6\xff.c"), "PROJECTROOT gr%C3%B6%FF.c");
  EXPECT_EQ(uri("a+b@(1),2.c++"), "PROJECTROOT a+b@(1),2.c++");
}

static std::string shown(llvm::StringRef Remote) {
  return publicUri(Remote).value_or("none");
}

TEST(SarifUri, ShowsARepositoryWithoutCredentials) {
  EXPECT_EQ(shown("https://git.example.org/pump.git"), "https://git.example.org/pump.git");
  EXPECT_EQ(shown("https://me:pa@ss@git.example.org/pump.git"), "https://git.example.org/pump.git");
  EXPECT_EQ(shown("https://token@git.example.org"), "https://git.example.org");
  EXPECT_EQ(shown("https://git.example.org/p?private_token=s#x"), "https://git.example.org/p");
  EXPECT_EQ(shown("git@git.example.org:team/pump.git"), "ssh://git.example.org/team/pump.git");
  EXPECT_EQ(shown(" SSH://git@git.example.org:22/pump\n"), "ssh://git.example.org:22/pump");
}

TEST(SarifUri, ShowsNoFolderOfThisMachine) {
  for (const char *Remote :
       {"", "/srv/git/pump.git", "../pump", "file:///srv/git/pump.git", "./a:b", "pump"})
    EXPECT_EQ(shown(Remote), "none") << Remote;
}
