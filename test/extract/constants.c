// Constants keep what they were written as: enumerators, macros, sizeof, the text of a sum.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=WHERE
#include <stddef.h>
#define BITS 1024
#define BYTES (BITS / 8)
#define ALIAS BITS
#define DOUBLE(x) ((x)*2)
#define PAIR BITS, 7
enum flags { F_A = 1, F_B = 2 };
#define F_BOTH (F_A | F_B)
struct s {
  char name[12];
  int v;
};
void use(long, long);
void use_ptr(const void *, ...);
void use_real(double);

// CHECK-LABEL: function a_numbers ;
void a_numbers(int n) {
  use(-1, 0x1F);
  // CHECK: %0 = call use((-1), (31)) ;
  use(BITS, BYTES);
  // CHECK: %1 = call use((1024 macro BITS), (128 macro BYTES)) ;
  use(ALIAS, DOUBLE(21));
  // CHECK: %2 = call use((1024 macro BITS in ALIAS), (42 macro DOUBLE)) ;
  use(PAIR);
  // CHECK: %3 = call use((1024 macro BITS in PAIR), (7 macro PAIR)) ;
  use('a', 10 * 60);
  // CHECK: %4 = call use((97), (600 '10 * 60')) ;
  use(18446744073709551615u, (unsigned char)300);
  // CHECK: %5 = call use((-1), (44)) ;
  use(n + 2 * 3, BITS * n);
  // CHECK: %6 = load n ;
  // CHECK: %7 = derive add %6, (6 '2 * 3') ;
  // CHECK: %8 = load n ;
  // CHECK: %9 = derive mul (1024 macro BITS), %8 ;
  // CHECK: %10 = call use(%7, %9) ;
  use_real(2.5);
  // CHECK: %11 = call use_real((2.5)) ;
  use_real(3);
  // CHECK: %12 = call use_real((3)) ;
}

// CHECK-LABEL: function b_enumerators ;
void b_enumerators(void) {
  use(F_A, (int)F_B);
  // CHECK: %0 = call use((1 F_A), (2 F_B)) ;
  use(F_A | F_B, F_BOTH);
  // CHECK: %1 = call use((3 'F_A | F_B'), (3 macro F_BOTH)) ;
}

// Numbers of 64 bits without a sign, as flags have them.
enum wide { W_TOP = 1ull << 63, W_ALL = 0xffffffffffffffffull };
// CHECK-LABEL: function b_wide ;
void b_wide(void) {
  use(W_TOP, W_ALL);
  // CHECK: %0 = call use({{.*}}-9223372036854775808 W_TOP{{.*}}-1 W_ALL
}

// CHECK-LABEL: function c_sizes ;
void c_sizes(struct s *p) {
  use(sizeof(struct s), sizeof p->name - 1);
  // CHECK: %0 = call use((16 sizeof), (11 'sizeof p->name - 1' sizeof)) ;
  use(offsetof(struct s, v), sizeof(int) * 4);
  // CHECK: %1 = call use((12 macro offsetof), (16 'sizeof(int) * 4' sizeof)) ;
  use(__builtin_constant_p(p->v), _Alignof(int));
  // CHECK: %2 = opaque unsupported ;
  // CHECK: %3 = call use(%2, (4)) ;
}

// CHECK-LABEL: function d_pointers ;
void d_pointers(void) {
  use_ptr(NULL, (char *)0, (void *)0);
  // CHECK: %0 = call use_ptr((null macro NULL), (null), (null)) ;
  use_ptr("text", "two "
  // CHECK: %1 = call use_ptr(&("text" 4), &("two parts" 9), &("wide" 4)) ;
                  "parts",
          L"wide");
  use_ptr(__func__);
  // CHECK: %2 = call use_ptr(&("d_pointers" 10)) ;
}

// A macro's argument is placed where it was written, and no macro wrote it; its body is placed where it is used.
// WHERE-LABEL: function e_places ;
#define CALL(x) use(x, 3)
#define STORE(p) (p)->v = F_A
// CHECK-LABEL: function e_places ;
void e_places(struct s *p) {
  CALL(p->v);
  // WHERE: load p.*.v ; constants.c:[[#@LINE-1]]:8
  // WHERE: call use(%0, (3 macro CALL)) ; constants.c:[[#@LINE-2]]:3 macro CALL
  // CHECK: %0 = load p.*.v ;
  // CHECK: %1 = call use(%0, (3 macro CALL)) ;
  STORE(p);
  // WHERE: store p.*.v <- (1 F_A macro STORE) ; constants.c:[[#@LINE-1]]:3 macro STORE
  // CHECK: store p.*.v <- (1 F_A macro STORE) ;
}

