// After each call in a try statement control goes on, or to the handlers: a block with two ways and no branch. What leaves
// the function by a throw ends there.
// RUN: assay-summary-dump %s | FileCheck %s
int f(int);
struct Error {
  Error(int);
  ~Error();
  int code;
};
struct Guard {
  ~Guard();
};
// CHECK-LABEL: function a_handlers ;
int a_handlers(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  int r = 0;
  // CHECK-NEXT: store r <- (0) init ;
  try {
    r = f(x) + f(1);
    // CHECK-NEXT: %1 = load x ;
    // CHECK-NEXT: %2 = call f(%1) ;
    // CHECK-NEXT: -> 2 4
    // CHECK-NEXT: block 2:
    // CHECK-NEXT: %3 = call f((1)) ;
    // CHECK-NEXT: -> 3 4
    // CHECK-NEXT: block 3:
    // CHECK-NEXT: %4 = derive add %2, %3 ;
    // CHECK-NEXT: store r <- %4 ;
    // CHECK-NEXT: -> 7
    // CHECK-NEXT: block 4:
    // CHECK-NEXT: -> 5 6
    // CHECK-NEXT: block 5:
  } catch (const Error &e) {
  // CHECK-NEXT: %6 = opaque catch ;
  // CHECK-NEXT: store e <- %6 init ref ;
    r = e.code;
    // CHECK-NEXT: %8 = load e.*.code ;
    // CHECK-NEXT: store r <- %8 ;
  } catch (...) {
  // CHECK-NEXT: scope-end e ;
  // CHECK-NEXT: -> 7
  // CHECK-NEXT: block 6:
    return -1;
    // CHECK-NEXT: scope-end r ;
    // CHECK-NEXT: return (-1) ;
    // CHECK-NEXT: -> 8
    // CHECK-NEXT: block 7:
  }
  return r;
  // CHECK-NEXT: %13 = load r ;
  // CHECK-NEXT: scope-end r ;
  // CHECK-NEXT: return %13 ;
  // CHECK-NEXT: -> 8
  // CHECK-NEXT: block 8:
}

// CHECK-LABEL: function b_throw ;
void b_throw(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  if (x)
  // CHECK-NEXT: %0 = load x ;
  // CHECK-NEXT: %1 = copy %0 bool 8 ;
  // CHECK-NEXT: branch %1 ;
  // CHECK-NEXT: -> 2 3
  // CHECK-NEXT: block 2:
    throw Error(3);
    // CHECK-NEXT: %3 = call constructor Error::Error(&tmp0, (3)) receiver ;
    // CHECK-NEXT: %4 = load tmp0 aggregate ;
    // CHECK-NEXT: %5 = opaque throw ;
    // CHECK-NEXT: no-return
    // CHECK-NEXT: block 3:
  f(2);
  // CHECK-NEXT: %6 = call f((2)) unused ;
  // CHECK-NEXT: -> 4
  // CHECK-NEXT: block 4:
}

// CHECK-LABEL: function c_caught_here ;
int c_caught_here(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  try {
    if (x)
    // CHECK-NEXT: %0 = load x ;
    // CHECK-NEXT: %1 = copy %0 bool 8 ;
    // CHECK-NEXT: branch %1 ;
    // CHECK-NEXT: -> 2 3
    // CHECK-NEXT: block 2:
      throw 5;
      // CHECK-NEXT: %3 = opaque throw ;
      // CHECK-NEXT: -> 5
      // CHECK-NEXT: block 3:
    f(3);
    // CHECK-NEXT: %4 = call f((3)) unused ;
    // CHECK-NEXT: -> 4 5
    // CHECK-NEXT: block 4:
    // CHECK-NEXT: -> 7
    // CHECK-NEXT: block 5:
    // CHECK-NEXT: -> 6 8
    // CHECK-NEXT: block 6:
  } catch (int n) {
  // CHECK-NEXT: %5 = opaque catch ;
  // CHECK-NEXT: store n <- %5 init ;
    x = n;
    // CHECK-NEXT: %7 = load n ;
    // CHECK-NEXT: store x <- %7 ;
  }
  // CHECK-NEXT: scope-end n ;
  // CHECK-NEXT: -> 7
  // CHECK-NEXT: block 7:
  return x;
  // CHECK-NEXT: %10 = load x ;
  // CHECK-NEXT: return %10 ;
  // CHECK-NEXT: -> 8
  // CHECK-NEXT: block 8:
}

