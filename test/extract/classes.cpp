// Methods, constructors with their initialisers, destructors, virtual calls, copies.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=END
// RUN: assay-summary-dump %s | FileCheck %s --check-prefix=ENTITY
struct Res {
  Res();
  Res(int);
  Res(const Res &);
  ~Res();
  Res &operator=(const Res &);
  int handle;
};
struct Base {
  virtual ~Base();
  virtual int run(int n);
  int tag = 7;
};
struct Pump final : Base {
  Pump(int rate);
  Pump();
  ~Pump();
  int run(int n) override;
  int get() const { return rate; }
  static int count();
  int rate;
  int mode = 3;
  Res res;
  static int made;
};
int Pump::made = 0;

// ENTITY: entity method Base::run name c:@S@Base@F@run#I# external virtual address-taken type int (int) parent Base
// ENTITY: entity record Pump name c:@S@Pump external definition type Pump base Base
// ENTITY: entity method Pump::run name c:@S@Pump@F@run#I# external definition virtual type int (int) parent Pump overrides Base::run

// CHECK-LABEL: function a_objects ;
void a_objects(Res r) {
  Pump p(5);
  // CHECK: %0 = call constructor Pump::Pump(&p, (5)) receiver ;
  Pump q;
  // CHECK: %1 = call constructor Pump::Pump(&q) receiver ;
  Res copy = r;
  // CHECK: %2 = call constructor Res::Res(&copy, &r) receiver ;
  Res made = Res(3);
  // CHECK: %3 = call constructor Res::Res(&made, (3)) receiver ;
  copy = made;
  // CHECK: %4 = call Res::operator=(&copy, &made) receiver unused ;
  Res many[2];
  // CHECK: %5 = call constructor Res::Res(&many[?]) receiver ;
}
// CHECK: %6 = call destructor Res::~Res(&many[?]) receiver implicit ;
// CHECK: scope-end many ;
// CHECK: %8 = call destructor Res::~Res(&made) receiver implicit ;
// CHECK: scope-end made ;
// CHECK: %10 = call destructor Res::~Res(&copy) receiver implicit ;
// CHECK: scope-end copy ;
// CHECK: %12 = call destructor Pump::~Pump(&q) receiver implicit ;
// CHECK: scope-end q ;
// CHECK: %14 = call destructor Pump::~Pump(&p) receiver implicit ;
// CHECK: scope-end p ;

// CHECK-LABEL: function b_methods ;
int b_methods(Base &b, Base *bp, Pump &p, const Pump *pp) {
  b.run(1);
  // CHECK: %0 = call virtual Base::run(&b.*, (1)) receiver unused ;
  bp->run(2);
  // CHECK: %1 = call virtual Base::run(&bp.*, (2)) receiver unused ;
  p.run(3);
  // CHECK: %2 = call Pump::run(&p.*, (3)) receiver unused ;
  b.Base::run(4);
  // CHECK: %3 = call Base::run(&b.*, (4)) receiver unused ;
  Pump::count();
  // CHECK: %4 = call Pump::count() unused ;
  return pp->get() + p.rate + Pump::made;
  // CHECK: %5 = call Pump::get(&pp.*) receiver ;
  // CHECK: %6 = load p.*.rate ;
  // CHECK: %7 = derive add %5, %6 ;
  // CHECK: %8 = load @Pump::made ;
  // CHECK: %9 = derive add %7, %8 ;
  // CHECK: return %9 ;
}

// CHECK-LABEL: function c_member_pointers ;
int c_member_pointers(Base &b, Base *bp, int (Base::*method)(int), int Base::*field) {
  method = &Base::run;
  // CHECK: store method <- Base::run ;
  return (b.*method)(1) + (bp->*method)(2) + b.*field;
  // CHECK: %1 = load method ;
  // CHECK: %2 = call indirect %1(&b.*, (1)) type int (int) receiver ;
  // CHECK: %3 = load bp ;
  // CHECK: %4 = load method ;
  // CHECK: %5 = call indirect %4(%3, (2)) type int (int) receiver ;
  // CHECK: %6 = derive add %2, %5 ;
  // CHECK: %7 = load field ;
  // CHECK: %8 = load b.*... ;
  // CHECK: %9 = derive add %6, %8 ;
  // CHECK: return %9 ;
}

