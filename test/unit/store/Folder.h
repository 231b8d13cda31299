/// A folder of its own for each test, and small things to do to files.
#ifndef ASSAY_TEST_UNIT_STORE_FOLDER_H
#define ASSAY_TEST_UNIT_STORE_FOLDER_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace assay::test {

class Folder : public testing::Test {
protected:
  void SetUp() override { ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("assay-store", Made)); }
  void TearDown() override { llvm::sys::fs::remove_directories(Made); }

  std::string at(const std::string &Name) const { return (Made + "/" + Name).str(); }

  static void write(const std::string &Path, const std::string &Text) {
    std::ofstream(Path, std::ios::binary) << Text;
  }
  static std::string read(const std::string &Path) {
    auto File = llvm::MemoryBuffer::getFile(Path, false, false, /*IsVolatile=*/true);
    return File ? (*File)->getBuffer().str() : "";
  }
  /// Names of all files below the folder, ordered.
  std::vector<std::string> files() const {
    std::vector<std::string> Names;
    std::error_code Problem;
    for (llvm::sys::fs::recursive_directory_iterator I(Made, Problem), End; I != End;
         I.increment(Problem))
      if (!llvm::sys::fs::is_directory(I->path()))
        Names.push_back(llvm::sys::path::filename(I->path()).str());
    std::sort(Names.begin(), Names.end());
    return Names;
  }

  llvm::SmallString<128> Made;
};

} // namespace assay::test

#endif
