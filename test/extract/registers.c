// Memory at an address that is a number: a place of its own kind, neither null nor unknown.
// RUN: assay-summary-dump %s | FileCheck %s
// RUN: cd %S && assay-program-dump registers.c | FileCheck %s --check-prefix=LINK
#include <stdint.h>

typedef struct { volatile uint32_t SR, DR; void (*handler)(void); } uart_t;
#define UART0 ((uart_t *)0x40011000u)
#define RCC (*(volatile uint32_t *)0x40021000u)
typedef void (*entry_t)(void);
static void on_rx(void) {}
static void on_irq(void) {}
static const entry_t ram_table[2] = {on_irq};

// CHECK-LABEL: function direct ;
void direct(int n) {
  // CHECK: load fixed(1073876992 macro RCC) volatile
  // CHECK: store fixed(1073876992 macro RCC) <- {{.*}} volatile
  RCC |= 1;
  // CHECK: store fixed(1073811456 macro UART0).DR <- {{.*}} volatile
  UART0->DR = 'x';
  // CHECK: store fixed(3758153984)[3] <- {{.*}} volatile
  ((volatile uint32_t *)0xE000E100)[3] = 1;
  // A computed one is not fixed, nor is null.
  // CHECK: store %{{[0-9]+}}.* <- {{.*}} volatile
  *(volatile uint8_t *)(0x20000000 + (unsigned)n) = 1;
  // CHECK: store unknown <-
  *(volatile int *)0 = 1;
}

// CHECK-LABEL: function through_variable ;
uint32_t through_variable(void) {
  uart_t *u = UART0;
  // CHECK: load u.*.SR volatile
  return u->SR;
}

// What hardware is told of, it may call.
void install(void) {
  UART0->handler = on_rx;
  *(volatile uint32_t *)0xE000ED08 = (uint32_t)(uintptr_t)ram_table;
}
// A jump to a number, and to what a register holds.
// LINK-DAG: call registers.c:[[#@LINE+1]] in boot -> and unknown
void boot(void) { ((entry_t)0x1FFF0001)(); }
// LINK-DAG: call registers.c:[[#@LINE+1]] in reset -> and unknown
void reset(void) { (*(entry_t *)0x08000004)(); }
// LINK-DAG: call registers.c:[[#@LINE+1]] in fire -> on_rx and unknown
void fire(void) { UART0->handler(); }
// LINK-DAG: entry on_irq: handed out by ram_table at registers.c:12
// LINK-DAG: entry on_rx: handed out by uart_t::handler at registers.c:39
