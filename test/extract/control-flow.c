// Blocks in reverse post-order, entry first, exit last; what && || ?: yield is put together where their ways meet.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
int a(int);
int b(void);
void die(void) __attribute__((noreturn));

// CHECK-LABEL: function a_and_or ;
int a_and_or(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  if (x > 1 && a(1) || x == 7)
  // CHECK-NEXT: %0 = load x ;
  // CHECK-NEXT: %1 = compare %0 gt (1) ;
  // CHECK-NEXT: branch %1 ;
  // CHECK-NEXT: -> 2 3
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: %3 = call a((1)) ;
  // CHECK-NEXT: branch %3 ;
  // CHECK-NEXT: -> 4 3
  // CHECK-NEXT: block 3:
  // CHECK-NEXT: %5 = load x ;
  // CHECK-NEXT: %6 = compare %5 eq (7) ;
  // CHECK-NEXT: branch %6 ;
  // CHECK-NEXT: -> 4 5
  // CHECK-NEXT: block 4:
    return 1;
    // CHECK-NEXT: return (1) ;
    // CHECK-NEXT: -> 8
    // CHECK-NEXT: block 5:
  return x && b();
  // CHECK-NEXT: %9 = load x ;
  // CHECK-NEXT: branch %9 ;
  // CHECK-NEXT: -> 6 7
  // CHECK-NEXT: block 6:
  // CHECK-NEXT: %11 = call b() ;
  // CHECK-NEXT: -> 7
  // CHECK-NEXT: block 7:
  // CHECK-NEXT: %12 = derive logicaland %9, %11 ;
  // CHECK-NEXT: return %12 ;
  // CHECK-NEXT: -> 8
  // CHECK-NEXT: block 8:
}

// CHECK-LABEL: function b_ternary ;
int b_ternary(int x, int y) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  int r = x > y ? a(7) : 3;
  // CHECK-NEXT: %0 = load x ;
  // CHECK-NEXT: %1 = load y ;
  // CHECK-NEXT: %2 = compare %0 gt %1 ;
  // CHECK-NEXT: branch %2 ;
  // CHECK-NEXT: -> 2 3
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: %4 = call a((7)) ;
  // CHECK-NEXT: -> 4
  // CHECK-NEXT: block 3:
  // CHECK-NEXT: -> 4
  // CHECK-NEXT: block 4:
  // CHECK-NEXT: %5 = select %2 ? %4 : (3) ;
  // CHECK-NEXT: store r <- %5 init ;
  return x ?: r;
  // CHECK-NEXT: %7 = load x ;
  // CHECK-NEXT: branch %7 ;
  // CHECK-NEXT: -> 6 5
  // CHECK-NEXT: block 5:
  // CHECK-NEXT: %9 = load r ;
  // CHECK-NEXT: -> 6
  // CHECK-NEXT: block 6:
  // CHECK-NEXT: %10 = select %7 ? %7 : %9 ;
  // CHECK-NEXT: scope-end r ;
  // CHECK-NEXT: return %10 ;
  // CHECK-NEXT: -> 7
  // CHECK-NEXT: block 7:
}

// CHECK-LABEL: function c_negated ;
int c_negated(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  if (!(x && a(2)))
  // CHECK-NEXT: %0 = load x ;
  // CHECK-NEXT: branch %0 ;
  // CHECK-NEXT: -> 2 3
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: %2 = call a((2)) ;
  // CHECK-NEXT: -> 3
  // CHECK-NEXT: block 3:
  // CHECK-NEXT: %3 = derive logicaland %0, %2 ;
  // CHECK-NEXT: %4 = derive not %3 ;
  // CHECK-NEXT: branch %4 ;
  // CHECK-NEXT: -> 4 5
  // CHECK-NEXT: block 4:
    return 1;
    // CHECK-NEXT: return (1) ;
    // CHECK-NEXT: -> 6
    // CHECK-NEXT: block 5:
  return 0;
  // CHECK-NEXT: return (0) ;
  // CHECK-NEXT: -> 6
  // CHECK-NEXT: block 6:
}

// CHECK-LABEL: function d_loops ;
void d_loops(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  do {
    if (x == 3)
    // CHECK-NEXT: %0 = load x ;
    // CHECK-NEXT: %1 = compare %0 eq (3) ;
    // CHECK-NEXT: branch %1 ;
    // CHECK-NEXT: -> 2 3
    // CHECK-NEXT: block 2:
    // CHECK-NEXT: -> 6
    // CHECK-NEXT: block 3:
      continue;
    if (x == 5)
    // CHECK-NEXT: %3 = load x ;
    // CHECK-NEXT: %4 = compare %3 eq (5) ;
    // CHECK-NEXT: branch %4 ;
    // CHECK-NEXT: -> 4 5
    // CHECK-NEXT: block 4:
    // CHECK-NEXT: -> 8
    // CHECK-NEXT: block 5:
      break;
    x--;
    // CHECK-NEXT: %6 = load x ;
    // CHECK-NEXT: %7 = derive sub %6, (1) ;
    // CHECK-NEXT: store x <- %7 ;
    // CHECK-NEXT: -> 6
    // CHECK-NEXT: block 6:
  } while (a(x));
  // CHECK-NEXT: %9 = load x ;
  // CHECK-NEXT: %10 = call a(%9) ;
  // CHECK-NEXT: branch %10 ;
  // CHECK-NEXT: -> 7 8
  // CHECK-NEXT: block 7:
  // CHECK-NEXT: -> 1
  // CHECK-NEXT: block 8:
  for (int i = 0; i < x; i++)
  // CHECK-NEXT: store i <- (0) init ;
  // CHECK-NEXT: -> 9
  // CHECK-NEXT: block 9:
  // CHECK-NEXT: %13 = load i ;
  // CHECK-NEXT: %14 = load x ;
  // CHECK-NEXT: %15 = compare %13 lt %14 ;
  // CHECK-NEXT: branch %15 ;
  // CHECK-NEXT: -> 10 12
  // CHECK-NEXT: block 10:
    b();
    // CHECK-NEXT: %17 = call b() unused ;
    // CHECK-NEXT: -> 11
    // CHECK-NEXT: block 11:
    // CHECK-NEXT: %18 = load i ;
    // CHECK-NEXT: %19 = derive add %18, (1) ;
    // CHECK-NEXT: store i <- %19 ;
    // CHECK-NEXT: -> 9
    // CHECK-NEXT: block 12:
    // CHECK-NEXT: scope-end i ;
    // CHECK-NEXT: -> 13
    // CHECK-NEXT: block 13:
}

