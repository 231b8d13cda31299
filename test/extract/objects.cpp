// Objects are built where they belong, whatever stands between the declaration and the constructor; temporaries are
// locals without a name and end with their full expression.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
struct R {
  R(int);
  R(const R &);
  ~R();
  int v;
};
struct Pod {
  int a, b;
};
struct Pair {
  R first;
  R second;
  int n = 4;
};
R make(int);
void take(R);
void look(const R &);
void *operator new(unsigned long, void *p) noexcept;

// CHECK-LABEL: function a_choice ;
void a_choice(bool c, R &other) {
  R r = c ? R(1) : R(2);
  // CHECK: %0 = load c ;
  // CHECK: branch %0 ;
  // CHECK: %2 = call constructor R::R(&r, (1)) receiver ;
  // CHECK: %3 = call constructor R::R(&r, (2)) receiver ;
  R s = c ? make(3) : other;
  // CHECK: %4 = load c ;
  // CHECK: branch %4 ;
  // CHECK: %6 = call make((3)) ;
  // CHECK: store s <- %6 init aggregate ;
  // CHECK: %8 = call constructor R::R(&s, &other.*) receiver ;
  Pod p = c ? Pod{1, 2} : Pod{3};
  // CHECK: %9 = load c ;
  // CHECK: branch %9 ;
  // CHECK: store p.a <- (1) init ;
  // CHECK: store p.b <- (2) init ;
  // CHECK: store p <- (zero) init ;
  // CHECK: store p.a <- (3) init ;
}
// CHECK: %15 = call destructor R::~R(&s) receiver implicit ;
// CHECK: scope-end s ;
// CHECK: %17 = call destructor R::~R(&r) receiver implicit ;
// CHECK: scope-end r ;
// CHECK: scope-end p ;

// CHECK-LABEL: function b_aggregates ;
void b_aggregates() {
  Pair p{R(1), 2};
  // CHECK: %0 = call constructor R::R(&p.first, (1)) receiver ;
  // CHECK: %1 = call constructor R::R(&p.second, (2)) receiver ;
  // CHECK: store p.n <- (4) init ;
  R many[2] = {R(3), R(4)};
  // CHECK: %3 = call constructor R::R(&many[0], (3)) receiver ;
  // CHECK: %4 = call constructor R::R(&many[1], (4)) receiver ;
  Pod zero{};
  // CHECK: store zero <- (zero) init ;
  Pod none;
  // CHECK: store none <- (uninitialised) init aggregate ;
  Pod one{.b = 1};
  // CHECK: store one <- (zero) init ;
  // CHECK: store one.b <- (1) init ;
}
// CHECK: %9 = call destructor R::~R(&many[?]) receiver implicit ;
// CHECK: scope-end many ;
// CHECK: %11 = call destructor Pair::~Pair(&p) receiver implicit ;
// CHECK: scope-end p ;
// CHECK: scope-end one ;
// CHECK: scope-end none ;
// CHECK: scope-end zero ;

// CHECK-LABEL: function c_temporaries ;
void c_temporaries(R &r) {
  take(R(1));
  // CHECK: %0 = call constructor R::R(&tmp1, (1)) receiver ;
  // CHECK: %1 = load tmp1 aggregate ;
  // CHECK: %2 = call take(%1) ;
  // CHECK: %3 = call destructor R::~R(&tmp1) receiver implicit ;
  look(make(2));
  // CHECK: %4 = call make((2)) ;
  // CHECK: store tmp2 <- %4 init aggregate ;
  // CHECK: %6 = call look(&tmp2) ;
  // CHECK: %7 = call destructor R::~R(&tmp2) receiver implicit ;
  take(r);
  // CHECK: %8 = call constructor R::R(&tmp3, &r.*) receiver ;
  // CHECK: %9 = load tmp3 aggregate ;
  // CHECK: %10 = call take(%9) ;
  // CHECK: %11 = call destructor R::~R(&tmp3) receiver implicit ;
  const R &kept = R(3);
  // CHECK: %12 = call constructor R::R(&tmp4, (3)) receiver ;
  // CHECK: store kept <- &tmp4 init ref ;
  int v = R(4).v;
  // CHECK: %14 = call constructor R::R(&tmp6, (4)) receiver ;
  // CHECK: %15 = load tmp6.v ;
  // CHECK: store v <- %15 init ;
  // CHECK: %17 = call destructor R::~R(&tmp6) receiver implicit ;
  make(5);
  // CHECK: %18 = call make((5)) unused ;
  // CHECK: store tmp7 <- %18 init aggregate ;
  // CHECK: %20 = call destructor R::~R(&tmp7) receiver implicit ;
}
// CHECK: %21 = call destructor R::~R(&kept.*) receiver implicit ;
// CHECK: scope-end kept ;
// CHECK: scope-end v ;

// CHECK-LABEL: function d_new ;
void d_new(void *memory, int n) {
  R *r = new R(1);
  // CHECK: %0 = call new operator new((4 sizeof)) ;
  // CHECK: %1 = call constructor R::R(%0, (1)) receiver ;
  // CHECK: store r <- %0 init ;
  delete r;
  // CHECK: %3 = call destructor R::~R(&r.*) receiver implicit ;
  // CHECK: %4 = load r ;
  // CHECK: %5 = call delete operator delete(%4) ;
  R *placed = new (memory) R(2);
  // CHECK: %6 = load memory ;
  // CHECK: %7 = call constructor R::R(%6, (2)) receiver ;
  // CHECK: store placed <- %6 init ;
  placed->~R();
  // CHECK: %9 = call destructor R::~R(&placed.*) receiver ;
  int *one = new int(5);
  // CHECK: %10 = call new operator new((4 sizeof)) ;
  // CHECK: store %10.* <- (5) init ;
  // CHECK: store one <- %10 init ;
  char *text = new char[n + 1]();
  // CHECK: %13 = load n ;
  // CHECK: %14 = derive add %13, (1) ;
  // CHECK: %15 = copy %14 integral 64 ;
  // CHECK: %16 = derive mul %15, (1 sizeof) ;
  // CHECK: %17 = call new operator new[](%16) ;
  // CHECK: store %17.* <- (zero) init ;
  // CHECK: store text <- %17 init ;
  delete[] text;
  // CHECK: %20 = load text ;
  // CHECK: %21 = call delete operator delete[](%20) ;
  Pod *pod = new Pod{6};
  // CHECK: %22 = call new operator new((8 sizeof)) ;
  // CHECK: store %22.* <- (zero) init ;
  // CHECK: store %22.*.a <- (6) init ;
  // CHECK: store pod <- %22 init ;
  R *rs = new R[2]{7, 8};
  // CHECK: %26 = derive mul (2), (4 sizeof) ;
  // CHECK: %27 = call new operator new[](%26) ;
  // CHECK: %28 = call constructor R::R(&%27.*[0], (7)) receiver ;
  // CHECK: %29 = call constructor R::R(&%27.*[1], (8)) receiver ;
  // CHECK: store rs <- %27 init ;
  delete[] rs;
  // CHECK: %31 = call destructor R::~R(&rs.*[?]) receiver implicit ;
  // CHECK: %32 = load rs ;
  // CHECK: %33 = call delete operator delete[](%32) ;
}
// CHECK: scope-end rs ;
// CHECK: scope-end pod ;
// CHECK: scope-end text ;
// CHECK: scope-end one ;
// CHECK: scope-end placed ;
// CHECK: scope-end r ;

// CHECK-LABEL: function e_returned ;
R e_returned(bool c) {
  if (c)
  // CHECK: %0 = load c ;
  // CHECK: branch %0 ;
    return R(1);
    // CHECK: %2 = call constructor R::R(&tmp1, (1)) receiver ;
    // CHECK: %3 = load tmp1 aggregate ;
    // CHECK: return %3 ;
  R local(2);
  // CHECK: %5 = call constructor R::R(&local, (2)) receiver ;
  return local;
  // CHECK-NEXT: %6 = load local aggregate ;
  // CHECK-NEXT: return %6 ;
}

// END-LABEL: function Pair::~Pair ; {{.*}} name c:@S@Pair@F@~Pair#{{$}}
// END: %0 = call destructor R::~R(&this.*.second) receiver implicit ;
// END: %1 = call destructor R::~R(&this.*.first) receiver implicit ;
