// Expressions that name memory become a base and a path; a pointer that is read from a place lengthens that place's path.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
struct inner {
  int x;
  int arr[4];
};
struct outer {
  struct inner in;
  struct inner *ptr;
  struct {
    int anon;
  };
  union {
    int u;
    float f;
  } un;
};
struct outer g;
int buf[8];

// CHECK-LABEL: function a_members ;
void a_members(struct outer *p) {
  p->in.x = 1;
  // CHECK: store p.*.in.x <- (1) ;
  p->un.u = 2;
  // CHECK: store p.*.un.u <- (2) ;
  (*p).in.x = 3;
  // CHECK: store p.*.in.x <- (3) ;
  *&p->in.x = 4;
  // CHECK: store p.*.in.x <- (4) ;
  g.ptr->x = 5;
  // CHECK: store @g.ptr.*.x <- (5) ;
  struct inner copy = *p->ptr;
  // CHECK: %5 = load p.*.ptr.* aggregate ;
  // CHECK: store copy <- %5 init aggregate ;
  *p->ptr = copy;
  // CHECK: %7 = load copy aggregate ;
  // CHECK: store p.*.ptr.* <- %7 aggregate ;
}
// CHECK: scope-end copy ;

// CHECK-LABEL: function b_elements ;
void b_elements(struct outer *p, int i, char **argv, int (*rows)[4]) {
  p->ptr->arr[i] = 1;
  // CHECK: store p.*.ptr.*.arr[?] <- (1) ;
  p[2].in.arr[1] = 2;
  // CHECK: store p.*[2].in.arr[1] <- (2) ;
  buf[3] = 3;
  // CHECK: store @buf[3] <- (3) ;
  *buf = 4;
  // CHECK: store @buf[0] <- (4) ;
  *(buf + 2) = 5;
  // CHECK: store @buf[2] <- (5) ;
  3 [buf] = 6;
  // CHECK: store @buf[3] <- (6) ;
  rows[1][2] = 7;
  // CHECK: store rows.*[1][2] <- (7) ;
  argv[1][0] = 'x';
  // CHECK: store argv.*[1].*[0] <- (120) ;
  buf[i++] = 8;
  // CHECK: %8 = load i ;
  // CHECK: %9 = derive add %8, (1) ;
  // CHECK: store i <- %9 ;
  // CHECK: store @buf[?] <- (8) ;
}

// Looked at as another type, memory has no element numbers that mean anything.
// CHECK-LABEL: function c_casts ;
void c_casts(struct outer *p) {
  ((struct inner *)p)->x = 1;
  // CHECK: store p.*.x <- (1) ;
  *(int *)((char *)p + 4) = 2;
  // CHECK: store p.*... <- (2) ;
  ((char *)buf)[4] = 3;
  // CHECK: store @buf... <- (3) ;
}

// Longer paths are cut and say so.
struct n {
  struct n *next;
  int v;
};
// CHECK-LABEL: function d_long ;
int d_long(struct n *n) {
  return n->next->next->next->v;
  // CHECK: %0 = load n.*.next.*.next.*.next ;
  // CHECK-NEXT: %1 = load %0.*.v ;
  // CHECK: return %1 ;
}

// CHECK-LABEL: function e_pointers ;
void e_pointers(int *p, int i) {
  int *q = &buf[1], *r = buf, *s = &buf[i];
  // CHECK: store q <- &@buf[1] init ;
  // CHECK: store r <- &@buf init ;
  // CHECK: store s <- &@buf[?] init ;
  q += 2;
  // CHECK: %3 = load q ;
  // CHECK: %4 = derive pointeradd %3, (2) ;
  // CHECK: store q <- %4 ;
  r = q - i;
  // CHECK: %6 = load q ;
  // CHECK: %7 = load i ;
  // CHECK: %8 = derive negate %7 ;
  // CHECK: %9 = derive pointeradd %6, %8 ;
  // CHECK: store r <- %9 ;
  s++;
  // CHECK: %11 = load s ;
  // CHECK: %12 = derive pointeradd %11, (1) ;
  // CHECK: store s <- %12 ;
  long d = q - r;
  // CHECK: %14 = load q ;
  // CHECK: %15 = load r ;
  // CHECK: %16 = derive pointersub %14, %15 ;
  // CHECK: store d <- %16 init ;
}
// CHECK: scope-end d ;
// CHECK: scope-end s ;
// CHECK: scope-end r ;
// CHECK: scope-end q ;

struct inner *get(void);
struct inner f_by_value(void);
// CHECK-LABEL: function f_results ;
int f_results(struct inner *(*fp)(void)) {
  get()->x = 1;
  // CHECK: %0 = call get() ;
  // CHECK: store %0.*.x <- (1) ;
  fp()->x = 2;
  // CHECK: %2 = load fp ;
  // CHECK: %3 = call indirect %2() type struct inner *(void) ;
  // CHECK: store %3.*.x <- (2) ;
  return f_by_value().arr[1];
  // CHECK: %5 = call f_by_value() ;
  // CHECK: store tmp0 <- %5 init aggregate ;
  // CHECK: %7 = load tmp0.arr[1] ;
  // CHECK: return %7 ;
}

// END-LABEL: initialiser buf ; {{.*}} name c:@buf{{$}}
// END: store @buf <- (zero) init ;
// END-LABEL: initialiser g ; {{.*}} name c:@g{{$}}
// END: store @g <- (zero) init ;
