// Atomics are loads and stores; what assembly writes is unknown.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
#include <stdatomic.h>
_Atomic int counter;

// CHECK-LABEL: function a_c11 ;
int a_c11(atomic_int *p, int v) {
  counter = v;
  // CHECK: %0 = load v ;
  // CHECK: store @counter <- %0 ;
  atomic_store(p, 1);
  // CHECK: store p.* <- (1) ;
  int old = atomic_exchange(p, v);
  // CHECK: %3 = load v ;
  // CHECK: %4 = load p.* ;
  // CHECK: store p.* <- %3 ;
  // CHECK: store old <- %4 init ;
  atomic_fetch_add(p, 2);
  // CHECK: %7 = load p.* ;
  // CHECK: %8 = derive add %7, (2) ;
  // CHECK: store p.* <- %8 ;
  atomic_compare_exchange_strong(p, &old, 3);
  // CHECK: %10 = load p.* ;
  // CHECK: %11 = load old ;
  // CHECK: %12 = compare %10 eq %11 ;
  // CHECK: %13 = select %12 ? (3) : %10 ;
  // CHECK: store p.* <- %13 ;
  // CHECK: store old <- %10 ;
  return atomic_load_explicit(p, memory_order_relaxed) + counter;
  // CHECK: %16 = load p.* ;
  // CHECK: %17 = load @counter ;
  // CHECK: %18 = derive add %16, %17 ;
  // CHECK: scope-end old ;
  // CHECK: return %18 ;
}

// CHECK-LABEL: function b_gnu ;
int b_gnu(int *p, int *q) {
  __atomic_store_n(p, 1, __ATOMIC_SEQ_CST);
  // CHECK: store p.* <- (1) ;
  __atomic_load(p, q, __ATOMIC_SEQ_CST);
  // CHECK: %1 = load p.* ;
  // CHECK: store q.* <- %1 ;
  return __atomic_sub_fetch(p, 2, __ATOMIC_SEQ_CST);
  // CHECK: %3 = load p.* ;
  // CHECK: %4 = derive sub %3, (2) ;
  // CHECK: store p.* <- %4 ;
  // CHECK: return %4 ;
}

// CHECK-LABEL: function c_asm ;
int c_asm(int in) {
  int out, both = in;
  // CHECK: store out <- (uninitialised) init ;
  // CHECK: %1 = load in ;
  // CHECK: store both <- %1 init ;
  __asm__ volatile("add %2, %0" : "=r"(out), "+r"(both) : "r"(in + 1) : "memory");
  // CHECK: %3 = load in ;
  // CHECK: %4 = derive add %3, (1) ;
  // CHECK: %5 = opaque inlineasm ;
  // CHECK: store out <- %5 ;
  // CHECK: %7 = opaque inlineasm ;
  // CHECK: store both <- %7 ;
  return out + both;
  // CHECK: %9 = load out ;
  // CHECK: %10 = load both ;
  // CHECK: %11 = derive add %9, %10 ;
  // CHECK: scope-end both ;
  // CHECK: scope-end out ;
  // CHECK: return %11 ;
}

// END-LABEL: initialiser counter ; {{.*}} name c:@counter{{$}}
// END: store @counter <- (zero) init ;
