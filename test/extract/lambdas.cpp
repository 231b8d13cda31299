// A lambda is a local object with a field for each capture; its call operator is a body. One that becomes a function
// pointer is that body.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
struct Owner {
  int v;
  int work(int n);
};
void hook(int (*)(int));
int use(int);

// CHECK-LABEL: function a_captures ;
int a_captures(int x, int &r) {
  int y = 1;
  // CHECK: store y <- (1) init ;
  auto f = [x, &y, &r, k = x + 2](int p) mutable {
  // CHECK: store f <- a_captures::(lambda)::operator() init aggregate ;
  // CHECK: %2 = load x ;
  // CHECK: store f.x <- %2 init ;
  // CHECK: store f.y <- &y init ref ;
  // CHECK: store f.r <- &r.* init ref ;
  // CHECK: %6 = load x ;
  // CHECK: %7 = derive add %6, (2) ;
  // CHECK: store f.k <- %7 init ;
    y = p;
    k++;
    return x + r + k;
  };
  return f(3);
  // CHECK: %9 = call a_captures::(lambda)::operator()(&f, (3)) receiver ;
  // CHECK: scope-end f ;
  // CHECK: scope-end y ;
  // CHECK: return %9 ;
}

// CHECK-LABEL: function b_pointer ;
void b_pointer() {
  hook([](int z) { return use(z); });
  // CHECK: %0 = call hook(b_pointer::(lambda)::operator()) ;
}

// CHECK-LABEL: function c_generic ;
int c_generic() {
  auto g = [](auto v) { return v; };
  return g(1);
  // CHECK: %0 = call c_generic::(lambda)::operator()(&g, (1)) receiver ;
  // CHECK: scope-end g ;
  // CHECK: return %0 ;
}
// CHECK-LABEL: function Owner::work ;
int Owner::work(int n) {
  auto f = [this, n] {
  // CHECK: store f <- Owner::work::(lambda)::operator() init aggregate ;
  // CHECK: store f.this <- &this.* init ;
  // CHECK: %2 = load n ;
  // CHECK: store f.n <- %2 init ;
    return v + n;
  };
  auto h = [*this] {
  // CHECK: %4 = load this.* aggregate ;
  // CHECK: store [[COPY:tmp[0-9]+]] <- %4 init aggregate ;
  // CHECK: store h <- Owner::work::(lambda)::operator() init aggregate ;
  // CHECK: %7 = load [[COPY]] aggregate ;
  // CHECK: store h.this <- %7 init aggregate ;
    return v;
  };
  return f() + h();
  // CHECK: %9 = call Owner::work::(lambda)::operator()(&f) receiver ;
  // CHECK: %10 = call Owner::work::(lambda)::operator()(&h) receiver ;
  // CHECK: %11 = derive add %9, %10 ;
  // CHECK: scope-end h ;
  // CHECK: scope-end f ;
  // CHECK: return %11 ;
}

// END-LABEL: function a_captures::(lambda)::operator() ;
// END: %0 = load p ;
// END: store this.*.y.* <- %0 ;
// END: %2 = load this.*.k ;
// END: %3 = derive add %2, (1) ;
// END: store this.*.k <- %3 ;
// END: %5 = load this.*.x ;
// END: %6 = load this.*.r.* ;
// END: %7 = derive add %5, %6 ;
// END: %8 = load this.*.k ;
// END: %9 = derive add %7, %8 ;
// END: return %9 ;
// END-LABEL: function b_pointer::(lambda)::operator() ;
// END: %0 = load z ;
// END: %1 = call use(%0) ;
// END: return %1 ;
// END-LABEL: function c_generic::(lambda)::operator() ;
// END: %0 = load v ;
// END: return %0 ;
// END-LABEL: function Owner::work::(lambda)::operator() ;
// END: %0 = load this.*.this.*.v ;
// END: %1 = load this.*.n ;
// END: %2 = derive add %0, %1 ;
// END: return %2 ;
// END-LABEL: function Owner::work::(lambda)::operator() ;
// END: %0 = load this.*.this.v ;
// END: return %0 ;
