// Overloaded operators are calls: of members with the object first.
// RUN: assay-summary-dump %s | FileCheck %s
struct V {
  int x;
  V &operator+=(const V &);
  int &operator[](int);
  bool operator!() const;
  explicit operator bool() const;
  operator int() const;
  V operator++(int);
  V *operator->();
  int operator()(int, int = 7);
};
V operator+(const V &, const V &);
bool operator==(const V &, const V &);
struct Out {
  Out &operator<<(int);
  Out &operator<<(const char *);
};
long operator""_kb(unsigned long long);

// CHECK-LABEL: function a_members ;
int a_members(V &a, V b) {
  a += b;
  // CHECK: %0 = call V::operator+=(&a.*, &b) receiver unused ;
  a[2] = 3;
  // CHECK: %1 = call V::operator[](&a.*, (2)) receiver ;
  // CHECK: store %1.* <- (3) ;
  b++;
  // CHECK: %3 = call V::operator++(&b, (0)) receiver unused ;
  a->x = 4;
  // CHECK: %4 = call V::operator->(&a.*) receiver ;
  // CHECK: store %4.*.x <- (4) ;
  if (!a || b)
  // CHECK: %6 = call V::operator!(&a.*) receiver ;
  // CHECK: branch %6 ;
  // CHECK: %8 = call V::operator bool(&b) receiver ;
  // CHECK: branch %8 ;
    return a(1);
    // CHECK: %10 = call V::operator()(&a.*, (1), (7)) receiver ;
    // CHECK: return %10 ;
  int n = b;
  // CHECK: %12 = call V::operator int(&b) receiver ;
  // CHECK: store n <- %12 init ;
  return n;
  // CHECK: %14 = load n ;
  // CHECK: scope-end n ;
  // CHECK: return %14 ;
}

// CHECK-LABEL: function b_free ;
bool b_free(V &a, V &b) {
  V sum = a + b;
  // CHECK: %0 = call operator+(&a.*, &b.*) ;
  // CHECK: store sum <- %0 init aggregate ;
  return sum == a;
  // CHECK: %2 = call operator==(&sum, &a.*) ;
  // CHECK: scope-end sum ;
  // CHECK: return %2 ;
}

// CHECK-LABEL: function c_chain ;
void c_chain(Out &out, int v) {
  out << "v=" << v;
  // CHECK: %0 = call Out::operator<<(&out.*, &("v=" 2)) receiver ;
  // CHECK: %1 = load v ;
  // CHECK: %2 = call Out::operator<<(%0, %1) receiver unused ;
}

// CHECK-LABEL: function d_literal ;
long d_literal() { return 4_kb; }
// CHECK: %0 = call operator""_kb((4)) ;
// CHECK: return %0 ;

