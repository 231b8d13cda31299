#include "analysis/extract/CompilationDatabase.h"

#include "analysis/extract/ShellWords.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <tuple>

using namespace assay;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace json = llvm::json;

namespace {

template <class... Ts> Error failure(const char *Format, Ts &&...Values) {
  return llvm::createStringError(llvm::formatv(Format, std::forward<Ts>(Values)...).str());
}

/// Reads one entry after another. An entry is named by its number, from 1, and by the line it
/// starts on.
class DatabaseReader {
public:
  DatabaseReader(StringRef Path, StringRef Text) : Path(Path), Text(Text) {}
  Expected<std::vector<CompileCommand>> read();

private:
  Expected<CompileCommand> entry(const json::Value &Value, size_t Number);
  Expected<std::string> string(const json::Object &Entry, size_t Number, StringRef Key);
  Expected<std::vector<std::string>> arguments(const json::Object &Entry, size_t Number);
  Error wrongType(size_t Number, StringRef Key, StringRef Expected, const json::Value &Found) const;
  std::string where(size_t Number) const {
    return llvm::formatv("{0}:{1}: entry {2}", Path, lineOf(Number), Number);
  }
  void findEntries();
  unsigned lineOf(size_t Number) const { return Number <= Lines.size() ? Lines[Number - 1] : 1; }

  StringRef Path, Text;
  std::vector<unsigned> Lines; ///< line of each entry's opening brace
};

} // namespace

static StringRef kindOf(const json::Value &Value) {
  switch (Value.kind()) {
  case json::Value::Null:
    return "null";
  case json::Value::Boolean:
    return "a boolean";
  case json::Value::Number:
    return "a number";
  case json::Value::String:
    return "a string";
  case json::Value::Array:
    return "an array";
  case json::Value::Object:
    return "an object";
  }
  return "something else";
}

/// llvm::json keeps no places. In a text that it accepted, each entry of the outer array starts at
/// depth 1.
void DatabaseReader::findEntries() {
  unsigned Line = 1, Depth = 0;
  bool InString = false, Expecting = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    const char C = Text[I];
    Line += C == '\n';
    if (InString) {
      I += C == '\\';
      InString = C != '"';
      continue;
    }
    if (C == ' ' || C == '\t' || C == '\r' || C == '\n')
      continue;
    if (Depth == 1 && Expecting && C != ']')
      Lines.push_back(Line);
    Expecting = (Depth == 0 && C == '[') || (Depth == 1 && C == ',');
    InString = C == '"';
    Depth += C == '[' || C == '{';
    Depth -= C == ']' || C == '}';
  }
}

Error DatabaseReader::wrongType(size_t Number, StringRef Key, StringRef Expected,
                                const json::Value &Found) const {
  return failure("{0}: '{1}' is {2}; expected {3}", where(Number), Key, kindOf(Found), Expected);
}

Expected<std::string> DatabaseReader::string(const json::Object &Entry, size_t Number,
                                             StringRef Key) {
  const json::Value *Value = Entry.get(Key);
  if (!Value)
    return failure("{0}: '{1}' is missing; expected a string", where(Number), Key);
  const auto Text = Value->getAsString();
  if (!Text)
    return wrongType(Number, Key, "a string", *Value);
  if (Text->empty())
    return failure("{0}: '{1}' is empty; expected a path", where(Number), Key);
  return Text->str();
}

Expected<std::vector<std::string>> DatabaseReader::arguments(const json::Object &Entry,
                                                             size_t Number) {
  std::vector<std::string> Arguments;
  if (const json::Value *Value = Entry.get("arguments")) {
    const json::Array *List = Value->getAsArray();
    if (!List)
      return wrongType(Number, "arguments", "an array of strings", *Value);
    for (const json::Value &Each : *List) {
      const auto Text = Each.getAsString();
      if (!Text)
        return wrongType(Number, "arguments", "an array of strings only, but one", Each);
      Arguments.push_back(Text->str());
    }
  } else if (const json::Value *Command = Entry.get("command")) {
    const auto Text = Command->getAsString();
    if (!Text)
      return wrongType(Number, "command", "a string", *Command);
    Arguments = splitWords(*Text);
  } else {
    return failure(
        "{0}: neither 'arguments' nor 'command'; one of them must say how the file is compiled",
        where(Number));
  }
  if (Arguments.empty())
    return failure("{0}: the compile command is empty", where(Number));
  return Arguments;
}

Expected<CompileCommand> DatabaseReader::entry(const json::Value &Value, size_t Number) {
  const json::Object *Entry = Value.getAsObject();
  if (!Entry)
    return failure("{0} is {1}; expected an object", where(Number), kindOf(Value));
  auto Directory = string(*Entry, Number, "directory");
  if (!Directory)
    return Directory.takeError();
  auto File = string(*Entry, Number, "file");
  if (!File)
    return File.takeError();
  auto Arguments = arguments(*Entry, Number);
  if (!Arguments)
    return Arguments.takeError();
  llvm::SmallString<256> Absolute(*Directory), Base(Path);
  llvm::sys::fs::make_absolute(Base);
  llvm::sys::fs::make_absolute(llvm::sys::path::parent_path(Base), Absolute);
  llvm::sys::path::remove_dots(Absolute);
  return CompileCommand{std::string(Absolute), std::move(*File), std::move(*Arguments),
                        lineOf(Number),        nullptr,          ""};
}

Expected<std::vector<CompileCommand>> DatabaseReader::read() {
  if (Text.trim().empty())
    return failure("{0}: the compile database is empty; expected a JSON array of compile commands",
                   Path);
  auto Parsed = json::parse(Text);
  if (!Parsed)
    return failure("{0}: not a JSON document: {1}; was it cut short?", Path,
                   llvm::toString(Parsed.takeError()));
  const json::Array *Entries = Parsed->getAsArray();
  if (!Entries)
    return failure("{0}: the compile database is {1}; expected a JSON array of compile commands",
                   Path, kindOf(*Parsed));
  if (Entries->empty())
    return failure(
        "{0}: the compile database has no entries; build with it switched on, then run again",
        Path);
  findEntries();
  std::vector<CompileCommand> Commands;
  for (size_t I = 0; I != Entries->size(); ++I) {
    auto Command = entry((*Entries)[I], I + 1);
    if (!Command)
      return Command.takeError();
    Commands.push_back(std::move(*Command));
  }
  return Commands;
}

std::string assay::absoluteFile(const CompileCommand &Command) {
  llvm::SmallString<256> File(Command.File);
  llvm::sys::fs::make_absolute(Command.Directory, File);
  return std::string(File);
}

Expected<std::vector<CompileCommand>> assay::loadCompilationDatabase(StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return failure("{0}: cannot read the compile database: {1}", Path, Buffer.getError().message());
  auto Commands = DatabaseReader(Path, (*Buffer)->getBuffer()).read();
  if (!Commands)
    return Commands.takeError();
  // The line breaks ties only between equal commands, of which the first in the file stays.
  const auto Key = [](const CompileCommand &C) {
    return std::tie(C.File, C.Directory, C.Arguments, C.Line);
  };
  std::sort(Commands->begin(), Commands->end(),
            [&](const CompileCommand &A, const CompileCommand &B) { return Key(A) < Key(B); });
  Commands->erase(std::unique(Commands->begin(), Commands->end()), Commands->end());
  return Commands;
}
