// Calls by the class hierarchy, and what templates of system headers may call.
// RUN: cd %S && assay-program-dump classes.cpp | FileCheck %s
#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

struct Channel {
  virtual ~Channel() = default;
  virtual int send(int n) = 0;
  virtual int poll() { return 0; }
};
struct Serial : Channel {
  int send(int n) override { return n; }
};
struct Tls : Channel {
  explicit Tls(int bits) : Bits(bits) {}
  int send(int n) override { return n + Bits; }
  int poll() override { return 1; }
  int Bits;
};
// Only its declaration is there: nobody makes one.
struct Planned : Channel {
  Planned() = delete;
  int send(int n) override { return -n; }
};

struct Failure : std::runtime_error {
  Failure() : std::runtime_error("failed") {}
  const char *what() const noexcept override { return "Failure"; }
};
struct Descending {
  bool operator()(int a, int b) const { return a > b; }
  int other() const { return 1; }
};

// CHECK-DAG: call classes.cpp:[[#@LINE+1]] in use -> Serial::send Tls::send{{$}}
static int use(Channel &c) { return c.send(1) +
// CHECK-DAG: call classes.cpp:[[#@LINE+1]] in use -> Channel::poll Tls::poll{{$}}
                                    c.poll(); }

// CHECK-DAG: call classes.cpp:[[#@LINE+1]] in by_member -> Serial::send Tls::send{{$}}
static int by_member(Channel &c, int (Channel::*f)(int)) { return (c.*f)(2); }

static int worker(int n) { return n; }
static int listed(int n) { return n; }

int main() {
  Serial serial;
  Tls direct(4096);
  std::unique_ptr<Channel> made = std::make_unique<Tls>(512);
  std::vector<int> values{1, 2};
  Descending order;
  order(1, 2);
  order.other();
  std::sort(values.begin(), values.end(), order);
  std::thread thread(worker, 1);
  std::function<int(int)> f = listed;
  auto lambda = [&](int n) { values.push_back(n); };
  lambda(1);
  std::for_each(values.begin(), values.end(), lambda);
  thread.join();
  try {
    if (values.empty())
      throw Failure();
  } catch (const std::exception &e) {
    // The library has exceptions of its own.
    // CHECK-DAG: call classes.cpp:[[#@LINE+1]] in main -> std::exception::what std::runtime_error::what Failure::what and unknown
    return e.what()[0];
  }
  return use(serial) + use(*made) + use(direct) + by_member(serial, &Channel::send) + f(1);
}
// CHECK-DAG: function Tls::Tls: at classes.cpp:{{[0-9]+}} called by main and unknown
// CHECK-DAG: function Descending::operator(): at classes.cpp:{{[0-9]+}} called by main and unknown
// CHECK-DAG: function Descending::other: at classes.cpp:{{[0-9]+}} called by main{{$}}
// CHECK-DAG: function Failure::what: at classes.cpp:{{[0-9]+}} called by main and unknown
// What std::thread is handed may be called by it; std::function is a variable that holds it.
// CHECK-DAG: function worker: at classes.cpp:{{[0-9]+}} and unknown
// CHECK-DAG: function listed: at classes.cpp:{{[0-9]+}} called by main{{$}}
// CHECK-DAG: function {{.*}}(lambda)::operator(): at classes.cpp:{{[0-9]+}} called by main and unknown
// CHECK-DAG: function use: at classes.cpp:{{[0-9]+}} called by main{{$}}
