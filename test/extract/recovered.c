// Errors are normal: what Clang recovers is kept, with a mark.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=UNIT
#include "not-there.h"
// CHECK-LABEL: function a_whole ;
int a_whole(int x) { return x; }
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
// CHECK-NEXT: %0 = load x ;
// CHECK-NEXT: return %0 ;
// CHECK-NEXT: -> 2
// CHECK-NEXT: block 2:
// CHECK-LABEL: function b_unknown_name recovered ;
int b_unknown_name(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  a_whole(missing + 1);
  // CHECK-NEXT: %0 = load @missing ;
  // CHECK-NEXT: %1 = derive add %0, (1) ;
  // CHECK-NEXT: %2 = call a_whole(%1) unused ;
  a_whole(3);
  // CHECK-NEXT: %3 = call a_whole((3)) unused ;
  return x;
  // CHECK-NEXT: %4 = load x ;
  // CHECK-NEXT: return %4 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}
// CHECK-LABEL: function c_unknown_type recovered ;
int c_unknown_type(handle_t *h) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  h->field = 4;
  // CHECK-NEXT: store h.*.field <- (4) ;
  return a_whole(5);
  // CHECK-NEXT: %1 = call a_whole((5)) ;
  // CHECK-NEXT: return %1 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}
// CHECK-LABEL: function d_lost_statement recovered ;
int d_lost_statement(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  x = 1;
  // CHECK-NEXT: store x <- (1) ;
  int = 5;
  return a_whole(x);
  // CHECK-NEXT: %1 = load x ;
  // CHECK-NEXT: %2 = call a_whole(%1) ;
  // CHECK-NEXT: return %2 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}
struct incomplete;
// CHECK-LABEL: function e_incomplete recovered ;
int e_incomplete(struct incomplete *p) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  undeclared(p->x, 7);
  // CHECK-NEXT: %0 = call undeclared(&unknown, (7)) unused ;
  return a_whole(8);
  // CHECK-NEXT: %1 = call a_whole((8)) ;
  // CHECK-NEXT: return %1 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}
// CHECK-LABEL: function f_unclosed recovered ;
int f_unclosed(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  if (x) {
  // CHECK-NEXT: %0 = load x ;
  // CHECK-NEXT: branch %0 ;
  // CHECK-NEXT: -> 2 3
  // CHECK-NEXT: block 2:
    a_whole(9);
// UNIT: unit recovered.c language c {{.*}} errors 5
// UNIT: diagnostic error 'not-there.h' file not found ; recovered.c:4:10
// UNIT-NOT: 'missing'
// UNIT: function a_whole ;
// UNIT: function b_unknown_name recovered ;
// UNIT: function c_unknown_type recovered ;
// UNIT: function d_lost_statement recovered ;
// UNIT: function e_incomplete recovered ;
// UNIT: function f_unclosed recovered ;
