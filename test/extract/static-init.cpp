// What is initialised before the program starts is a body of its own; what is initialised when control reaches it is part
// of the function.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
int get(int);
struct S {
  S(int);
  static const int Limit = 12;
  static constexpr const char *Name = "s";
  inline static int counter = get(3);
};
S a_object(5);
int b_called = get(1);
constexpr int c_constant = 7;
int &d_reference = b_called;
// CHECK-LABEL: function e_when_reached ;
int e_when_reached(int n) {
  static int fixed = 4;
  static int later = get(n);
  // CHECK: %0 = load n ;
  // CHECK: %1 = call get(%0) ;
  // CHECK: store @e_when_reached::later <- %1 init ;
  static S object(n);
  // CHECK: %3 = load n ;
  // CHECK: %4 = call constructor S::S(&@e_when_reached::object, %3) receiver ;
  return fixed + later + S::Limit + c_constant;
  // CHECK: %5 = load @e_when_reached::fixed ;
  // CHECK: %6 = load @e_when_reached::later ;
  // CHECK: %7 = derive add %5, %6 ;
  // CHECK: %8 = load @S::Limit ;
  // CHECK: %9 = derive add %7, %8 ;
  // CHECK: %10 = load @c_constant ;
  // CHECK: %11 = derive add %9, %10 ;
  // CHECK: return %11 ;
}

// END-LABEL: initialiser S::Limit ; {{.*}} name c:@S@S@Limit{{$}}
// END: store @S::Limit <- (12) init ;
// END-LABEL: initialiser S::Name ; {{.*}} name c:@S@S@Name{{$}}
// END: store @S::Name <- &("s" 1) init ;
// END-LABEL: initialiser S::counter ; {{.*}} name c:@S@S@counter{{$}}
// END: %0 = call get((3)) ;
// END: store @S::counter <- %0 init ;
// END-LABEL: initialiser a_object ; {{.*}} name c:@a_object{{$}}
// END: store @a_object <- (zero) init ;
// END: %1 = call constructor S::S(&@a_object, (5)) receiver ;
// END-LABEL: initialiser b_called ; {{.*}} name c:@b_called{{$}}
// END: %0 = call get((1)) ;
// END: store @b_called <- %0 init ;
// END-LABEL: initialiser d_reference ; {{.*}} name c:@d_reference{{$}}
// END: store @d_reference <- &@b_called init ref ;
// END-LABEL: initialiser e_when_reached::fixed ;
// END: store @e_when_reached::fixed <- (4) init ;
// END-LABEL: initialiser c_constant ;
// END: store @c_constant <- (7) init ;
