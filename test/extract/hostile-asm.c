// RUN: assay-summary-dump %s | FileCheck %s --implicit-check-not="lost " 
// Inline assembly in all of GNU's forms, and builtins that Clang does not know, in a unit that has errors: each function is
// there, whole where nothing is wrong with it, and nothing behind it is lost.
unknown_t broken(void);
// CHECK: errors {{[1-9]}}
int simple(int x) { asm("nop"); __asm__ __volatile__("" ::: "memory"); return x; }
// CHECK-DAG: function simple ;
int operands(int a, int *p) { int r; asm volatile("mov %1, %0" : "=r"(r) : "r"(a) : "cc"); asm("" : "+m"(*p)); return r; }
// CHECK-DAG: function operands ;
int tied(int a) { int r; asm("incl %0" : "=r"(r) : "0"(a)); asm("# %[name]" : [name] "=&r"(r) : "[name]"(a)); return r; }
// CHECK-DAG: function tied ;
int jumps(int a) {
  asm goto("test %0, %0; jz %l1" : : "r"(a) : "cc" : zero);
  return 1;
zero:
  return 0;
}
// CHECK-DAG: function jumps ;
int jumps_with_output(int a) {
  int r;
  asm goto("mov %1, %0; jz %l2" : "=r"(r) : "r"(a) : : zero);
  return r;
zero:
  return 0;
}
// CHECK-DAG: function jumps_with_output ;
__attribute__((naked)) void bare(void) { asm("ret"); }
// CHECK-DAG: function bare ;
int fixed(int a) { register int r asm("eax") = a; asm volatile("int $0x80" : "+r"(r)); return r; }
// CHECK-DAG: function fixed ;
asm(".globl from_assembly\nfrom_assembly: ret");
struct pair { int a, b; };
int structs(struct pair *p) { asm("" : "=m"(*p) : "m"(*p)); return p->a; }
// CHECK-DAG: function structs ;
// What no assembler of this target takes.
int other_constraint(int a) { int r; asm("cps %0" : "=Uq"(r) : "w"(a)); return r; }
// CHECK-DAG: function other_constraint recovered ;
int other_clobber(int a) { asm volatile("msr primask, %0" : : "r"(a) : "r12", "no_such_register"); return a; }
// CHECK-DAG: function other_clobber recovered ;
int other_register(void) { register int sp asm("r13_svc"); return sp; }
// CHECK-DAG: function other_register recovered ;
int wrong_tie(int a) { int r; asm("" : "=r"(r) : "7"(a)); return r + a; }
// CHECK-DAG: function wrong_tie recovered ;
int no_such_label(int a) { asm goto("" : : : : nowhere); return a; }
// CHECK-DAG: function no_such_label recovered ;
asm unparsable_here;
int unknown_builtin(int a) { return __builtin_arm_of_tomorrow(a) + __builtin_avr_nops(1); }
// CHECK-DAG: function unknown_builtin ;
unsigned long unknown_builtin_type(void) { __builtin_no_type_t x = 0; return x; }
// CHECK-DAG: function unknown_builtin_type recovered ;
int other_target(int a) { return __builtin_arm_rbit(a) + __builtin_ia32_rdtsc() * 0 + __builtin_msp430_x(); }
// CHECK-DAG: function other_target ;
int after(void) { return simple(1); }
// CHECK-DAG: function after ;
