// An object of std::function is a variable: what it holds is stored in it, and called through it. What a closure has captured lies
// in it as its fields.
// RUN: assay-summary-dump %s -- -std=c++17 | FileCheck %s
#include <functional>
int listed(int n);
using held = std::function<int(int)>;
struct Limit {
  int least;
  int operator()(int n) const { return n - least; }
};

// CHECK-LABEL: function a_made ;
int a_made(int n, int (*given)(int)) {
  held f = listed;
  // CHECK: store f <- listed init aggregate ;
  f = given;
  // CHECK: [[G:%[0-9]+]] = load given ;
  // CHECK: store f <- [[G]] aggregate ;
  held g = std::move(f);
  // CHECK: [[F:%[0-9]+]] = load f aggregate ;
  // CHECK: store g <- [[F]] init aggregate ;
  g = nullptr;
  // CHECK: store g <- (null) aggregate ;
  held empty;
  // CHECK: store empty <- (null) init aggregate ;
  if (f)
    // CHECK: [[F:%[0-9]+]] = load f aggregate ;
    // CHECK: compare [[F]] ne (null) ;
    return f(n);
  // CHECK: [[F:%[0-9]+]] = load f aggregate ;
  // CHECK: [[N:%[0-9]+]] = load n ;
  // CHECK: call indirect [[F]](&f, [[N]]) type int (int) receiver held ;
  return g(n) + empty(n);
}

// CHECK-LABEL: function b_closures ;
int b_closures(int n) {
  held f = [&n](int m) { return n + m; };
  // CHECK: store f <- b_closures::(lambda)::operator() init aggregate ;
  // CHECK: store f.n <- &n init ref ;
  auto closure = [](int m) { return m; };
  // CHECK: store closure <- b_closures::(lambda)::operator() init aggregate ;
  f = closure;
  // CHECK: [[C:%[0-9]+]] = load closure aggregate ;
  // CHECK: store f <- [[C]] aggregate ;
  held g = Limit{n};
  // CHECK: store [[L:tmp[0-9]+]].least <-
  // CHECK: store g <- Limit::operator() init aggregate ;
  // CHECK: [[V:%[0-9]+]] = load [[L]].least ;
  // CHECK: store g.least <- [[V]]
  held unknown = std::bind(listed, 1);
  // CHECK: [[U:%[0-9]+]] = opaque unsupported ;
  // CHECK: store unknown <- [[U]] init aggregate ;
  return f(n) + g(n) + unknown(n);
}
