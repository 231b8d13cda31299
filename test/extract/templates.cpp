// Templates count as they are instantiated. Those of system headers lead to what they make of the unit's own types.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
#include <memory>
template <class T> T a_twice(T v) { return v + v; }
template <class T, int N> struct Ring {
  T slots[N];
  T &at(int i) { return slots[i % N]; }
  template <class U> void put(int i, U v) { at(i) = v; }
  void never_used() { slots[0] = 1; }
};
struct S {
  template <class T> S(T v) : v(v) {}
  ~S();
  int v;
};
template <class... Ts> int sum(Ts... v) { return (0 + ... + v); }
// CHECK-LABEL: function a_twice ;
template <> int a_twice<int>(int v) { return v * 2; }
// CHECK: %0 = load v ;
// CHECK: %1 = derive mul %0, (2) ;
// CHECK: return %1 ;

// CHECK-LABEL: function b_uses ;
int b_uses() {
  Ring<int, 4> r;
  // CHECK: store r <- (uninitialised) init aggregate ;
  r.put(2, 'x');
  // CHECK: %1 = call Ring::put(&r, (2), (120)) receiver ;
  return a_twice(3) + (int)a_twice(2.5) + sum(1, 2);
  // CHECK: %2 = call a_twice((3)) ;
  // CHECK: %3 = call a_twice((2.5)) ;
  // CHECK: %4 = call sum((1), (2)) ;
  // CHECK: %5 = copy %3 float 32 ;
  // CHECK: %6 = derive add %2, %5 ;
  // CHECK: %7 = derive add %6, %4 ;
  // CHECK: scope-end r ;
  // CHECK: return %7 ;
}
// CHECK-LABEL: function c_made ;
int c_made() {
  auto p = std::make_unique<S>(3);
  // CHECK: store tmp1 <- (3) init ;
  // CHECK: %1 = call std::make_unique(&tmp1) ;
  // CHECK: store p <- %1 init aggregate ;
  return p->v;
  // CHECK: %3 = call std::unique_ptr::operator->(&p) receiver ;
  // CHECK: %4 = load %3.*.v ;
  // CHECK: %5 = call destructor std::unique_ptr::~unique_ptr(&p) receiver implicit ;
  // CHECK: scope-end p ;
  // CHECK: return %4 ;
}

// END-LABEL: function a_twice ; {{.*}} name c:@F@a_twice<#d>#d#{{$}}
// END: %0 = load v ;
// END: %1 = load v ;
// END: %2 = derive add %0, %1 ;
// END: return %2 ;
// END-LABEL: function sum ; {{.*}} name c:@F@sum<#p2II>#I#I#{{$}}
// END: %0 = load v ;
// END: %1 = derive add (0), %0 ;
// END: %2 = load v ;
// END: %3 = derive add %1, %2 ;
// END: return %3 ;
// END-LABEL: function Ring::at ; {{.*}} name c:@S@Ring>#I#VI4@F@at#I#{{$}}
// END: return &this.*.slots[?] ;
// END-LABEL: function Ring::put ; {{.*}} name c:@S@Ring>#I#VI4@F@put<#C>#I#C#{{$}}
// END: %0 = load i ;
// END: %1 = call Ring::at(&this.*, %0) receiver ;
// END: %2 = load v ;
// END: store %1.* <- %2 ;
// END-LABEL: function S::S ; {{.*}} name c:@S@S@F@S<#I>#I#{{$}}
// END: %0 = load v ;
// END: store this.*.v <- %0 init ;
