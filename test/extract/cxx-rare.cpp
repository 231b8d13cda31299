// Rarer forms: function try blocks, conditional temporaries, virtual bases, inherited constructors, coroutines, casts in
// conditions, goto over scopes.
// RUN: assay-summary-dump %s -- -std=c++20 | FileCheck %s
#include <compare>
#include <coroutine>
struct R {
  R(int = 0);
  R(const R &);
  ~R();
  bool ok() const;
  int v;
};
struct Base {
  Base(int a, int b);
  R member;
};
struct Derived : Base {
  using Base::Base;
  int own = 2;
};
struct Virtual : virtual Base {
  Virtual() : Base(1, 2) {}
};
struct Version {
  int major, minor;
  auto operator<=>(const Version &) const = default;
  bool operator==(const Version &) const = default;
};
struct Paren {
  int a;
  R r;
};
struct Bits {
  unsigned low : 3;
  unsigned : 5;
  unsigned high : 8;
};
union U {
  int n;
  char c[4];
};
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(int) {}
    void unhandled_exception() {}
  };
};
int use(const R &);
R make(int);

// CHECK-LABEL: function a_conditional_temporary ;
int a_conditional_temporary(bool c) { return c ? use(R(1)) : use(R(2)); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = load c ;
// CHECK-NEXT: branch %0 ;
// CHECK-NEXT: -> 2 3
// CHECK-NEXT: block 2:
// CHECK-NEXT: %2 = call constructor R::R(&tmp0, (1)) receiver ;
// CHECK-NEXT: %3 = call use(&tmp0) ;
// CHECK-NEXT: -> 4
// CHECK-NEXT: block 3:
// CHECK-NEXT: %4 = call constructor R::R(&tmp1, (2)) receiver ;
// CHECK-NEXT: %5 = call use(&tmp1) ;
// CHECK-NEXT: -> 4
// CHECK-NEXT: block 4:
// CHECK-NEXT: %6 = select %0 ? %3 : %5 ;
// CHECK-NEXT: -> 5 6
// CHECK-NEXT: block 5:
// CHECK-NEXT: %7 = call destructor R::~R(&tmp1) receiver implicit ;
// CHECK-NEXT: -> 7
// CHECK-NEXT: block 6:
// CHECK-NEXT: %8 = call destructor R::~R(&tmp0) receiver implicit ;
// CHECK-NEXT: -> 7
// CHECK-NEXT: block 7:
// CHECK-NEXT: return %6 ;
// CHECK-NEXT: -> 8
// CHECK-NEXT: block 8:
// CHECK-LABEL: function b_short_circuit ;
bool b_short_circuit(int x) { return x && make(x).ok(); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = load x ;
// CHECK-NEXT: %1 = copy %0 bool 8 ;
// CHECK-NEXT: branch %1 ;
// CHECK-NEXT: -> 2 3
// CHECK-NEXT: block 2:
// CHECK-NEXT: %3 = load x ;
// CHECK-NEXT: %4 = call make(%3) ;
// CHECK-NEXT: store tmp0 <- %4 init aggregate ;
// CHECK-NEXT: %6 = call R::ok(&tmp0) receiver ;
// CHECK-NEXT: -> 3
// CHECK-NEXT: block 3:
// CHECK-NEXT: %7 = derive logicaland %1, %6 ;
// CHECK-NEXT: -> 4 5
// CHECK-NEXT: block 4:
// CHECK-NEXT: %8 = call destructor R::~R(&tmp0) receiver implicit ;
// CHECK-NEXT: -> 5
// CHECK-NEXT: block 5:
// CHECK-NEXT: return %7 ;
// CHECK-NEXT: -> 6
// CHECK-NEXT: block 6:
// CHECK-LABEL: function c_inherited ;
Derived c_inherited() { return Derived(3, 4); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = call constructor Derived::Derived(&tmp0, (3), (4)) receiver implicit ;
// CHECK-NEXT: %1 = load tmp0 aggregate ;
// CHECK-NEXT: return %1 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:
// CHECK-LABEL: function d_spaceship ;
bool d_spaceship(const Version &a, const Version &b) { return a < b && a != b; }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = call Version::operator<=>(&a.*, &b.*) receiver ;
// CHECK-NEXT: %1 = call constructor std::__cmp_cat::__unspec::__unspec(&tmp0, (null)) receiver ;
// CHECK-NEXT: %2 = load tmp0 aggregate ;
// CHECK-NEXT: %3 = call std::operator<(%0, %2) ;
// CHECK-NEXT: branch %3 ;
// CHECK-NEXT: -> 2 3
// CHECK-NEXT: block 2:
// CHECK-NEXT: %5 = call Version::operator==(&a.*, &b.*) receiver ;
// CHECK-NEXT: %6 = derive not %5 ;
// CHECK-NEXT: -> 3
// CHECK-NEXT: block 3:
// CHECK-NEXT: %7 = derive logicaland %3, %6 ;
// CHECK-NEXT: return %7 ;
// CHECK-NEXT: -> 4
// CHECK-NEXT: block 4:
// CHECK-LABEL: function e_paren ;
Paren e_paren() { return Paren(1, R(2)); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = call constructor R::R(&tmp0, (2)) receiver ;
// CHECK-NEXT: store tmp1 <- (zero) init ;
// CHECK-NEXT: store tmp1.a <- (1) init ;
// CHECK-NEXT: %3 = load tmp0 aggregate ;
// CHECK-NEXT: store tmp1.r <- %3 init aggregate ;
// CHECK-NEXT: %5 = call destructor R::~R(&tmp0) receiver implicit ;
// CHECK-NEXT: %6 = load tmp1 aggregate ;
// CHECK-NEXT: return %6 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:

// CHECK-LABEL: function f_bits ;
int f_bits(Bits b, U u) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  b.low = 5;
  // CHECK-NEXT: store b.low <- (5) ;
  b.high += 2;
  // CHECK-NEXT: %1 = load b.high ;
  // CHECK-NEXT: %2 = copy %1 integral 32 ;
  // CHECK-NEXT: %3 = derive add %2, (2) ;
  // CHECK-NEXT: %4 = copy %3 integral 32 ;
  // CHECK-NEXT: %5 = copy %4 integral 8 ;
  // CHECK-NEXT: store b.high <- %5 ;
  Bits other = {1, 2};
  // CHECK-NEXT: store other.low <- (1) init ;
  // CHECK-NEXT: store other.high <- (2) init ;
  u = {.c = {'a', 'b'}};
  // CHECK-NEXT: store tmp2 <- (zero) init ;
  // CHECK-NEXT: store tmp2.c <- (bytes 4x8 61620000) init aggregate ;
  // CHECK-NEXT: %11 = load tmp2 aggregate ;
  // CHECK-NEXT: store u <- %11 aggregate ;
  U *p = &u;
  // CHECK-NEXT: store p <- &u init ;
  return b.low + p->n + other.high;
  // CHECK-NEXT: %14 = load b.low ;
  // CHECK-NEXT: %15 = copy %14 integral 32 ;
  // CHECK-NEXT: %16 = load p.*.n ;
  // CHECK-NEXT: %17 = derive add %15, %16 ;
  // CHECK-NEXT: %18 = load other.high ;
  // CHECK-NEXT: %19 = copy %18 integral 32 ;
  // CHECK-NEXT: %20 = derive add %17, %19 ;
  // CHECK-NEXT: scope-end p ;
  // CHECK-NEXT: scope-end other ;
  // CHECK-NEXT: return %20 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}

// CHECK-LABEL: function g_goto ;
int g_goto(int n) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
again:
  R r(n);
  // CHECK-NEXT: %0 = load n ;
  // CHECK-NEXT: %1 = call constructor R::R(&r, %0) receiver ;
  if (n-- > 3)
  // CHECK-NEXT: %2 = load n ;
  // CHECK-NEXT: %3 = derive sub %2, (1) ;
  // CHECK-NEXT: store n <- %3 ;
  // CHECK-NEXT: %5 = compare %2 gt (3) ;
  // CHECK-NEXT: branch %5 ;
  // CHECK-NEXT: -> 2 4
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: -> 3
  // CHECK-NEXT: block 3:
    goto again;
    // CHECK-NEXT: %7 = call destructor R::~R(&r) receiver implicit ;
    // CHECK-NEXT: scope-end r ;
    // CHECK-NEXT: -> 1
    // CHECK-NEXT: block 4:
  return r.v;
  // CHECK-NEXT: %9 = load r.v ;
  // CHECK-NEXT: %10 = call destructor R::~R(&r) receiver implicit ;
  // CHECK-NEXT: scope-end r ;
  // CHECK-NEXT: return %9 ;
  // CHECK-NEXT: -> 5
  // CHECK-NEXT: block 5:
}

// CHECK-LABEL: function h_function_try ;
int h_function_try(int n) try {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  return use(R(n));
  // CHECK-NEXT: %0 = load n ;
  // CHECK-NEXT: %1 = call constructor R::R(&tmp0, %0) receiver ;
  // CHECK-NEXT: -> 2 4
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: %2 = call use(&tmp0) ;
  // CHECK-NEXT: -> 3 4
  // CHECK-NEXT: block 3:
  // CHECK-NEXT: %3 = call destructor R::~R(&tmp0) receiver implicit ;
  // CHECK-NEXT: return %2 ;
  // CHECK-NEXT: -> 6
  // CHECK-NEXT: block 4:
  // CHECK-NEXT: -> 5
  // CHECK-NEXT: block 5:
} catch (...) {
  return -1;
  // CHECK-NEXT: return (-1) ;
  // CHECK-NEXT: -> 6
  // CHECK-NEXT: block 6:
}

// CHECK-LABEL: function i_vla ;
int i_vla(int n) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  int a[n + 1];
  // CHECK-NEXT: %0 = load n ;
  // CHECK-NEXT: %1 = derive add %0, (1) ;
  // CHECK-NEXT: store a <- (uninitialised) init aggregate ;
  a[n] = 2;
  // CHECK-NEXT: store a[?] <- (2) ;
  return sizeof(a) + a[0];
  // CHECK-NEXT: %4 = opaque unsupported ;
  // CHECK-NEXT: %5 = load a[0] ;
  // CHECK-NEXT: %6 = copy %5 integral 64 ;
  // CHECK-NEXT: %7 = derive add %4, %6 ;
  // CHECK-NEXT: %8 = copy %7 integral 32 ;
  // CHECK-NEXT: scope-end a ;
  // CHECK-NEXT: return %8 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}

// CHECK-LABEL: function j_coroutine ;
Task j_coroutine(int n) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  co_await std::suspend_never{};
  // CHECK-NEXT: %0 = call std::suspend_never::await_ready(&tmp0) receiver unused ;
  // CHECK-NEXT: %1 = call __builtin_coro_frame() ;
  // CHECK-NEXT: %2 = call std::coroutine_handle::from_address(%1) ;
  // CHECK-NEXT: store tmp1 <- %2 init aggregate ;
  // CHECK-NEXT: %4 = call std::coroutine_handle::operator coroutine_handle(&tmp1) receiver ;
  // CHECK-NEXT: %5 = call std::suspend_never::await_suspend(&tmp0, %4) receiver ;
  // CHECK-NEXT: %6 = call std::suspend_never::await_resume(&tmp0) receiver ;
  // CHECK-NEXT: %7 = opaque coroutine ;
  co_return n;
  // CHECK-NEXT: %8 = load n ;
  // CHECK-NEXT: %9 = call Task::promise_type::return_value(&__promise, %8) receiver ;
  // CHECK-NEXT: %10 = opaque coroutine ;
  // CHECK-NEXT: return %10 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}

// CHECK-LABEL: function k_if_constexpr ;
template <int N> int k_if_constexpr() {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  if constexpr (N > 2)
  // CHECK-NEXT: branch (0 'N > 2') ;
  // CHECK-NEXT: -> never 2
  // CHECK-NEXT: block 2:
    return use(R(N));
  else
    return N;
    // CHECK-NEXT: return (1) ;
    // CHECK-NEXT: -> 3
    // CHECK-NEXT: block 3:
}
// CHECK-LABEL: function l_uses ;
int l_uses() { return k_if_constexpr<1>() + k_if_constexpr<5>(); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = call k_if_constexpr() ;
// CHECK-NEXT: %1 = call k_if_constexpr() ;
// CHECK-NEXT: %2 = derive add %0, %1 ;
// CHECK-NEXT: return %2 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:

// CHECK-LABEL: function m_rethrow ;
int m_rethrow(int n) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  try {
    use(R(n));
    // CHECK-NEXT: %0 = load n ;
    // CHECK-NEXT: %1 = call constructor R::R(&tmp0, %0) receiver ;
    // CHECK-NEXT: -> 2 4
    // CHECK-NEXT: block 2:
    // CHECK-NEXT: %2 = call use(&tmp0) unused ;
    // CHECK-NEXT: -> 3 4
    // CHECK-NEXT: block 3:
    // CHECK-NEXT: %3 = call destructor R::~R(&tmp0) receiver implicit ;
    // CHECK-NEXT: -> 6
    // CHECK-NEXT: block 4:
    // CHECK-NEXT: -> 5 7
    // CHECK-NEXT: block 5:
  } catch (int) {
  // CHECK-NEXT: %4 = opaque catch ;
  // CHECK-NEXT: store tmp1 <- %4 init ;
    throw;
    // CHECK-NEXT: %6 = opaque throw ;
    // CHECK-NEXT: no-return
    // CHECK-NEXT: block 6:
  }
  return 0;
  // CHECK-NEXT: return (0) ;
  // CHECK-NEXT: -> 7
  // CHECK-NEXT: block 7:
}

thread_local int n_counter = 3;
struct Anonymous {
  union {
    int number;
    float real;
  };
  Anonymous(int v) : number(v) {}
};
// CHECK-LABEL: function o_anonymous ;
int o_anonymous() { return Anonymous(5).number; }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = call constructor Anonymous::Anonymous(&tmp0, (5)) receiver ;
// CHECK-NEXT: %1 = load tmp0..number ;
// CHECK-NEXT: return %1 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:
