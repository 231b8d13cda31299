// A reference is a pointer that is bound once: its place goes through a Deref.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
int &get();
void by_ref(int &, const int &);
struct S {
  int &r;
  int v;
  S(int &x) : r(x) {}
};
// CHECK-LABEL: function a_locals ;
int a_locals(int &p, int v) {
  int &r = v;
  // CHECK: store r <- &v init ref ;
  r = 1;
  // CHECK: store r.* <- (1) ;
  p = 2;
  // CHECK: store p.* <- (2) ;
  int &again = p;
  // CHECK: store again <- &p.* init ref ;
  int *address = &r;
  // CHECK: store address <- &r.* init ;
  return r + again;
  // CHECK: %5 = load r.* ;
  // CHECK: %6 = load again.* ;
  // CHECK: %7 = derive add %5, %6 ;
  // CHECK: scope-end address ;
  // CHECK: scope-end again ;
  // CHECK: scope-end r ;
  // CHECK: return %7 ;
}

// CHECK-LABEL: function b_arguments ;
void b_arguments(int &p, int v) {
  by_ref(v, 5);
  // CHECK: store tmp0 <- (5) init ;
  // CHECK: %1 = call by_ref(&v, &tmp0) ;
  by_ref(p, v + 1);
  // CHECK: %2 = load v ;
  // CHECK: %3 = derive add %2, (1) ;
  // CHECK: store tmp1 <- %3 init ;
  // CHECK: %5 = call by_ref(&p.*, &tmp1) ;
  get() = 3;
  // CHECK: %6 = call get() ;
  // CHECK: store %6.* <- (3) ;
  int &bound = get();
  // CHECK: %8 = call get() ;
  // CHECK: store bound <- %8 init ref ;
  bound++;
  // CHECK: %10 = load bound.* ;
  // CHECK: %11 = derive add %10, (1) ;
  // CHECK: store bound.* <- %11 ;
}
// CHECK: scope-end bound ;

// CHECK-LABEL: function c_returned ;
int &c_returned(S &s, bool b, int &other) {
  if (b)
  // CHECK: %0 = load b ;
  // CHECK: branch %0 ;
    return s.r;
    // CHECK: return &s.*.r.* ;
  return b ? other : s.v;
  // CHECK: %3 = load b ;
  // CHECK: branch %3 ;
  // CHECK: %5 = select %3 ? &other.* : &s.*.v ;
  // CHECK: return %5 ;
}

// CHECK-LABEL: function d_lvalues ;
int d_lvalues(int a, int b, bool c) {
  (c ? a : b) = 3;
  // CHECK: %0 = load c ;
  // CHECK: branch %0 ;
  // CHECK: %2 = select %0 ? &a : &b ;
  // CHECK: store %2.* <- (3) ;
  (a = b) = 4;
  // CHECK: %4 = load b ;
  // CHECK: store a <- %4 ;
  // CHECK: store a <- (4) ;
  ++a += 2;
  // CHECK: %7 = load a ;
  // CHECK: %8 = derive add %7, (1) ;
  // CHECK: store a <- %8 ;
  // CHECK: %10 = load a ;
  // CHECK: %11 = derive add %10, (2) ;
  // CHECK: store a <- %11 ;
  return (a, b);
  // CHECK: %13 = load b ;
  // CHECK: return %13 ;
}

// END-LABEL: function S::S ; {{.*}} name c:@S@S@F@S#&I#{{$}}
// END: store this.*.r <- &x.* init ref ;