// CHECK-LABEL: function e_goto_fail ;
int e_goto_fail(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  int rc = -1;
  // CHECK-NEXT: store rc <- (-1) init ;
  if (a(x) != 0)
  // CHECK-NEXT: %1 = load x ;
  // CHECK-NEXT: %2 = call a(%1) ;
  // CHECK-NEXT: %3 = compare %2 ne (0) ;
  // CHECK-NEXT: branch %3 ;
  // CHECK-NEXT: -> 2 3
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: -> 4
  // CHECK-NEXT: block 3:
    goto fail;
  rc = 0;
  // CHECK-NEXT: store rc <- (0) ;
  // CHECK-NEXT: -> 4
  // CHECK-NEXT: block 4:
fail:
  return rc;
  // CHECK-NEXT: %6 = load rc ;
  // CHECK-NEXT: scope-end rc ;
  // CHECK-NEXT: return %6 ;
  // CHECK-NEXT: -> 5
  // CHECK-NEXT: block 5:
}

// An edge that cannot be taken stays in its place; what is behind it is not translated.
// CHECK-LABEL: function f_constant ;
int f_constant(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  if (sizeof(int) == 4 || b())
  // CHECK-NEXT: branch (1 'sizeof(int) == 4' sizeof) ;
  // CHECK-NEXT: -> 2 never
  // CHECK-NEXT: block 2:
    x = 9;
    // CHECK-NEXT: store x <- (9) ;
    // CHECK-NEXT: -> 3
    // CHECK-NEXT: block 3:
  if (0)
  // CHECK-NEXT: branch (0) ;
  // CHECK-NEXT: -> never 4
  // CHECK-NEXT: block 4:
    b();
  while (1)
  // CHECK-NEXT: branch (1) ;
  // CHECK-NEXT: -> 5 never
  // CHECK-NEXT: block 5:
    if (a(x))
    // CHECK-NEXT: %4 = load x ;
    // CHECK-NEXT: %5 = call a(%4) ;
    // CHECK-NEXT: branch %5 ;
    // CHECK-NEXT: -> 6 7
    // CHECK-NEXT: block 6:
      die();
      // CHECK-NEXT: %7 = call die() noreturn ;
      // CHECK-NEXT: no-return
      // CHECK-NEXT: block 7:
      // CHECK-NEXT: -> 4
      // CHECK-NEXT: block 8:
}

// CHECK-LABEL: function g_statement_expression ;
int g_statement_expression(int v) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  int z = ({
    int t = a(v);
    // CHECK-NEXT: %0 = load v ;
    // CHECK-NEXT: %1 = call a(%0) ;
    // CHECK-NEXT: store t <- %1 init ;
    t + 1;
    // CHECK-NEXT: %3 = load t ;
    // CHECK-NEXT: %4 = derive add %3, (1) ;
  });
  // CHECK-NEXT: scope-end t ;
  // CHECK-NEXT: store z <- %4 init ;
  return z;
  // CHECK-NEXT: %7 = load z ;
  // CHECK-NEXT: scope-end z ;
  // CHECK-NEXT: return %7 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}

// CHECK-LABEL: function h_computed_goto ;
int h_computed_goto(int v) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  static void *labels[] = {&&one, &&two};
  goto *labels[v];
  // CHECK-NEXT: %0 = load @h_computed_goto::labels[?] ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
  // CHECK-NEXT: -> 3 4
  // CHECK-NEXT: block 3:
one:
  return 1;
two:
  return 2;
  // CHECK-NEXT: return (2) ;
  // CHECK-NEXT: -> 5
  // CHECK-NEXT: block 4:
  // CHECK-NEXT: return (1) ;
  // CHECK-NEXT: -> 5
  // CHECK-NEXT: block 5:
}

// CHECK-LABEL: function i_comma ;
int i_comma(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  return x++, a(x);
  // CHECK-NEXT: %0 = load x ;
  // CHECK-NEXT: %1 = derive add %0, (1) ;
  // CHECK-NEXT: store x <- %1 ;
  // CHECK-NEXT: %3 = load x ;
  // CHECK-NEXT: %4 = call a(%3) ;
  // CHECK-NEXT: return %4 ;
  // CHECK-NEXT: -> 2
  // CHECK-NEXT: block 2:
}

// END-LABEL: initialiser h_computed_goto::labels ;
// END: block 0:
// END-NEXT: store @h_computed_goto::labels <- (zero) init ;
// END-NEXT: %1 = opaque addressoflabel ;
// END-NEXT: store @h_computed_goto::labels[0] <- %1 init ;
// END-NEXT: %3 = opaque addressoflabel ;
// END-NEXT: store @h_computed_goto::labels[1] <- %3 init ;
// END-NEXT: -> 1
// END-NEXT: block 1:
