// Errors in C++, a missing header among them, leave the rest of the unit whole; templates are still instantiated.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
#include <not-there.h>
template <class T> T twice(T v) { return v * 2; }
struct S : Unknown {
  S() : member(3), other(4) {}
  int member;
};
// CHECK-LABEL: function a_whole ;
int a_whole(int x) { return twice(x); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = load x ;
// CHECK-NEXT: %1 = call twice(%0) ;
// CHECK-NEXT: return %1 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:
// CHECK-LABEL: function b_unknown recovered ;
int b_unknown(const std::string &s) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  auto n = s.size();
  // CHECK-NEXT: %0 = call indirect &unknown() type <dependent type> ;
  // CHECK-NEXT: store n <- %0 init ;
  lib::call(n, a_whole(3));
  for (auto &x : unknown)
    a_whole(x);
  return a_whole(4);
  // CHECK-NEXT: %2 = call a_whole((4)) ;
  // CHECK-NEXT: scope-end n ;
  // CHECK-NEXT: return %2 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}
// CHECK-LABEL: function c_type recovered ;
lib::Result c_type() {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  S s;
  // CHECK-NEXT: %0 = call constructor S::S(&s) receiver ;
  s.method(1);
  // CHECK-NEXT: %1 = call indirect &unknown((1)) type <dependent type> unused ;
  return s.member;
  // CHECK-NEXT: %2 = load s.member ;
  // CHECK-NEXT: scope-end s ;
  // CHECK-NEXT: return %2 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}
template <class T> int bad(T v) { return v.nothing(); }
// CHECK-LABEL: function d_instantiates ;
int d_instantiates() { return bad(3); }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = call bad((3)) ;
// CHECK-NEXT: return %0 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:

// An initialiser in parentheses that means nothing has no type.
struct Two {
  Two(int a, const char *b, Two &c);
};
Two made(1, "text");
// A member whose class is not there: its destructor cannot be asked for.
class Absent;
struct Holder {
  ~Holder();
  Absent one, many[2];
};
Holder::~Holder() { a_whole(1); }

// END-LABEL: function twice ; {{.*}} name c:@F@twice<#I>#I#{{$}}
// END: block 0:
// END-NEXT: -> 1
// END-NEXT: block 1:
// END-NEXT: %0 = load v ;
// END-NEXT: %1 = derive mul %0, (2) ;
// END-NEXT: return %1 ;
// END-NEXT: -> 2
// END-NEXT: block 2:
// END-LABEL: function Holder::~Holder recovered
// END: call a_whole((1))
// END-LABEL: function S::S recovered ; {{.*}} name c:@S@S@F@S#{{$}}
// END: block 0:
// END-NEXT: -> 1
// END-NEXT: block 1:
// END-NEXT: store this.*.member <- (3) init ;
// END-NEXT: -> 2
// END-NEXT: block 2:
