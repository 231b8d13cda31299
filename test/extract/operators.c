// Arithmetic, conversions and assignments. Conversions that cannot change a value vanish.
// RUN: assay-summary-dump %s | FileCheck %s
#include <stdint.h>
// CHECK-LABEL: function a_arithmetic ;
void a_arithmetic(int x, unsigned u, long l) {
  int r = x * 2 + -x;
  // CHECK: %0 = load x ;
  // CHECK: %1 = derive mul %0, (2) ;
  // CHECK: %2 = load x ;
  // CHECK: %3 = derive negate %2 ;
  // CHECK: %4 = derive add %1, %3 ;
  // CHECK: store r <- %4 init ;
  r = ~x & 0xff;
  // CHECK: %6 = load x ;
  // CHECK: %7 = derive complement %6 ;
  // CHECK: %8 = derive and %7, (255) ;
  // CHECK: store r <- %8 ;
  r = x << 3 ^ x >> 1 | x % 5;
  // CHECK: %10 = load x ;
  // CHECK: %11 = derive shl %10, (3) ;
  // CHECK: %12 = load x ;
  // CHECK: %13 = derive shr %12, (1) ;
  // CHECK: %14 = derive xor %11, %13 ;
  // CHECK: %15 = load x ;
  // CHECK: %16 = derive rem %15, (5) ;
  // CHECK: %17 = derive or %14, %16 ;
  // CHECK: store r <- %17 ;
  r = x / 2 - 1;
  // CHECK: %19 = load x ;
  // CHECK: %20 = derive div %19, (2) ;
  // CHECK: %21 = derive sub %20, (1) ;
  // CHECK: store r <- %21 ;
  r = !x;
  // CHECK: %23 = load x ;
  // CHECK: %24 = derive not %23 ;
  // CHECK: store r <- %24 ;
}
// CHECK: scope-end r ;

// CHECK-LABEL: function b_conversions ;
void b_conversions(int v, long l, unsigned u, char *p, double d) {
  int i = l;
  // CHECK: %0 = load l ;
  // CHECK: %1 = copy %0 integral 32 ;
  // CHECK: store i <- %1 init ;
  unsigned char c = v;
  // CHECK: %3 = load v ;
  // CHECK: %4 = copy %3 integral 8 ;
  // CHECK: store c <- %4 init ;
  long wide = u;
  // CHECK: %6 = load u ;
  // CHECK: store wide <- %6 init ;
  i = u;
  // CHECK: %8 = load u ;
  // CHECK: %9 = copy %8 integral 32 ;
  // CHECK: store i <- %9 ;
  short s = (short)(v + c);
  // CHECK: %11 = load v ;
  // CHECK: %12 = load c ;
  // CHECK: %13 = derive add %11, %12 ;
  // CHECK: %14 = copy %13 integral 16 ;
  // CHECK: store s <- %14 init ;
  _Bool b = v;
  // CHECK: %16 = load v ;
  // CHECK: %17 = copy %16 bool 8 ;
  // CHECK: store b <- %17 init ;
  b = p != 0;
  // CHECK: %19 = load p ;
  // CHECK: %20 = compare %19 ne (null) ;
  // CHECK: %21 = copy %20 bool 8 ;
  // CHECK: store b <- %21 ;
  uintptr_t n = (uintptr_t)p;
  // CHECK: %23 = load p ;
  // CHECK: %24 = copy %23 pointertoint 64 ;
  // CHECK: store n <- %24 init ;
  p = (char *)n;
  // CHECK: %26 = load n ;
  // CHECK: %27 = copy %26 inttopointer 64 ;
  // CHECK: store p <- %27 ;
  i = d;
  // CHECK: %29 = load d ;
  // CHECK: %30 = copy %29 float 32 ;
  // CHECK: store i <- %30 ;
  void *any = p;
  // CHECK: %32 = load p ;
  // CHECK: store any <- %32 init ;
  int *q = (int *)p;
  // CHECK: %34 = load p ;
  // CHECK: %35 = copy %34 pointer 64 ;
  // CHECK: store q <- %35 init ;
}
// CHECK: scope-end q ;
// CHECK: scope-end any ;
// CHECK: scope-end n ;
// CHECK: scope-end b ;
// CHECK: scope-end s ;
// CHECK: scope-end wide ;
// CHECK: scope-end c ;
// CHECK: scope-end i ;

// CHECK-LABEL: function c_assignments ;
void c_assignments(int x, unsigned char c, volatile int *reg) {
  x += 2;
  // CHECK: %0 = load x ;
  // CHECK: %1 = derive add %0, (2) ;
  // CHECK: store x <- %1 ;
  x <<= c;
  // CHECK: %3 = load c ;
  // CHECK: %4 = load x ;
  // CHECK: %5 = derive shl %4, %3 ;
  // CHECK: store x <- %5 ;
  c |= 0x80;
  // CHECK: %7 = load c ;
  // CHECK: %8 = derive or %7, (128) ;
  // CHECK: %9 = copy %8 integral 8 ;
  // CHECK: store c <- %9 ;
  x = c = 3;
  // CHECK: store c <- (3) ;
  // CHECK: store x <- (3) ;
  *reg = 1;
  // CHECK: store reg.* <- (1) volatile ;
  x = *reg;
  // CHECK: %14 = load reg.* volatile ;
  // CHECK: store x <- %14 ;
}

// CHECK-LABEL: function d_steps ;
void d_steps(int x, char *p, char **pp) {
  x++;
  // CHECK: %0 = load x ;
  // CHECK: %1 = derive add %0, (1) ;
  // CHECK: store x <- %1 ;
  int y = --x;
  // CHECK: %3 = load x ;
  // CHECK: %4 = derive sub %3, (1) ;
  // CHECK: store x <- %4 ;
  // CHECK: store y <- %4 init ;
  *p++ = 'a';
  // CHECK: %7 = load p ;
  // CHECK: %8 = derive pointeradd %7, (1) ;
  // CHECK: store p <- %8 ;
  // CHECK: store %7.* <- (97) ;
  (*pp)--;
  // CHECK: %11 = load pp.* ;
  // CHECK: %12 = derive pointeradd %11, (-1) ;
  // CHECK: store pp.* <- %12 ;
}
// CHECK: scope-end y ;

// CHECK-LABEL: function e_comparisons ;
_Bool e_comparisons(int x, char *p) {
  if (x < 3 && x >= -3 && p)
  // CHECK: %0 = load x ;
  // CHECK: %1 = compare %0 lt (3) ;
  // CHECK: branch %1 ;
  // CHECK: %3 = load x ;
  // CHECK: %4 = compare %3 ge (-3) ;
  // CHECK: branch %4 ;
  // CHECK: %6 = load p ;
  // CHECK: branch %6 ;
    return x != 4;
    // CHECK: %8 = load x ;
    // CHECK: %9 = compare %8 ne (4) ;
    // CHECK: %10 = copy %9 bool 8 ;
    // CHECK: return %10 ;
  return !p;
  // CHECK: %12 = load p ;
  // CHECK: %13 = derive not %12 ;
  // CHECK: %14 = copy %13 bool 8 ;
  // CHECK: return %14 ;
}