// CHECK-LABEL: function d_nested ;
int d_nested(int x) {
// CHECK: block 0:
// CHECK-NEXT: -> 1
// CHECK-NEXT: block 1:
  try {
    try {
      f(1);
      // CHECK-NEXT: %0 = call f((1)) unused ;
      // CHECK-NEXT: -> 2 3
      // CHECK-NEXT: block 2:
      // CHECK-NEXT: -> 8
      // CHECK-NEXT: block 3:
      // CHECK-NEXT: -> 4 6
      // CHECK-NEXT: block 4:
    } catch (int) {
    // CHECK-NEXT: %1 = opaque catch ;
    // CHECK-NEXT: store tmp0 <- %1 init ;
      f(2);
      // CHECK-NEXT: %3 = call f((2)) unused ;
      // CHECK-NEXT: -> 5 6
      // CHECK-NEXT: block 5:
    }
    // CHECK-NEXT: scope-end tmp0 ;
    // CHECK-NEXT: -> 8
    // CHECK-NEXT: block 6:
    // CHECK-NEXT: -> 7
    // CHECK-NEXT: block 7:
  } catch (...) {
    f(3);
    // CHECK-NEXT: %5 = call f((3)) unused ;
    // CHECK-NEXT: -> 8
    // CHECK-NEXT: block 8:
  }
  return x;
  // CHECK-NEXT: %6 = load x ;
  // CHECK-NEXT: return %6 ;
  // CHECK-NEXT: -> 9
  // CHECK-NEXT: block 9:
}


// What an exception destroys on its way to the handlers stands before them, once for each local.
// CHECK-LABEL: function e_destroys ;
int e_destroys(int x) {
  try {
    // CHECK: block 1:
    Guard outer;
    unsigned char bytes[8];
    // CHECK: call f((1)) unused ;
    // CHECK-NEXT: -> 2 [[BYTES:[0-9]+]]
    f(1);
    {
      Guard inner;
      // CHECK: call f((2)) unused ;
      // CHECK-NEXT: -> 3 [[INNER:[0-9]+]]
      f(2);
      // CHECK: block 3:
      // CHECK-NEXT: call destructor Guard::~Guard(&inner) receiver implicit ;
    }
    if (x)
      // CHECK: opaque throw ;
      // CHECK-NEXT: -> [[BYTES]]
      throw 5;
    // CHECK: block [[INNER]]:
    // CHECK-NEXT: call destructor Guard::~Guard(&inner) receiver implicit ;
    // CHECK-NEXT: scope-end inner ;
    // CHECK-NEXT: -> [[BYTES]]
    // CHECK-NEXT: block [[BYTES]]:
    // CHECK-NEXT: scope-end bytes ;
    // CHECK-NEXT: -> [[OUTER:[0-9]+]]
    // CHECK-NEXT: block [[OUTER]]:
    // CHECK-NEXT: call destructor Guard::~Guard(&outer) receiver implicit ;
    // CHECK-NEXT: scope-end outer ;
    // CHECK-NEXT: -> [[HANDLERS:[0-9]+]]
    // CHECK-NEXT: block [[HANDLERS]]:
  } catch (int) {
    // CHECK: opaque catch ;
    return 1;
  }
  return 0;
}

// What an inner try does not catch destroys what is around it.
// CHECK-LABEL: function f_passes_on ;
int f_passes_on() {
  try {
    Guard outer;
    try {
      f(1);
    } catch (int) {
      return 2;
    }
    // CHECK: call f((1)) unused ;
    // CHECK-NEXT: -> 2 [[INNER:[0-9]+]]
    // CHECK: block [[INNER]]:
    // CHECK-NEXT: -> {{[0-9]+}} [[LANDING:[0-9]+]]
    // CHECK: block [[LANDING]]:
    // CHECK-NEXT: call destructor Guard::~Guard(&outer) receiver implicit ;
  } catch (long) {
    return 1;
  }
  return 0;
}

