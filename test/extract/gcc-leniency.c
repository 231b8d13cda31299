// What GCC 12 accepts with a warning is no error here: the device was built that way.
// RUN: assay-summary-dump %s -- -std=gnu99 | FileCheck %s
typedef void (*handler)(char *, ...) __attribute__((noreturn));
void plain(char *, ...);
static counter;
int f(int *p) {
  handler h = plain;
  p = 5;
  counter = undeclared(3);
  if (counter)
    h("x");
  return p;
}
// CHECK: unit gcc-leniency.c {{.*}} errors 0
// CHECK: call undeclared((3))
