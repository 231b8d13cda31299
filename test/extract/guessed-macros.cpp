// Attributes of a header that is not there: what is declared with them is kept, and marked.
// RUN: assay-summary-dump %s | FileCheck %s
#include <Vendor.h>

// CHECK-DAG: store @ApPassword <- &("pl4ntWiFi" 9)
PROGMEM const char *ApPassword = "pl4ntWiFi";
// CHECK-DAG: store @Page <- ("<html>" 6)
const char Page[] FLASH = "<html>";
// CHECK-DAG: store @Name <- &("plant" 5)
const char *ROM_TEXT Name = "plant";

// CHECK-DAG: function onPin recovered
// CHECK-DAG: call count((1))
void count(int N);
void IRAM_ATTR onPin() { count(1); }
// CHECK-DAG: function onTimer recovered
void onTimer() ICACHE_FLASH {
  // CHECK-DAG: call count((2))
  count(2);
}
// CHECK-DAG: function made recovered
static FAST_CODE int made(void) { return 1; }

// What stands in front of a declaration marks it all the same.
// CHECK-DAG: function onEdge recovered
IRAM_ATTR void onEdge() { count(3); }

// A name that is used otherwise, too, is none.
// CHECK-DAG: diagnostic error unknown type name 'LIMIT'
LIMIT int less(int A) { return A < LIMIT ? made() : 0; }
// CHECK-DAG: function whole ;
int whole() { return 1; }
