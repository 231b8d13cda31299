// Rarer C: old-style definitions, block-scope externs, bit-fields, complex numbers, asm goto, macros with statements.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=ENTITY
#define MAX(a, b)                                                                                                      \
  ({                                                                                                                   \
    __typeof__(a) x_ = (a), y_ = (b);                                                                                  \
    x_ > y_ ? x_ : y_;                                                                                                 \
  })
#define CHECK(e)                                                                                                       \
  do {                                                                                                                 \
    if ((rc = (e)) != 0)                                                                                               \
      goto out;                                                                                                        \
  } while (0)
struct flex {
  int n;
  unsigned low : 3;
  char data[];
};
int f(int);
extern int renamed(int) __asm__("other_name");
int strong(int x) { return x; }
extern int aliased(int) __attribute__((alias("strong")));
__attribute__((weak)) int weak_one(void) { return 1; }
__attribute__((constructor)) static void at_start(void) { f(0); }
__attribute__((annotate("assay:audit.record"))) void annotated(void);
int in_section __attribute__((section(".noinit")));
int tentative;
int tentative;
extern int declared_first;
int declared_first;

// CHECK-LABEL: function a_old_style ;
int a_old_style(a, b)
int a;
char b;
{ return a + b; }
// CHECK: %0 = load a ;
// CHECK: %1 = load b ;
// CHECK: %2 = derive add %0, %1 ;
// CHECK: return %2 ;

// CHECK-LABEL: function b_block_extern ;
int b_block_extern(void) {
  extern int elsewhere;
  int local_function(int);
  return elsewhere + local_function(renamed(1));
  // CHECK: %0 = call renamed((1)) ;
  // CHECK: %1 = call local_function(%0) ;
  // CHECK: %2 = load @elsewhere ;
  // CHECK: %3 = derive add %2, %1 ;
  // CHECK: return %3 ;
}

// CHECK-LABEL: function c_macros ;
int c_macros(int x, int y) {
  int rc;
  // CHECK: store rc <- (uninitialised) init ;
  CHECK(f(x));
  // CHECK: %1 = load x ;
  // CHECK: %2 = call f(%1) ;
  // CHECK: store rc <- %2 ;
  // CHECK: %4 = compare %2 ne (0 macro CHECK) ;
  // CHECK: branch %4 ;
  // CHECK: branch (0 macro CHECK) ;
  rc = MAX(x, f(y));
  // CHECK: %7 = load x ;
  // CHECK: store x_ <- %7 init ;
  // CHECK: %9 = load y ;
  // CHECK: %10 = call f(%9) ;
  // CHECK: store y_ <- %10 init ;
  // CHECK: %12 = load x_ ;
  // CHECK: %13 = load y_ ;
  // CHECK: %14 = compare %12 gt %13 ;
  // CHECK: branch %14 ;
  // CHECK: %16 = load x_ ;
  // CHECK: %17 = load y_ ;
  // CHECK: %18 = select %14 ? %16 : %17 ;
  // CHECK: scope-end y_ ;
  // CHECK: scope-end x_ ;
  // CHECK: store rc <- %18 ;
out:
  annotated();
  // CHECK: %22 = call annotated() ;
  return rc + aliased(1) + weak_one();
  // CHECK: %23 = call aliased((1)) ;
  // CHECK: %24 = call weak_one() ;
  // CHECK: %25 = load rc ;
  // CHECK: %26 = derive add %25, %23 ;
  // CHECK: %27 = derive add %26, %24 ;
  // CHECK: scope-end rc ;
  // CHECK: return %27 ;
}

// CHECK-LABEL: function d_flexible ;
void d_flexible(struct flex *p, int i) {
  p->data[i] = 1;
  // CHECK: store p.*.data[?] <- (1) ;
  p->data[0] = 2;
  // CHECK: store p.*.data[0] <- (2) ;
  p->low = 3;
  // CHECK: store p.*.low <- (3) ;
}

