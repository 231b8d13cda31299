// Lists for objects of types that are not known, and friends that are templates: the unit is not lost.
// RUN: assay-summary-dump %s | FileCheck %s --implicit-check-not="lost "
void *operator new(__SIZE_TYPE__, void *) noexcept;
struct Missing;
template <class T> struct Box { T t; };
// CHECK: errors {{[1-9]}}
int a() { Missing m{1, 2}; return 1; }
int b() { Box<Missing> m{{1, 2}}; return 1; }
int c() { const auto x = {{1, 2}, {3}}; return 1; }
int d() { unknown::type<int> x{1, 2}; return 1; }
int e() { Missing m = {1, {2}}; return 1; }
int f() { Missing m[2] = {{1}, {2}}; return 1; }
int g() { auto l = [] { Missing m{{1}, 2}; return m; }; return 1; }
template <class T> int h() { T x{1, {2}}; return 1; }
int i() { return h<Missing>(); }
int j() { static Missing s{1}; return 1; }
struct S { Missing m{1, 2}; int n = 0; S() {} };
int k() { S s; return s.n; }
void *m(void *p) { return new (p) Missing{1, {2}}; }
void *n() { return new Missing{1, 2}; }
void *o() { return new Missing[2]{{1}, {2}}; }
struct Base { Base(int); };
struct Derived : Base { Derived(const char *T) : Base(T, unknown, 3) {} Derived() : Derived("x", "y") {} };
// CHECK-DAG: function Derived::Derived recovered
// CHECK-DAG: function m
// CHECK-DAG: function n
// CHECK-DAG: function o
// CHECK-DAG: function a recovered
// CHECK-DAG: function b recovered
// CHECK-DAG: function c recovered
// CHECK-DAG: function d recovered
// CHECK-DAG: function e recovered
// CHECK-DAG: function f recovered
// CHECK-DAG: function g
// CHECK-DAG: function i
// CHECK-DAG: function j recovered
// CHECK-DAG: function k

template <class T> struct Befriended {
  template <class U> friend struct Befriended;
  template <class U> friend int peek(const Befriended<U> &B) { return B.Value; }
  friend int own(const Befriended &B) { return B.Value; }
  int get() { return Value; }
private:
  T Value = 1;
};
Befriended<int> Instance;
Befriended<long> Other;
int l() { return Instance.get() + own(Instance); }
// CHECK-DAG: function Befriended::get
// CHECK-DAG: function own
// CHECK-DAG: function l ;
