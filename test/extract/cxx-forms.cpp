// Range for, structured bindings, default arguments, initialiser lists, scoped enumerators, casts.
// RUN: assay-summary-dump %s | FileCheck %s
namespace std {
typedef decltype(sizeof 0) size_t;
template <class T> class initializer_list {
  const T *b;
  size_t n;

public:
  size_t size() const { return n; }
};
} // namespace std
enum class Mode { Off, On = 5 };
enum Plain { A = 2 };
struct P {
  int a, b;
};
struct B {
  virtual ~B();
};
struct D : B {
  int d;
};
int dflt(int x, int y = 5, const int &z = 6);
void list(std::initializer_list<int>);
P pair();

// CHECK-LABEL: function a_range ;
int a_range(int (&arr)[4]) {
  int sum = 0;
  // CHECK: store sum <- (0) init ;
  for (int v : arr)
  // CHECK: store __range1 <- &arr.* init ref ;
  // CHECK: %2 = derive pointeradd &__range1.*, (4) ;
  // CHECK: store __end1 <- %2 init ;
  // CHECK: store __begin1 <- &__range1.* init ;
  // CHECK: %5 = load __begin1 ;
  // CHECK: %6 = load __end1 ;
  // CHECK: %7 = compare %5 ne %6 ;
  // CHECK: branch %7 ;
  // CHECK: %9 = load __begin1.* ;
  // CHECK: store v <- %9 init ;
    sum += v;
    // CHECK: %11 = load v ;
    // CHECK: %12 = load sum ;
    // CHECK: %13 = derive add %12, %11 ;
    // CHECK: store sum <- %13 ;
    // CHECK: scope-end v ;
    // CHECK: %16 = load __begin1 ;
    // CHECK: %17 = derive pointeradd %16, (1) ;
    // CHECK: store __begin1 <- %17 ;
    // CHECK: scope-end __end1 ;
    // CHECK: scope-end __begin1 ;
    // CHECK: scope-end __range1 ;
  return sum;
  // CHECK: %22 = load sum ;
  // CHECK: scope-end sum ;
  // CHECK: return %22 ;
}

// CHECK-LABEL: function b_bindings ;
int b_bindings(P p) {
  auto [x, y] = pair();
  // CHECK: %0 = call pair() ;
  // CHECK: store tmp0 <- %0 init aggregate ;
  auto &[q, r] = p;
  // CHECK: store tmp1 <- &p init ref ;
  q = x;
  // CHECK: %3 = load tmp0.a ;
  // CHECK: store tmp1.*.a <- %3 ;
  return y + r;
  // CHECK: %5 = load tmp0.b ;
  // CHECK: %6 = load tmp1.*.b ;
  // CHECK: %7 = derive add %5, %6 ;
  // CHECK: scope-end tmp1 ;
  // CHECK: scope-end tmp0 ;
  // CHECK: return %7 ;
}

// CHECK-LABEL: function c_defaults ;
int c_defaults() { return dflt(1) + dflt(2, 3); }
// CHECK: store tmp0 <- (6) init ;
// CHECK: %1 = call dflt((1), (5), &tmp0) ;
// CHECK: store tmp1 <- (6) init ;
// CHECK: %3 = call dflt((2), (3), &tmp1) ;
// CHECK: %4 = derive add %1, %3 ;
// CHECK: return %4 ;

// CHECK-LABEL: function d_lists ;
void d_lists() { list({1, 2, 3}); }
// CHECK: store tmp1 <- (bytes 3x32 010000000200000003000000) init aggregate ;
// CHECK: store tmp0 <- &tmp1 init aggregate ;
// CHECK: %2 = load tmp0 aggregate ;
// CHECK: %3 = call list(%2) ;

// CHECK-LABEL: function e_enumerators ;
int e_enumerators(Mode m) {
  Plain p = A;
  // CHECK: store p <- (2 A) init ;
  return m == Mode::On ? static_cast<int>(Mode::Off) : p;
  // CHECK: %1 = load m ;
  // CHECK: %2 = compare %1 eq (5 Mode::On) ;
  // CHECK: branch %2 ;
  // CHECK: %4 = load p ;
  // CHECK: %5 = copy %4 integral 32 ;
  // CHECK: %6 = select %2 ? (0 Mode::Off) : %5 ;
  // CHECK: scope-end p ;
  // CHECK: return %6 ;
}

// CHECK-LABEL: function f_casts ;
int f_casts(B *b, void *v, const P *c) {
  D *d = static_cast<D *>(b);
  // CHECK: %0 = load b ;
  // CHECK: %1 = copy %0 basetoderived 64 ;
  // CHECK: store d <- %1 init ;
  D *e = dynamic_cast<D *>(b);
  // CHECK: %3 = load b ;
  // CHECK: %4 = copy %3 basetoderived 64 ;
  // CHECK: store e <- %4 init ;
  P *p = const_cast<P *>(c);
  // CHECK: %6 = load c ;
  // CHECK: store p <- %6 init ;
  P *q = reinterpret_cast<P *>(v);
  // CHECK: %8 = load v ;
  // CHECK: %9 = copy %8 pointer 64 ;
  // CHECK: store q <- %9 init ;
  B *up = d;
  // CHECK: %11 = load d ;
  // CHECK: store up <- %11 init ;
  return static_cast<D &>(*b).d + p->a + q->b;
  // CHECK: %13 = load b.*.d ;
  // CHECK: %14 = load p.*.a ;
  // CHECK: %15 = derive add %13, %14 ;
  // CHECK: %16 = load q.*.b ;
  // CHECK: %17 = derive add %15, %16 ;
  // CHECK: scope-end up ;
  // CHECK: scope-end q ;
  // CHECK: scope-end p ;
  // CHECK: scope-end e ;
  // CHECK: scope-end d ;
  // CHECK: return %17 ;
}

// CHECK-LABEL: function g_if_init ;
int g_if_init(int n) {
  if (int v = dflt(n); v > 2)
  // CHECK: %0 = load n ;
  // CHECK: store tmp2 <- (6) init ;
  // CHECK: %2 = call dflt(%0, (5), &tmp2) ;
  // CHECK: store v <- %2 init ;
  // CHECK: %4 = load v ;
  // CHECK: %5 = compare %4 gt (2) ;
  // CHECK: branch %5 ;
    return v;
    // CHECK: %7 = load v ;
    // CHECK: scope-end v ;
    // CHECK: return %7 ;
    // CHECK: scope-end v ;
  while (P *p = nullptr)
  // CHECK: store p <- (null) init ;
  // CHECK: %12 = load p ;
  // CHECK: %13 = copy %12 bool 8 ;
  // CHECK: branch %13 ;
    return p->a;
    // CHECK: %15 = load p.*.a ;
    // CHECK: scope-end p ;
    // CHECK: return %15 ;
    // CHECK: scope-end p ;
  return 0;
  // CHECK: return (0) ;
}

