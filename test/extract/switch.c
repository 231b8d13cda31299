// Cases with ranges; the successor that no case names is the default, and it is the last one.
// RUN: assay-summary-dump %s | FileCheck %s
enum color { RED, GREEN = 5 };
int b(void);

// CHECK-LABEL: function a_ranges ;
int a_ranges(int v) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  switch (v) {
  // CHECK-NEXT: %0 = load v ;
  // CHECK-NEXT: switch %0 ;
  // CHECK-NEXT: case -1 -> #0
  // CHECK-NEXT: case 10 ... 20 -> #1
  // CHECK-NEXT: case 97 -> #2
  // CHECK-NEXT: case 98 -> #3
  // CHECK-NEXT: -> 2 3 4 5 6
  // CHECK-NEXT: block 2:
  case 'a':
  case 'b':
    return 1;
  case 10 ... 20:
    v++;
    // falls through
  default:
    v = 2;
    break;
  case -1:
    v = 3;
    // CHECK-NEXT: store v <- (3) ;
    // CHECK-NEXT: -> 7
    // CHECK-NEXT: block 3:
    // CHECK-NEXT: %3 = load v ;
    // CHECK-NEXT: %4 = derive add %3, (1) ;
    // CHECK-NEXT: store v <- %4 ;
    // CHECK-NEXT: -> 6
    // CHECK-NEXT: block 4:
    // CHECK-NEXT: -> 5
    // CHECK-NEXT: block 5:
    // CHECK-NEXT: return (1) ;
    // CHECK-NEXT: -> 8
    // CHECK-NEXT: block 6:
    // CHECK-NEXT: store v <- (2) ;
    // CHECK-NEXT: -> 7
    // CHECK-NEXT: block 7:
  }
  return v;
  // CHECK-NEXT: %8 = load v ;
  // CHECK-NEXT: return %8 ;
  // CHECK-NEXT: -> 8
  // CHECK-NEXT: block 8:
}

// The way out of the inner switch is the outer one's next case; that does not make it a case of the inner.
// CHECK-LABEL: function b_nested ;
int b_nested(unsigned v) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  switch (v) {
  // CHECK-NEXT: %0 = load v ;
  // CHECK-NEXT: switch %0 ;
  // CHECK-NEXT: case 4000000000 -> #0
  // CHECK-NEXT: case 1 -> #1
  // CHECK-NEXT: -> 4 2 5
  // CHECK-NEXT: block 2:
  case 1:
    switch (b()) {
    // CHECK-NEXT: %2 = call b() ;
    // CHECK-NEXT: switch %2 ;
    // CHECK-NEXT: case 3 -> #0
    // CHECK-NEXT: -> 3 4
    // CHECK-NEXT: block 3:
    case 3:
      return 5;
      // CHECK-NEXT: return (5) ;
      // CHECK-NEXT: -> 6
      // CHECK-NEXT: block 4:
    }
  case 4000000000:
    return 6;
    // CHECK-NEXT: return (6) ;
    // CHECK-NEXT: -> 6
    // CHECK-NEXT: block 5:
  }
  return 0;
  // CHECK-NEXT: return (0) ;
  // CHECK-NEXT: -> 6
  // CHECK-NEXT: block 6:
}

// CHECK-LABEL: function c_enumerators ;
int c_enumerators(enum color c) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  switch (c) {
  // CHECK-NEXT: %0 = load c ;
  // CHECK-NEXT: switch %0 ;
  // CHECK-NEXT: case 5 -> #0
  // CHECK-NEXT: case 0 -> #1
  // CHECK-NEXT: -> 2 3 4
  // CHECK-NEXT: block 2:
  case RED:
    return 1;
  case GREEN:
    return 2;
    // CHECK-NEXT: return (2) ;
    // CHECK-NEXT: -> 5
    // CHECK-NEXT: block 3:
    // CHECK-NEXT: return (1) ;
    // CHECK-NEXT: -> 5
    // CHECK-NEXT: block 4:
  }
  // An enumeration may hold a number that is none of its enumerators.
  return 3;
  // CHECK-NEXT: return (3) ;
  // CHECK-NEXT: -> 5
  // CHECK-NEXT: block 5:
}

