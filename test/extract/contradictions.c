// What a missing header leaves behind: functions that were called before anybody declared them, and compound
// assignments whose type nobody knows. Neither costs more than itself.
// RUN: assay-summary-dump %s | FileCheck %s
#include "not-there.h"
void early(void) { log_it(1, "x"); }
// CHECK-DAG: function log_it {{.*}}contradictions.c:[[#@LINE+1]]:5
int log_it(struct m *m, unsigned p, const char *fmt, ...) { return fmt[p]; }
// CHECK-DAG: load fmt
void late(void) { log_it(0, 1, "x"); }

int twice(int a) { return a; }
// CHECK-DAG: function twice {{.*}}contradictions.c:[[#@LINE+1]]:5
int twice(int a, int b, int c) { return c; }

struct unknown;
// CHECK-DAG: function compound recovered
void compound(struct unknown *u, int b) {
  u->count += b;
  // CHECK-DAG: opaque recovery ; {{.*}}contradictions.c:[[#@LINE-1]]
  b += u->count;
  // CHECK-DAG: opaque recovery ; {{.*}}contradictions.c:[[#@LINE-1]]
  b -= missing;
  u->count++;
}
// CHECK-DAG: function after ;
int after(void) { return 2; }

// A call with a wrong argument is a call still.
struct box {
  int n;
};
int fill(char *to, int n, struct box b);
// CHECK-DAG: function broken_call recovered
int broken_call(char *key) {
  char local[4];
  // CHECK-DAG: call fill(%{{[0-9]+}}, (4))
  fill(key, 4);
  // CHECK-DAG: call fill(&local,
  return fill(local, 1, 2);
}
