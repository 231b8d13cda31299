/// Plain data as bytes and back, for what the store keeps between runs: every field of a struct in
/// its order, without names.
///
/// It is no format for people, other versions or other machines: AnswerStore's header says whose
/// bytes they are. What is read may be damaged or hostile all the same: nothing is read behind the
/// end, and no count is believed that the bytes cannot hold.
#ifndef ASSAY_ANALYSIS_STORE_ARCHIVE_H
#define ASSAY_ANALYSIS_STORE_ARCHIVE_H

#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// In namespace assay: an object of this aggregate is these fields. One that is forgotten does not
/// compile, since a structured binding must name all; the names count for nothing.
#define ASSAY_FIELDS(Type, ...)                                                                    \
  template <class F> void visitFields(const Type &Visited, F &&Visitor) {                          \
    const auto &[__VA_ARGS__] = Visited;                                                           \
    Visitor(__VA_ARGS__);                                                                          \
  }                                                                                                \
  template <class F> void visitFields(Type &Visited, F &&Visitor) {                                \
    auto &[__VA_ARGS__] = Visited;                                                                 \
    Visitor(__VA_ARGS__);                                                                          \
  }

namespace assay {

class ArchiveWriter {
public:
  template <class T> void put(const T &X) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      raw(&X, sizeof(X));
    else
      one(X);
  }
  std::string take() { return std::move(Out); }

private:
  void raw(const void *Bytes, size_t Size) { Out.append(static_cast<const char *>(Bytes), Size); }
  void count(size_t N) { put(static_cast<uint32_t>(N)); }
  template <class List> void list(const List &Items) {
    count(Items.size());
    for (const auto &Item : Items)
      put(Item);
  }

  void one(const std::string &Text) {
    count(Text.size());
    raw(Text.data(), Text.size());
  }
  /// Names that many objects share are written once.
  void one(const std::shared_ptr<const std::string> &Text) {
    const auto [At, New] = Text
                               ? Shared.try_emplace(*Text, static_cast<uint32_t>(Shared.size() + 1))
                               : std::pair(Shared.end(), false);
    put(Text ? At->second : 0u);
    if (New)
      one(*Text);
  }
  template <size_t N> void one(const std::array<uint8_t, N> &Bytes) { raw(Bytes.data(), N); }
  template <class T> void one(const std::vector<T> &Items) { list(Items); }
  template <class T> void one(const std::set<T> &Items) { list(Items); }
  template <class K, class V> void one(const std::map<K, V> &Items) { list(Items); }
  template <class A, class B> void one(const std::pair<A, B> &Both) {
    put(Both.first);
    put(Both.second);
  }
  template <class T> void one(const std::optional<T> &Maybe) {
    put(Maybe.has_value());
    if (Maybe)
      put(*Maybe);
  }
  template <class... T> void one(const std::variant<T...> &Choice) {
    put(static_cast<uint8_t>(Choice.index()));
    std::visit([&](const auto &X) { put(X); }, Choice);
  }
  template <class T> void one(const T &Object) {
    visitFields(Object, [&](const auto &...Fields) { (put(Fields), ...); });
  }

  std::string Out;
  std::map<std::string, uint32_t> Shared;
};

class ArchiveReader {
public:
  explicit ArchiveReader(llvm::StringRef Bytes) : Rest(Bytes) {}

  template <class T> void get(T &X) {
    if constexpr (std::is_same_v<T, bool>)
      X = byte() != 0;
    else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      raw(&X, sizeof(X));
    else
      one(X);
  }
  /// Everything was there, and nothing else.
  bool isWhole() const { return Good && Rest.empty(); }

private:
  void raw(void *Bytes, size_t Size) {
    if (Rest.size() < Size)
      return fail();
    std::memcpy(Bytes, Rest.data(), Size);
    Rest = Rest.drop_front(Size);
  }
  void fail() {
    Good = false;
    Rest = {};
  }
  uint8_t byte() {
    uint8_t B = 0;
    raw(&B, 1);
    return B;
  }
  /// Of things of at least one byte each.
  uint32_t count() {
    uint32_t N = 0;
    get(N);
    if (N > Rest.size())
      fail();
    return Good ? N : 0;
  }

  void one(std::string &Text) {
    const uint32_t Size = count();
    Text.assign(Rest.data(), Size);
    Rest = Rest.drop_front(Size);
  }
  void one(std::shared_ptr<const std::string> &Text) {
    uint32_t Number = 0;
    get(Number);
    if (Number == Shared.size() + 1) {
      std::string New;
      one(New);
      Shared.push_back(std::make_shared<const std::string>(std::move(New)));
    }
    if (Number > Shared.size())
      return fail();
    Text = Number ? Shared[Number - 1] : nullptr;
  }
  template <size_t N> void one(std::array<uint8_t, N> &Bytes) { raw(Bytes.data(), N); }
  template <class T> void one(std::vector<T> &Items) {
    const uint32_t N = count();
    Items.clear();
    // Objects are larger than their bytes: memory grows with what has been read.
    Items.reserve(std::min<size_t>(N, 1024));
    for (uint32_t I = 0; I != N && Good; ++I)
      get(Items.emplace_back());
  }
  template <class T> void one(std::set<T> &Items) {
    Items.clear();
    for (uint32_t I = 0, N = count(); I != N && Good; ++I) {
      T Item;
      get(Item);
      Items.insert(Items.end(), std::move(Item));
    }
  }
  template <class K, class V> void one(std::map<K, V> &Items) {
    Items.clear();
    for (uint32_t I = 0, N = count(); I != N && Good; ++I) {
      std::pair<K, V> Item;
      get(Item);
      Items.insert(Items.end(), std::move(Item));
    }
  }
  template <class A, class B> void one(std::pair<A, B> &Both) {
    get(Both.first);
    get(Both.second);
  }
  template <class T> void one(std::optional<T> &Maybe) {
    Maybe.reset();
    if (byte() && Good)
      get(Maybe.emplace());
  }
  template <class... T> void one(std::variant<T...> &Choice) {
    const uint8_t Wanted = byte();
    if (Wanted >= sizeof...(T))
      return fail();
    choose<0>(Wanted, Choice);
  }
  template <size_t I, class... T> void choose(uint8_t Wanted, std::variant<T...> &Choice) {
    if constexpr (I < sizeof...(T)) {
      if (I == Wanted)
        get(Choice.template emplace<I>());
      else
        choose<I + 1>(Wanted, Choice);
    }
  }
  template <class T> void one(T &Object) {
    visitFields(Object, [&](auto &...Fields) { (get(Fields), ...); });
  }

  llvm::StringRef Rest;
  bool Good = true;
  std::vector<std::shared_ptr<const std::string>> Shared;
};

template <class T> std::string archived(const T &What) {
  ArchiveWriter Out;
  Out.put(What);
  return Out.take();
}

/// None: these bytes are no such object.
template <class T> std::optional<T> unarchived(llvm::StringRef Bytes) {
  std::optional<T> What(std::in_place);
  ArchiveReader In(Bytes);
  In.get(*What);
  if (!In.isWhole())
    What.reset();
  return What;
}

} // namespace assay

#endif