// CHECK-LABEL: function e_asm_goto ;
int e_asm_goto(int x) {
  __asm__ goto("" : : "r"(x) : : away);
  // CHECK: %0 = load x ;
  return 1;
  // CHECK: return (1) ;
away:
  return 2;
  // CHECK: return (2) ;
}

// CHECK-LABEL: function g_complex ;
_Complex double g_complex(_Complex double z) { return z * 2 + __real__ z; }
// CHECK: %0 = load z ;
// CHECK: %1 = derive mul %0, (2) ;
// CHECK: %2 = load z[?] ;
// CHECK: %3 = derive add %1, %2 ;
// CHECK: return %3 ;

// CHECK-LABEL: function h_nested ;
int h_nested(int n) {
  int total = 0;
  // CHECK: store total <- (0) init ;
  for (int i = 0, j = n; i < j; i++, j--)
  // CHECK: store i <- (0) init ;
  // CHECK: %2 = load n ;
  // CHECK: store j <- %2 init ;
  // CHECK: %4 = load i ;
  // CHECK: %5 = load j ;
  // CHECK: %6 = compare %4 lt %5 ;
  // CHECK: branch %6 ;
    total += i ? (j ? i * j : f(i)) : f(j);
    // CHECK: %8 = load i ;
    // CHECK: branch %8 ;
    // CHECK: %10 = load j ;
    // CHECK: branch %10 ;
    // CHECK: %12 = load i ;
    // CHECK: %13 = load j ;
    // CHECK: %14 = derive mul %12, %13 ;
    // CHECK: %15 = load i ;
    // CHECK: %16 = call f(%15) ;
    // CHECK: %17 = select %10 ? %14 : %16 ;
    // CHECK: %18 = load j ;
    // CHECK: %19 = call f(%18) ;
    // CHECK: %20 = select %8 ? %17 : %19 ;
    // CHECK: %21 = load total ;
    // CHECK: %22 = derive add %21, %20 ;
    // CHECK: store total <- %22 ;
    // CHECK: %24 = load i ;
    // CHECK: %25 = derive add %24, (1) ;
    // CHECK: store i <- %25 ;
    // CHECK: %27 = load j ;
    // CHECK: %28 = derive sub %27, (1) ;
    // CHECK: store j <- %28 ;
    // CHECK: scope-end j ;
    // CHECK: scope-end i ;
  return total;
  // CHECK: %32 = load total ;
  // CHECK: scope-end total ;
  // CHECK: return %32 ;
}

// ENTITY-DAG: entity function renamed name c:@F@renamed external extern-c type int (int) asm other_name
// ENTITY-DAG: entity function aliased name c:@F@aliased external definition extern-c alias type int (int) asm strong
// ENTITY-DAG: entity function weak_one name c:@F@weak_one external definition weak
// ENTITY-DAG: entity function at_start name c:c-rare.c@F@at_start@c-rare.c internal definition runs-before
// ENTITY-DAG: entity function annotated name {{.*}} annotation assay:audit.record
// ENTITY-DAG: entity global in_section name {{.*}} section .noinit
// ENTITY-DAG: entity global tentative name c:@tentative external definition tentative
// ENTITY-DAG: entity global declared_first name c:@declared_first external definition tentative

// END-LABEL: function strong ; {{.*}} name c:@F@strong{{$}}
// END: %0 = load x ;
// END: return %0 ;
// END-LABEL: function weak_one ; {{.*}} name c:@F@weak_one{{$}}
// END: return (1) ;
// END-LABEL: initialiser in_section ; {{.*}} name c:@in_section{{$}}
// END: store @in_section <- (zero) init ;
// END-LABEL: initialiser tentative ; {{.*}} name c:@tentative{{$}}
// END: store @tentative <- (zero) init ;
// END-LABEL: function at_start ;
// END: %0 = call f((0)) unused ;
