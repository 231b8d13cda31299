// Calls: direct, through pointers, unused results, no-return, builtins. What only looks like a call is none.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=ENTITY
struct s {
  int v;
};
struct ops {
  int (*open)(const char *, int);
  void (*die)(void) __attribute__((noreturn));
};
int f(int);
struct s by_value(struct s);
void variadic(const char *, ...);
int old_style();
void quit(void) __attribute__((noreturn));
void cleanup(int *p);

// CHECK-LABEL: function a_direct ;
int a_direct(struct s *p) {
  f(1);
  // CHECK: %0 = call f((1)) unused ;
  (void)f(2);
  // CHECK: %1 = call f((2)) unused void-cast ;
  *p = by_value(*p);
  // CHECK: %2 = load p.* aggregate ;
  // CHECK: %3 = call by_value(%2) ;
  // CHECK: store p.* <- %3 aggregate ;
  variadic("%d", f(3), (short)4);
  // CHECK: %5 = call f((3)) ;
  // CHECK: %6 = call variadic(&("%d" 2), %5, (4)) ;
  return old_style(5);
  // CHECK: %7 = call old_style((5)) ;
  // CHECK: return %7 ;
}

// CHECK-LABEL: function b_pointers ;
int b_pointers(struct ops *ops, int (*fp)(int), int (*table[])(int)) {
  int (*local)(int) = f;
  // CHECK: store local <- f init ;
  if (ops->open("x", 1))
  // CHECK: %1 = load ops.*.open ;
  // CHECK: %2 = call indirect %1(&("x" 1), (1)) type int (const char *, int) ;
  // CHECK: branch %2 ;
    ops->die();
    // CHECK: %4 = load ops.*.die ;
    // CHECK: %5 = call indirect %4() type void (void) __attribute__((noreturn)) noreturn ;
    // CHECK: no-return
  return fp(1) + (*fp)(2) + table[3](4) + local(5);
  // CHECK: %6 = load fp ;
  // CHECK: %7 = call indirect %6((1)) type int (int) ;
  // CHECK: %8 = load fp ;
  // CHECK: %9 = call indirect %8((2)) type int (int) ;
  // CHECK: %10 = load table.*[3] ;
  // CHECK: %11 = call indirect %10((4)) type int (int) ;
  // CHECK: %12 = load local ;
  // CHECK: %13 = call indirect %12((5)) type int (int) ;
  // CHECK: %14 = derive add %7, %9 ;
  // CHECK: %15 = derive add %14, %11 ;
  // CHECK: %16 = derive add %15, %13 ;
  // CHECK: scope-end local ;
  // CHECK: return %16 ;
}

// CHECK-LABEL: function c_unevaluated ;
int c_unevaluated(int x) {
  int n = sizeof(f(1)) + __builtin_constant_p(f(2)) + _Alignof(__typeof__(f(3)));
  // CHECK: %0 = call f((2)) unused never ;
  // CHECK: store n <- (8 'sizeof(f(1)) + __builtin_constant_p(f(2)) + _Alignof(__typeof__(f(3)))' sizeof) init ;
  __typeof__(f(4)) y = 5;
  // CHECK: store y <- (5) init ;
  n += _Generic(x, int: f(6), char: f(7));
  // CHECK: %3 = call f((6)) ;
  // CHECK: %4 = load n ;
  // CHECK: %5 = derive add %4, %3 ;
  // CHECK: store n <- %5 ;
  n += __builtin_choose_expr(1, f(8), f(9));
  // CHECK: %7 = call f((8)) ;
  // CHECK: %8 = load n ;
  // CHECK: %9 = derive add %8, %7 ;
  // CHECK: store n <- %9 ;
  if (__builtin_expect(f(10), 0))
  // CHECK: %11 = call f((10)) ;
  // CHECK: branch %11 ;
    quit();
    // CHECK: %13 = call quit() noreturn ;
    // CHECK: no-return
  return n + y;
  // CHECK: %14 = load n ;
  // CHECK: %15 = load y ;
  // CHECK: %16 = derive add %14, %15 ;
  // CHECK: scope-end y ;
  // CHECK: scope-end n ;
  // CHECK: return %16 ;
}

// CHECK-LABEL: function d_builtins ;
void d_builtins(char *a, const char *b, __builtin_va_list list) {
  __builtin_memcpy(a, b, 3);
  // CHECK: %0 = load a ;
  // CHECK: %1 = load b ;
  // CHECK: %2 = call __builtin_memcpy(%0, %1, (3)) unused ;
  int n = __builtin_va_arg(list, int);
  // CHECK: %3 = opaque vararg ;
  // CHECK: store n <- %3 init ;
  if (!n)
  // CHECK: %5 = load n ;
  // CHECK: %6 = derive not %5 ;
  // CHECK: branch %6 ;
    __builtin_unreachable();
    // CHECK: %8 = call __builtin_unreachable() noreturn ;
    // CHECK: no-return
}
// CHECK: scope-end n ;

// CHECK-LABEL: function e_cleanup ;
void e_cleanup(int x) {
  int guard __attribute__((cleanup(cleanup))) = x;
  // CHECK: %0 = load x ;
  // CHECK: store guard <- %0 init ;
  f(guard);
  // CHECK: %2 = load guard ;
  // CHECK: %3 = call f(%2) unused ;
  // CHECK: %4 = call cleanup(&guard) implicit ;
}
// CHECK: scope-end guard ;

// ENTITY: entity function f name c:@F@f external address-taken extern-c type int (int)
// ENTITY: entity function quit name c:@F@quit external noreturn
// ENTITY: entity function variadic name c:@F@variadic external variadic

