// A header is not there: what its names are is guessed by their uses, so that the statements around them are kept.
// Each function around such a name stays marked.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: sed -e '/include/d' %s > %t.c && assay-summary-dump %t.c | FileCheck %s --check-prefix=ALONE
#include "vendor.h"

int open_door(const char *code);

// CHECK-DAG: entity field vendor_cfg_t::ssid {{.*}} type const char *
// CHECK-DAG: entity field vendor_cfg_t::port {{.*}} type int
static vendor_cfg_t Config = {.ssid = "plant", .port = 1883, .ap = {.pass = "pl4ntWiFi"}};
// CHECK-DAG: store @Config.ap.pass <- &("pl4ntWiFi" 9)

// Rows by position.
static const account_t Accounts[] = {{"root", "toor1234", 3}, {"service", "Serv1ce!", 2}};
// CHECK-DAG: store @Accounts[1]. <- &("Serv1ce!" 8)

// CHECK-DAG: function types recovered
void types(reply_t *r, u16 n) {
  // CHECK-DAG: store r.*.level <- (2)
  r->level = 2;
  HANDLE h = open_handle("x");
  uint8_t key[4] = {1, 2, 3, 4};
  // CHECK-DAG: call use_key(&key, (4 sizeof), %{{[0-9]+}})
  use_key(key, sizeof key, h);
  BYTE *walk = (BYTE *)key;
  close_handle(&h, walk, (DWORD)n);
  // A text, and a pointer to one.
  TCHAR user[] = "admin";
  LPCSTR door = "main";
  // CHECK-DAG: call login(&user, %{{[0-9]+}})
  login(user, door);
}

// CHECK-DAG: function values recovered
int values(int state) {
  // CHECK-DAG: call start(%{{[0-9]+}}, (0))
  if (start(MODE_SERVER | FLAG_KEEP, 0) != VENDOR_OK)
    return -1;
  // CHECK-DAG: %{{[0-9]+}} = load @Board.uart.speed
  open_door(Board.uart.speed ? "1" : "0");
  switch (state) {
  case STATE_OPEN:
    // CHECK-DAG: call open_door(&("4711" 4))
    return open_door("4711");
  default:
    return 0;
  }
}

// What the file declares itself, later or elsewhere, is no guess.
struct node;
struct later *head;
struct later { struct later *next; };
// CHECK-DAG: function own ;
int own(struct later *l, int product) { return l->next != 0 && product * product; }

// ALONE: diagnostic error
// ALONE-NOT: entity field vendor_cfg_t::ssid
