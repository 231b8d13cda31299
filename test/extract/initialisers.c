// What initialises storage: zero over the whole where something is left out, then each element at its place. Arrays of
// integer constants are one constant.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
// RUN: assay-summary-dump %s -- -DMANY | FileCheck %s --check-prefix=CUT
#include <stdint.h>
struct cfg {
  int bits;
  uint8_t key[4];
  const char *name;
  struct {
    int lo, hi;
  } range;
  union {
    int number;
    char letter;
  } un;
};
int get(void);
int handler(int);

// CHECK-LABEL: function a_locals ;
void a_locals(int n) {
  int plain;
  // CHECK: store plain <- (uninitialised) init ;
  int five = 5;
  // CHECK: store five <- (5) init ;
  char text[] = "abc";
  // CHECK: store text <- ("abc" 3) init aggregate ;
  char padded[8] = "abc";
  // CHECK: store padded <- (zero) init ;
  // CHECK: store padded <- ("abc" 3) init aggregate ;
  uint8_t zero[16] = {0};
  // CHECK: store zero <- (zero) init ;
  uint8_t iv[4] = {1, 2};
  // CHECK: store iv <- (zero) init ;
  // CHECK: store iv <- (bytes 4x8 01020000) init aggregate ;
  int mixed[3] = {n, [2] = get()};
  // CHECK: %8 = call get() ;
  // CHECK: store mixed <- (zero) init ;
  // CHECK: %10 = load n ;
  // CHECK: store mixed[0] <- %10 init ;
  // CHECK: store mixed[2] <- %8 init ;
  uint32_t words[] = {0x01020304, 5};
  // CHECK: store words <- (bytes 2x32 0403020105000000) init aggregate ;
}
// CHECK: scope-end words ;
// CHECK: scope-end mixed ;
// CHECK: scope-end iv ;
// CHECK: scope-end zero ;
// CHECK: scope-end padded ;
// CHECK: scope-end text ;
// CHECK: scope-end five ;
// CHECK: scope-end plain ;

// CHECK-LABEL: function b_structs ;
void b_structs(int n) {
  struct cfg c = {.name = "x", .range.hi = n, .un.letter = 'z'};
  // CHECK: store c <- (zero) init ;
  // CHECK: store c.name <- &("x" 1) init ;
  // CHECK: %2 = load n ;
  // CHECK: store c.range.hi <- %2 init ;
  // CHECK: store c.un.letter <- (122) init ;
  struct cfg all = {1, {1, 2, 3, 4}, "y", {5, 6}, {7}};
  // CHECK: store all <- (zero) init ;
  // CHECK: store all.bits <- (1) init ;
  // CHECK: store all.key <- (bytes 4x8 01020304) init aggregate ;
  // CHECK: store all.name <- &("y" 1) init ;
  // CHECK: store all.range.lo <- (5) init ;
  // CHECK: store all.range.hi <- (6) init ;
  // CHECK: store all.un.number <- (7) init ;
  struct cfg *lit = &(struct cfg){.bits = 128};
  // CHECK: store tmp3 <- (zero) init ;
  // CHECK: store tmp3.bits <- (128) init ;
  // CHECK: store lit <- &tmp3 init ;
  c = (struct cfg){.bits = n};
  // CHECK: store tmp4 <- (zero) init ;
  // CHECK: %16 = load n ;
  // CHECK: store tmp4.bits <- %16 init ;
  // CHECK: %18 = load tmp4 aggregate ;
  // CHECK: store c <- %18 aggregate ;
}
// CHECK: scope-end lit ;
// CHECK: scope-end all ;
// CHECK: scope-end c ;

// CHECK-LABEL: function m_static_local ;
int m_static_local(void) {
  static int calls = 10;
  static int none;
  return calls++ + none;
  // CHECK: %0 = load @m_static_local::calls ;
  // CHECK: %1 = derive add %0, (1) ;
  // CHECK: store @m_static_local::calls <- %1 ;
  // CHECK: %3 = load @m_static_local::none ;
  // CHECK: %4 = derive add %0, %3 ;
  // CHECK: return %4 ;
}

// CHECK-LABEL: initialiser c_number ;
int c_number = 3;
// CHECK: store @c_number <- (3) init ;
// CHECK-LABEL: initialiser d_table ;
struct cfg d_table[] = {{.bits = 1024}, [2] = {.key = {9, 8}, .name = 0}};
// CHECK: store @d_table <- (zero) init ;
// CHECK: store @d_table[0].bits <- (1024) init ;
// CHECK: store @d_table[2].key <- (bytes 4x8 09080000) init aggregate ;
// CHECK: store @d_table[2].name <- (null) init ;
// CHECK-LABEL: initialiser e_names ;
const char *e_names[2] = {"aes", "des"};
// CHECK: store @e_names <- (zero) init ;
// CHECK: store @e_names[0] <- &("aes" 3) init ;
// CHECK: store @e_names[1] <- &("des" 3) init ;
// CHECK-LABEL: initialiser f_handlers ;
int (*const f_handlers[])(int) = {handler, 0};
// CHECK: store @f_handlers <- (zero) init ;
// CHECK: store @f_handlers[0] <- handler init ;
// CHECK: store @f_handlers[1] <- (null) init ;
// CHECK-LABEL: initialiser g_tentative ;
int g_tentative;
// CHECK: store @g_tentative <- (zero) init ;
extern int h_elsewhere;
// CHECK-LABEL: initialiser i_address ;
int *i_address = &c_number;
// CHECK: store @i_address <- &@c_number init ;
// CHECK-LABEL: initialiser j_matrix ;
char j_matrix[2][3] = {{1, 2, 3}, {4}};
// CHECK: store @j_matrix <- (zero) init ;
// CHECK: store @j_matrix[0] <- (bytes 3x8 010203) init aggregate ;
// CHECK: store @j_matrix[1] <- (bytes 3x8 040000) init aggregate ;
struct {
  int x;
  // CHECK-LABEL: initialiser k_unnamed ;
} k_unnamed = {.x = 4};
// CHECK: store @k_unnamed <- (zero) init ;
// CHECK: store @k_unnamed.x <- (4) init ;
// CHECK-LABEL: initialiser l_range ;
const uint8_t l_range[6] = {[2 ... 4] = 7};
// CHECK: store @l_range <- (zero) init ;
// CHECK: store @l_range <- (bytes 6x8 000007070700) init aggregate ;

#ifdef MANY
#define A4(x) x, x, x, x
#define A1024(x) A4(A4(A4(A4(A4(x)))))
struct pair {
  int a;
  char *b;
};
struct pair many[] = {A4(A4(A1024({1}))), {2}};
char big[70000] = {1, 2};
// CUT: bytes 70000x8 0102{{0+}} truncated
// CUT: initialiser many cut
#endif

// END-LABEL: initialiser m_static_local::calls ;
// END: store @m_static_local::calls <- (10) init ;
// END-LABEL: initialiser m_static_local::none ;
// END: store @m_static_local::none <- (zero) init ;
