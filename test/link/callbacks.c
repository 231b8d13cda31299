// Functions that are handed on: who may be called, and who may be called by somebody we do not see.
// RUN: cd %S && assay-program-dump callbacks.c | FileCheck %s
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

typedef void (*handler)(int);
static void on_alarm(int n) {}
static void on_idle(int n) {}
static void on_fault(int n) {}
static void on_signal(int n) {}
static void on_int(int n) {}
static void on_exit_(void) {}
static void *worker(void *p) { return p; }
static int by_value(const void *a, const void *b) { return 0; }
static void never(int n) {}

// CHECK-DAG: call callbacks.c:[[#@LINE+1]] in run -> on_alarm on_idle{{$}}
static void run(handler h) { h(1); }
static void forward(handler h) { run(h); }

struct device { handler on_event; void *context; uintptr_t raw; };
static void subscribe(struct device *d, handler h) { d->on_event = h; }
// CHECK-DAG: call callbacks.c:[[#@LINE+1]] in fire -> on_fault{{$}}
static void fire(struct device *d) { if (d->on_event) d->on_event(2); }

static handler choose(int n) { return n ? on_alarm : on_idle; }
static int find(int n, handler *out) { *out = n ? on_fault : NULL; return 0; }

// Through void *: the functions that were put there.
static void set(struct device *d, void *p) { d->context = p; }
// CHECK-DAG: call callbacks.c:[[#@LINE+1]] in through_context -> on_idle{{$}}
static void through_context(struct device *d) { ((handler)d->context)(3); }
// A number is just a number.
// CHECK-DAG: call callbacks.c:[[#@LINE+1]] in through_number -> and unknown
static void through_number(struct device *d) { ((handler)d->raw)(4); }

int main(int argc, char **argv) {
  struct device d = {0};
  run(on_alarm);
  forward(on_idle);
  subscribe(&d, on_fault);
  fire(&d);
  set(&d, on_idle);
  through_context(&d);
  d.raw = (uintptr_t)never;
  through_number(&d);
  // CHECK-DAG: call callbacks.c:[[#@LINE+1]] in main -> on_alarm on_idle{{$}}
  choose(argc)(5);
  handler found = 0;
  find(argc, &found);
  // CHECK-DAG: call callbacks.c:[[#@LINE+1]] in main -> on_fault{{$}}
  found(6);

  // The library calls these.
  pthread_t thread;
  pthread_create(&thread, NULL, worker, NULL);
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGTERM, &action, NULL);
  signal(SIGINT, on_int);
  atexit(on_exit_);
  int values[2] = {2, 1};
  qsort(values, 2, sizeof values[0], by_value);
  return 0;
}
// CHECK-DAG: function worker: at callbacks.c:{{[0-9]+}} and unknown
// CHECK-DAG: function on_signal: at callbacks.c:{{[0-9]+}} and unknown
// CHECK-DAG: function on_int: at callbacks.c:{{[0-9]+}} and unknown
// CHECK-DAG: function on_exit_: at callbacks.c:{{[0-9]+}} and unknown
// CHECK-DAG: function by_value: at callbacks.c:{{[0-9]+}} and unknown
// CHECK-DAG: function never: at callbacks.c:{{[0-9]+}} and unknown
// CHECK-DAG: function on_alarm: at callbacks.c:{{[0-9]+}} called by main, run{{$}}
// CHECK-DAG: function on_fault: at callbacks.c:{{[0-9]+}} called by fire, main{{$}}
// CHECK-DAG: function run: at callbacks.c:{{[0-9]+}} called by forward, main{{$}}
