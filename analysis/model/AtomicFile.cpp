#include "analysis/model/AtomicFile.h"

#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <unistd.h>

#include <cerrno>

using namespace llvm;

namespace assay {

static Error cannotWrite(StringRef Path, std::error_code Code) {
  StringRef Advice;
  if (Code == std::errc::no_such_file_or_directory || Code == std::errc::not_a_directory)
    Advice = "; the folder must exist";
  else if (Code == std::errc::permission_denied || Code == std::errc::read_only_file_system)
    Advice = "; name a place that you may write to";
  else if (Code == std::errc::no_space_on_device)
    Advice = "; what was there before is untouched";
  return createStringError(Code,
                           formatv("cannot write '{0}': {1}{2}", Path, Code.message(), Advice));
}

/// raw_fd_ostream ends the process when an error is left in it; an editor's server must not end.
static std::error_code writeAll(int Descriptor, StringRef Bytes) {
  while (!Bytes.empty()) {
    ssize_t Written = ::write(Descriptor, Bytes.data(), Bytes.size());
    if (Written < 0 && errno != EINTR)
      return errnoAsErrorCode();
    if (Written > 0)
      Bytes = Bytes.drop_front(static_cast<size_t>(Written));
  }
  return {};
}

static Error writeInPlace(StringRef Path, StringRef Bytes) {
  int Descriptor = -1;
  std::error_code Code =
      sys::fs::openFileForWrite(Path, Descriptor, sys::fs::CD_OpenExisting, sys::fs::OF_None);
  if (!Code) {
    Code = writeAll(Descriptor, Bytes);
    ::close(Descriptor);
  }
  return Code ? cannotWrite(Path, Code) : Error::success();
}

Error writeFileAtomically(StringRef Path, StringRef Bytes) {
  if (Path == "-") {
    std::error_code Code = writeAll(STDOUT_FILENO, Bytes);
    return Code ? cannotWrite("standard output", Code) : Error::success();
  }
  sys::fs::file_status Status;
  bool Exists = !sys::fs::status(Path, Status);
  if (Exists && Status.type() == sys::fs::file_type::directory_file)
    return cannotWrite(Path, std::make_error_code(std::errc::is_a_directory));
  if (Exists && Status.type() != sys::fs::file_type::regular_file)
    return writeInPlace(Path, Bytes);
  // A rename needs no right on the file that it replaces; whoever made it read-only meant it.
  if (Exists)
    if (std::error_code Code = sys::fs::access(Path, sys::fs::AccessMode::Write))
      return cannotWrite(Path, Code);

  SmallString<256> Target(Path);
  if (Exists)
    if (std::error_code Code = sys::fs::real_path(Path, Target))
      return cannotWrite(Path, Code);
  auto Temporary = sys::fs::TempFile::create(Target + ".%%%%%%%%.tmp");
  if (!Temporary)
    return cannotWrite(Path, errorToErrorCode(Temporary.takeError()));
  std::error_code Code = writeAll(Temporary->FD, Bytes);
  if (!Code && Exists)
    Code = sys::fs::setPermissions(Temporary->FD, Status.permissions());
  if (!Code)
    Code = errorToErrorCode(Temporary->keep(Target));
  if (!Code)
    return Error::success();
  consumeError(Temporary->discard());
  return cannotWrite(Path, Code);
}

} // namespace assay