// Only what is called counts; `= default` and implicit members that do something have bodies.
struct Holder {
  Res a;
  int n;
};
// CHECK-LABEL: function d_implicit ;
Holder d_implicit(const Holder &from) {
  Holder copy = from;
  // CHECK: %0 = call constructor Holder::Holder(&copy, &from.*) receiver implicit ;
  copy = from;
  // CHECK: %1 = call Holder::operator=(&copy, &from.*) receiver unused ;
  return copy;
  // CHECK-NEXT: %2 = load copy aggregate ;
  // CHECK-NEXT: return %2 ;
}
// Assigning what has no assignment of its own copies memory.
struct Plain {
  int a, b;
};
// CHECK-LABEL: function e_plain ;
int e_plain(Plain &p, Plain *q) {
  p = *q;
  // CHECK: %0 = load q.* aggregate ;
  // CHECK: store p.* <- %0 aggregate ;
  (*q = Plain{1, 2}).a = 3;
  // CHECK: store tmp0.a <- (1) init ;
  // CHECK: store tmp0.b <- (2) init ;
  // CHECK: %4 = load tmp0 aggregate ;
  // CHECK: store q.* <- %4 aggregate ;
  // CHECK: store q.*.a <- (3) ;
  return p.operator=(*q).b;
  // CHECK: %7 = load q.* aggregate ;
  // CHECK: store p.* <- %7 aggregate ;
  // CHECK: %9 = load p.*.b ;
  // CHECK: return %9 ;
}
Pump::Pump(int rate) : rate(rate), res(rate + 1) { mode = run(1); }
// CHECK-LABEL: function Pump::Pump ;
Pump::Pump() : Pump(9) {}
// CHECK: %0 = call constructor Pump::Pump(&this.*, (9)) receiver ;
// CHECK-LABEL: function Pump::run ;
int Pump::run(int n) { return this->rate * n; }
// CHECK: %0 = load this.*.rate ;
// CHECK: %1 = load n ;
// CHECK: %2 = derive mul %0, %1 ;
// CHECK: return %2 ;
// CHECK-LABEL: function Pump::~Pump ;
Pump::~Pump() { made--; }
// CHECK: %0 = load @Pump::made ;
// CHECK: %1 = derive sub %0, (1) ;
// CHECK: store @Pump::made <- %1 ;
// CHECK: %3 = call destructor Res::~Res(&this.*.res) receiver implicit ;
// CHECK: %4 = call destructor Base::~Base(&this.*) receiver implicit ;

// END-LABEL: function Base::Base ; {{.*}} name c:@S@Base@F@Base#{{$}}
// END: store this.*.tag <- (7) init ;
// END-LABEL: function Holder::Holder ; {{.*}} name c:@S@Holder@F@Holder#&&$@S@Holder#{{$}}
// END: %0 = call constructor Res::Res(&this.*.a, &param0.*.a) receiver ;
// END: %1 = load param0.*.n ;
// END: store this.*.n <- %1 init ;
// END-LABEL: function Holder::Holder ; {{.*}} name c:@S@Holder@F@Holder#&1$@S@Holder#{{$}}
// END: %0 = call constructor Res::Res(&this.*.a, &param0.*.a) receiver ;
// END: %1 = load param0.*.n ;
// END: store this.*.n <- %1 init ;
// END-LABEL: function Holder::operator= ; {{.*}} name c:@S@Holder@F@operator=#&1$@S@Holder#{{$}}
// END: %0 = call Res::operator=(&this.*.a, &param0.*.a) receiver unused ;
// END: %1 = load param0.*.n ;
// END: store this.*.n <- %1 ;
// END: return &this.* ;
// END-LABEL: function Holder::~Holder ; {{.*}} name c:@S@Holder@F@~Holder#{{$}}
// END: %0 = call destructor Res::~Res(&this.*.a) receiver implicit ;
// END-LABEL: function Pump::Pump ; {{.*}} name c:@S@Pump@F@Pump#I#{{$}}
// END: %0 = call constructor Base::Base(&this.*) receiver implicit ;
// END: %1 = load rate ;
// END: store this.*.rate <- %1 init ;
// END: store this.*.mode <- (3) init ;
// END: %4 = load rate ;
// END: %5 = derive add %4, (1) ;
// END: %6 = call constructor Res::Res(&this.*.res, %5) receiver ;
// END: %7 = call Pump::run(&this.*, (1)) receiver ;
// END: store this.*.mode <- %7 ;
// END-LABEL: function Pump::get ; {{.*}} name c:@S@Pump@F@get#1{{$}}
// END: %0 = load this.*.rate ;
// END: return %0 ;
// END-LABEL: initialiser Pump::made ; {{.*}} name c:@S@Pump@made{{$}}
// END: store @Pump::made <- (0) init ;