// A local that is returned by its name is the caller's object: it is not moved, and does not end here.
struct Bytes {
  Bytes();
  Bytes(Bytes &&);
  ~Bytes();
  unsigned char data[8];
};
// CHECK-LABEL: function g_result ;
Bytes g_result(int x) {
  Bytes out;
  f(x);
  return out;
  // CHECK: call f(
  // CHECK-NEXT: [[VALUE:%[0-9]+]] = load out aggregate ;
  // CHECK-NEXT: return [[VALUE]] ;
}
// Which of two it is nobody knows before.
// CHECK-LABEL: function h_either ;
Bytes h_either(int x) {
  Bytes one, other;
  // CHECK: branch
  if (x)
    // CHECK: call constructor Bytes::Bytes(&tmp{{[0-9]+}}, &one) receiver ;
    // CHECK: call destructor Bytes::~Bytes(&one) receiver implicit ;
    return one;
  return other;
}
// What fits into registers is copied to the caller.
struct Pair {
  int a, b;
};
// CHECK-LABEL: function i_small ;
Pair i_small(int x) {
  Pair out;
  out.a = f(x);
  // CHECK: load out aggregate ;
  // CHECK: scope-end out ;
  // CHECK-NEXT: return
  return out;
}
struct Key {
  explicit Key(int);
  ~Key();
  unsigned char bytes[4];
};
// Where one variable is built, those before it are alive.
// CHECK-LABEL: function j_declarators ;
int j_declarators() {
  try {
    // CHECK: call constructor Key::Key(&one, (1)) receiver ;
    // CHECK-NEXT: -> {{[0-9]+}} [[HANDLERS:[0-9]+]]
    // CHECK: call constructor Key::Key(&other, (2)) receiver ;
    // CHECK-NEXT: -> {{[0-9]+}} [[ONE:[0-9]+]]
    Key one(1), other(2);
    // CHECK: block [[ONE]]:
    // CHECK-NEXT: call destructor Key::~Key(&one) receiver implicit ;
    // CHECK-NEXT: scope-end one ;
    // CHECK-NEXT: -> [[HANDLERS]]
  } catch (int) {
    return 1;
  }
  return 0;
}
// A label is no scope.
// CHECK-LABEL: function k_label ;
int k_label(int x) {
  try {
    switch (x) {
    default:
      Key key(x);
      // CHECK: call f((1)) unused ;
      // CHECK-NEXT: -> {{[0-9]+}} [[KEY:[0-9]+]]
      f(1);
    }
    // CHECK: block [[KEY]]:
    // CHECK-NEXT: call destructor Key::~Key(&key) receiver implicit ;
    // CHECK-NEXT: scope-end key ;
  } catch (int) {
    return 1;
  }
  return 0;
}
// A reference keeps its temporary alive as long as itself.
// CHECK-LABEL: function l_reference ;
int l_reference(const Key &given) {
  try {
    const Key &key = Key(3), &again = given;
    // CHECK: call f((1)) unused ;
    // CHECK-NEXT: -> {{[0-9]+}} [[KEY:[0-9]+]]
    f(1);
    // CHECK: block [[KEY]]:
    // CHECK-NEXT: call destructor Key::~Key(&key.*) receiver implicit ;
    // CHECK-NEXT: scope-end key ;
  } catch (int) {
    return 1;
  }
  return 0;
}
void wipe(int *p);
// CHECK-LABEL: function m_cleanup ;
int m_cleanup(int x) {
  try {
    int guard __attribute__((cleanup(wipe))) = x;
    // CHECK: call f((1)) unused ;
    // CHECK-NEXT: -> {{[0-9]+}} [[GUARD:[0-9]+]]
    f(1);
    // CHECK: block [[GUARD]]:
    // CHECK-NEXT: call wipe(&guard) implicit ;
    // CHECK-NEXT: scope-end guard ;
  } catch (int) {
    return 1;
  }
  return 0;
}
// What promises not to throw has one way.
int safe(int) noexcept;
int quiet(int) __attribute__((nothrow));
int safe_of(int x = f(7)) noexcept;
// CHECK-LABEL: function n_nothrow ;
int n_nothrow() {
  try {
    // CHECK: call safe((1)) unused ;
    // CHECK-NEXT: call quiet((2)) unused ;
    // CHECK-NEXT: call f((7)) ;
    // CHECK-NEXT: call safe_of(
    // CHECK-NEXT: -> {{[0-9]+}} {{[0-9]+}}
    safe(1);
    quiet(2);
    safe_of();
  } catch (int) {
    return 1;
  }
  return 0;
}
// A call before ways of another kind ends a block of its own.
// CHECK-LABEL: function o_jump ;
int o_jump(int x) {
  // CHECK: call f((1)) unused ;
  // CHECK-NEXT: -> [[NEXT:[0-9]+]]{{$}}
  // CHECK-NEXT: block [[NEXT]]:
  // CHECK-NEXT: -> {{[0-9]+}} {{[0-9]+}}
  f(1);
  asm goto("" : : : : out);
  return x;
out:
  return 0;
}
