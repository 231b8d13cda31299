// Names of C++ entities as people write them, without template arguments and without what has no name.
// RUN: assay-summary-dump %s | FileCheck %s
namespace ns {
inline namespace v1 {
template <class T> struct Box {
  T v;
  T get() const { return v; }
  static int count;
};
template <class T> int Box<T>::count = 0;
} // namespace v1
namespace {
int hidden() { return 1; }
struct Local {
  int field;
  ~Local() {}
};
} // namespace
class Outer {
public:
  class Inner {
  public:
    Inner(int) {}
    bool operator==(const Inner &) const { return true; }
    operator bool() const { return false; }
    enum Kind { First, Second };
    enum class Strict { Yes };
  };
};
} // namespace ns
extern "C" int plain_c(int);
extern "C" {
int c_global;
}
auto lambda = [] { return 3; };
int use(ns::Box<int> &b, ns::Outer::Inner &i) {
  ns::Local l{2};
  struct InFunction {
    int f;
    int twice() { return f * 2; }
  } local{1};
  return b.get() + ns::Box<int>::count + ns::hidden() + l.field + (i == i) + (bool)i + ns::Outer::Inner::Second +
         (int)ns::Outer::Inner::Strict::Yes + plain_c(c_global) + lambda() + local.twice();
}
// CHECK-DAG: entity function plain_c name c:@F@plain_c external
// CHECK-DAG: entity global c_global name c:@c_global external definition
// CHECK-DAG: entity method ns::Box::get name c:@N@ns@N@v1@S@Box>#I@F@get#1 external definition inline
// CHECK-DAG: entity global ns::Box::count name c:@N@ns@N@v1@S@Box>#I@count external definition template
// CHECK-DAG: entity method ns::Outer::Inner::operator== name {{.*}} external definition
// CHECK-DAG: entity method ns::Outer::Inner::operator bool name
// CHECK-DAG: entity enumerator ns::Outer::Inner::Second name {{.*}} = 1
// CHECK-DAG: entity enumerator ns::Outer::Inner::Strict::Yes name {{.*}} = 0
// CHECK-DAG: entity function ns::hidden name {{.*}}@aN@F@hidden#@names-cxx.cpp internal definition
// CHECK-DAG: entity field ns::Local::field name {{.*}}@aN@S@Local@FI@field@names-cxx.cpp internal
// CHECK-DAG: entity destructor ns::Local::~Local name {{.*}}@names-cxx.cpp internal definition
// CHECK-DAG: entity method (lambda)::operator() name c:names-cxx.cpp@Sa@F@operator()#1@names-cxx.cpp:35:15
// CHECK-DAG: entity method use::InFunction::twice name c:names-cxx.cpp@F@use{{.*}}@S@InFunction@F@twice#@names-cxx.cpp:
