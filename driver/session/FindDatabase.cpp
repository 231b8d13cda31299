#include "driver/session/FindDatabase.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>

using namespace assay;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static constexpr unsigned Deepest = 3;
static constexpr size_t MostFolders = 4096; ///< of one level: a tree of data is no project

static std::string joined(llvm::StringRef Folder, llvm::StringRef Name) {
  llvm::SmallString<256> P(Folder);
  path::append(P, Name);
  return P.str().str();
}

static std::vector<std::string> foldersIn(const std::string &Folder) {
  std::vector<std::string> Found;
  std::error_code Code;
  for (fs::directory_iterator It(Folder, Code, /*follow_symlinks=*/false), End;
       It != End && !Code && Found.size() < MostFolders; It.increment(Code))
    if (It->type() == fs::file_type::directory_file && !path::filename(It->path()).starts_with("."))
      Found.push_back(It->path());
  std::sort(Found.begin(), Found.end());
  return Found;
}

std::vector<std::string> assay::databasesBelow(llvm::StringRef Folder) {
  std::vector<std::string> Found, Level = {Folder.str()};
  for (unsigned Depth = 0; Depth <= Deepest && !Level.empty(); ++Depth) {
    std::vector<std::string> Next;
    for (const std::string &Each : Level) {
      if (std::string File = joined(Each, "compile_commands.json"); fs::exists(File))
        Found.push_back(std::move(File));
      if (Depth != Deepest && Next.size() < MostFolders)
        for (std::string &Below : foldersIn(Each))
          Next.push_back(std::move(Below));
    }
    Level = std::move(Next);
  }
  return Found;
}

std::string assay::commandForDatabase(llvm::StringRef Folder) {
  struct Builder {
    const char *File, *Command;
  };
  static constexpr Builder Builders[] = {
      {"CMakeLists.txt", "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"},
      {"meson.build", "meson setup build"},
      {"west.yml", "west build -- -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"},
      {"platformio.ini", "pio run -t compiledb"},
      {"Kbuild", "make CC=clang compile_commands.json, or bear -- make"},
      {"configure", "./configure && bear -- make"},
      {"configure.ac", "autoreconf -i && ./configure && bear -- make"},
      {"Makefile", "bear -- make"},
      {"makefile", "bear -- make"},
      {"GNUmakefile", "bear -- make"},
      {"SConstruct", "bear -- scons"},
      {"BUILD.bazel", "bear -- bazel build //..."},
  };
  for (const Builder &B : Builders)
    if (fs::exists(joined(Folder, B.File)))
      return B.Command;
  return "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson setup build, or bear -- "
         "make";
}
