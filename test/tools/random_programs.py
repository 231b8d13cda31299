"""Small random C programs about images that are verified and activated; and the same as C text.

A program is a list of functions over plain tuples, which path_reference.py reads as well. The
same name gives the same program on every machine. Statuses are returned, stored, tested and
mixed up in the ways of real code; most tests are right, some are wrong.
"""
import random

# Verifiers of the model: what means success, for the model file and for the generator's taste.
VERIFIERS = {"verify": "zero", "verify_one": "one", "verify_pos": "pos", "verify_bool": "nonzero",
             "verify_neg": "nonneg"}
CONDITION = {"zero": "== 0", "one": "== 1", "pos": "> 0", "nonzero": "!= 0", "nonneg": ">= 0"}
RESULTS = (-2, -1, 0, 1, 2)  # every interval between the constants that programs compare with

MODEL = "".join(f"""[[function]]
name    = "{name}"
role    = "signature.verify"
success = "{CONDITION[means]}"
bind    = {{ image = 0 }}
""" for name, means in VERIFIERS.items()) + """[[function]]
name    = "activate"
role    = "update.activate"
bind    = { image = 0 }
"""

HEADER = """#include <stdbool.h>
struct image { unsigned char *data; int version; };
struct status { int code; bool ok; };
enum res { RES_ERR = -1, RES_OK = 0, RES_BAD = 1 };
""" + "".join(f"{'bool' if n == 'verify_bool' else 'int'} {n}(const struct image *img);\n"
              for n in VERIFIERS) + """int activate(const struct image *img);
int cond(int n);
int read_image(struct image *img);
void note(const struct image *img);
void die(void) __attribute__((noreturn));
"""

# How a function says that it succeeded: return type, meaning, values of success, of failure.
ENCODINGS = [("int", "zero", (0,), (-1, 1)), ("bool", "nonzero", (1,), (0,)),
             ("enum res", "zero", (0,), (1, -1)), ("int", "pos", (1, 2), (0, -1)),
             ("int", "one", (1,), (0, -1)), ("int", "nonneg", (0, 1), (-1,)),
             ("unsigned", "zero", (0,), (1,)), ("unsigned char", "nonzero", (1,), (0,)),
             ("signed char", "zero", (0,), (-1,)), ("unsigned", "pos", (1, 2), (0,))]
RIGHT = {  # (operator, constant) that hold exactly for success; None: as a truth value
    "zero": [("!", None), ("==", 0)], "one": [("==", 1)], "pos": [(">", 0), (">=", 1)],
    "nonzero": [("", None), ("!=", 0)], "nonneg": [(">=", 0), (">", -1)]}
OPERATORS = ["==", "!=", "<", "<=", ">", ">="]
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "": "!", "!": ""}


class Function:
    def __init__(self, name, kind, returns, means):
        self.name, self.static, self.returns, self.means = name, kind != "entry", returns, means
        self.objects, self.outs, self.structs, self.ints = ["img"], [], [], []
        self.slots = {}     # name -> (type, meaning of its value)
        self.locals = []    # of those, which are declared inside, with their first value
        self.pointers = []  # local pointers to images: (name, what they start as)
        self.segments = []  # (label, statements)
        self.used = False


class Writer:
    """Writes one program."""

    def __init__(self, name):
        self.name, self.random = name, random.Random(f"precede {name}")
        self.functions, self.globals, self.sites, self.conds = [], {}, 0, 0
        self.label = None

    def chance(self, p):
        return self.random.random() < p

    def pick(self, of):
        return of[int(self.random.random() * len(of))]

    def program(self):
        if self.chance(0.3):
            self.globals[f"{self.name}_ok"] = ("int", self.pick(["nonzero", "zero", "one"]))
        for i in range(self.pick([0, 1, 1, 2, 3])):
            self.helper(i)
        for i in range(self.pick([1, 1, 2])):
            self.entry(i)
        return self

    # functions -------------------------------------------------------------------------------

    def helper(self, i):
        returns, means, good, bad = self.pick(ENCODINGS)
        f = self.f = Function(f"{self.name}_h{i}", "helper", returns, means)
        self.good, self.bad = good, bad
        shape = self.random.random()
        if shape < 0.15:
            f.outs = ["out"]
            f.slots["*out"] = ("int", self.pick(list(RIGHT)))
        elif shape < 0.3:
            f.structs = ["st"]
            f.slots["st->code"] = ("int", self.pick(["zero", "nonneg", "one"]))
            f.slots["st->ok"] = ("bool", "nonzero")
        elif shape < 0.45:
            f.ints = ["mode"]
            f.slots["mode"] = ("int", "nonzero")
        elif shape < 0.55:
            f.objects.append("other")
        self.body(self.chance(0.25))
        self.functions.append(f)

    def entry(self, i):
        returns, means, self.good, self.bad = self.pick(ENCODINGS)
        f = self.f = Function(f"{self.name}_e{i}", "entry", returns, means)
        if self.chance(0.4):
            f.objects.append("other")
        if self.chance(0.2):
            f.ints = ["mode"]
            f.slots["mode"] = ("int", "nonzero")
        self.body(True)
        self.functions.append(f)

    def body(self, activates):
        f = self.f
        for name in ["rc", "ok"][:self.pick([1, 1, 2])]:
            kind, means, good, bad = self.pick(ENCODINGS)
            f.slots[name] = (kind, means)
            f.locals.append((name, self.pick(bad if self.chance(0.8) else good)))
        if self.chance(0.15):
            f.pointers.append(("p", self.pick(f.objects)))
        self.label = "out" if self.chance(0.35) else None
        statements = self.statements(self.pick([1, 2, 2, 3]), 2)
        if activates:
            statements += self.guarded() if self.chance(0.7) else [self.activate()]
        f.segments = [(None, statements + ([] if self.label else [self.finish()]))]
        if self.label:
            tail = [self.activate()] if activates and self.chance(0.2) else []
            f.segments.append((self.label, tail + [self.finish()]))

    def finish(self):
        """Returns a status that follows from the function's own, or any."""
        f, r = self.f, self.random.random()
        if r < 0.35:
            return ("ret", self.status_of_slot())
        if r < 0.6:
            return ("ret", self.verdict(self.verifying()))
        if r < 0.75:
            return ("ret", self.constant(self.bad))
        return ("ret", self.constant(self.good))

    def status_of_slot(self):
        slot, (kind, means) = self.pick(list(self.f.slots.items()))
        if means == self.f.means and self.chance(0.7):
            return ("v", slot)
        return self.verdict((("v", slot), means))

    def verdict(self, source):
        """A status of some meaning as one of this function's."""
        e, means = source
        if means == self.f.means and self.chance(0.6):
            return e
        test = self.test(e, means, True)
        if self.f.means in ("nonzero", "one", "pos") and self.chance(0.5):
            return test
        choice = ("tern", test, self.constant(self.good), self.constant(self.bad))
        if self.chance(0.2):  # a chain
            return ("tern", self.opaque(), self.constant(self.bad), choice)
        return choice

    def constant(self, among):
        v = self.pick(among)
        names = {0: "RES_OK", 1: "RES_BAD", -1: "RES_ERR"}
        return ("k", v, names[v] if self.f.returns == "enum res" and v in names else str(v))

    # expressions -----------------------------------------------------------------------------

    def image(self):
        f, r = self.f, self.random.random()
        if r < 0.06:
            return "&gimg"
        if f.pointers and r < 0.3:
            return "p"
        return "img" if r < 0.85 else self.pick(f.objects)

    def opaque(self):
        self.conds += 1
        return ("cond", self.conds)

    def verifying(self):
        """A call that verifies, and what means success."""
        if self.functions and self.chance(0.6):
            unused = [g for g in self.functions if g.static and not g.used]
            g = self.pick(unused or self.functions)
            return self.call(g), g.means
        name = self.pick(["verify"] * 4 + list(VERIFIERS))
        return ("verify", name, self.image()), VERIFIERS[name]

    def call(self, g):
        second = "other" if "other" in self.f.objects else "&gimg"
        if self.chance(0.2):
            second = "img"  # one object under two names
        g.used = True
        args = [self.image()] if len(g.objects) == 1 else ["img", second]
        args += [self.out_slot() for _ in g.outs]
        args += [self.struct() for _ in g.structs]
        args += [("k", v, str(v)) for v in (self.pick([0, 1]) for _ in g.ints)]
        return ("call", g, tuple(args))

    def out_slot(self):
        f = self.f
        if "n" not in f.slots:
            f.slots["n"] = ("int", self.pick(list(RIGHT)))
            f.locals.append(("n", self.pick([0, 1, -1])))
        return "n"

    def struct(self):
        f = self.f
        if "st->code" in f.slots:
            return "st"
        if "s.code" not in f.slots:
            f.slots["s.code"], f.slots["s.ok"] = ("int", "zero"), ("bool", "nonzero")
            f.locals += [("s.code", self.pick([0, -1])), ("s.ok", 0)]
        return "s"

    def test(self, e, means, success):
        """Does `e` mean success (or failure)? Now and then the wrong question."""
        if e[0] == "v" and self.chance(0.05):
            bits = ("bitand", e, self.pick([1, 2, 4]))
            return ("not", bits) if success == (means == "zero") else bits
        if self.chance(0.12):
            op, than = self.pick(OPERATORS), self.pick([-1, 0, 1])
        else:
            op, than = self.pick(RIGHT[means])
            op = op if success else OPPOSITE[op]
        if than is None:
            return ("not", e) if op == "!" else (("not", ("not", e)) if self.chance(0.2) else e)
        if means == "zero" and e[0] == "v" and self.chance(0.08):
            two = ("and" if success else "or",
                   ("cmp", ">=" if success else "<", e, 0), ("cmp", "<=" if success else ">", e, 0))
            return two
        t = ("cmp", op, e, than)
        return ("not", ("not", t)) if self.chance(0.05) else t

    def condition(self, success):
        r = self.random.random()
        if r < 0.45:
            t = self.test(*self.verifying(), success)
        elif r < 0.9:
            slots = list(self.f.slots.items()) + list(self.globals.items())
            slot, (_, means) = self.pick(slots)
            t = self.test(("v", slot), means, success)
        elif r < 0.96:
            slot = self.pick([n for n, _ in self.f.locals if "." not in n] or ["rc"])
            e, means = self.verifying()
            t = self.test(("asg", slot, e), means, success)
        else:
            t = self.opaque()
        if self.chance(0.15):
            right = self.opaque() if self.chance(0.5) else self.condition(success)
            pair = (t, right) if self.chance(0.6) else (right, t)
            good = "and" if success else "or"
            t = (good if self.chance(0.8) else ("or" if success else "and"), *pair)
        return t

    # statements ------------------------------------------------------------------------------

    def statements(self, n, depth):
        out = []
        for _ in range(n):
            out += self.statement(depth)
        return out

    def statement(self, depth):
        r = self.random.random()
        if r < 0.3:
            return [self.assign()]
        if r < 0.58:
            return [("if", self.condition(False), self.bail(), [])]
        if r < 0.64:
            return [self.disturb()]
        if r < 0.68:
            return [("expr", self.verifying()[0])]
        if r < 0.72 and self.globals:
            name, (_, means) = self.pick(list(self.globals.items()))
            value = ("k", *(2 * (1 if means != "zero" or self.chance(0.3) else 0,)))
            return self.wrapped([("set", name, ("k", value[1], str(value[1])))])
        if r < 0.73 and any(n.endswith("code") for n in self.f.slots):
            return [self.copy()]
        if r < 0.76 and self.f.pointers:
            return [("ptr", "p", self.pick(self.f.objects), self.pick(self.f.objects + ["&gimg"]),
                     self.opaque() if self.chance(0.4) else None)]
        if depth == 0:
            return [self.assign()]
        if r < 0.86:
            other = self.statements(1, depth - 1) if self.chance(0.4) else []
            return [("if", self.condition(self.chance(0.5)), self.statements(1, depth - 1), other)]
        if r < 0.92:
            return [self.loop(depth)]
        return [self.switch(depth)]

    def assign(self):
        f = self.f
        slot, (kind, means) = self.pick(list(f.slots.items()))
        r = self.random.random()
        e, said = self.verifying()
        if r < 0.3:
            if said != means and self.chance(0.5):
                f.slots[slot] = (kind, said)
            return ("set", slot, e)
        if r < 0.6:
            good = {"zero": 0, "nonneg": 0}.get(means, 1)
            bad = {"zero": 1, "nonneg": -1}.get(means, 0)
            if means in ("nonzero", "one", "pos") and self.chance(0.6):
                return ("set", slot, self.test(e, said, True))
            return ("set", slot, ("tern", self.test(e, said, True), ("k", good, str(good)),
                                  ("k", bad, str(bad))))
        if r < 0.75:
            v = self.pick([0, 1, -1])
            return ("set", slot, ("k", v, str(v)))
        if r < 0.78:  # a bit of a status word
            m = self.pick([1, 2, 4])
            bit = ("set", slot, ("bitor", ("v", slot), ("k", m, str(m))))
            return ("if", self.test(e, said, self.chance(0.2)), [bit], [])
        if r < 0.85:
            return ("set", slot, ("bitor", ("v", slot), e))
        if r < 0.95:
            return ("set", slot, ("v", self.pick(list(f.slots))))
        return ("set", slot, self.opaque())

    def copy(self):
        """A status structure that is assigned as a whole."""
        f, whole = self.f, self.struct()
        if "t.code" not in f.slots:
            f.slots["t.code"], f.slots["t.ok"] = ("int", "zero"), ("bool", "nonzero")
            f.locals += [("t.code", self.pick([0, -1])), ("t.ok", self.pick([0, 0, 1]))]
        return ("copy", "t", whole) if self.chance(0.7) else ("copy", whole, "t")

    def bail(self):
        r = self.random.random()
        if self.label and r < 0.5:
            set_first = [("set", "rc", ("k", -1, "-1"))] if self.chance(0.4) else []
            return set_first + [("goto", self.label)]
        if r < 0.6:
            return [("die",)]
        return [("ret", self.constant(self.bad if self.chance(0.95) else self.good))]

    def disturb(self):
        return self.pick([("kill", self.image(), "version"), ("kill", self.image(), "data"),
                          ("touch", self.image()), ("note", self.image())])

    def wrapped(self, statements):
        return [("if", self.condition(True), statements, [])] if self.chance(0.8) else statements

    def guarded(self):
        if self.chance(0.5):
            return [("if", self.condition(False), self.bail(), []), self.activate()]
        return [("if", self.condition(True), [self.activate()], [])]

    def activate(self):
        self.sites += 1
        return ("activate", self.image(), self.sites - 1)

    def loop(self, depth):
        body = self.statements(self.pick([1, 2]), depth - 1)
        if self.chance(0.3):
            body.append(("if", self.condition(True), [(self.pick(["break", "continue"]),)], []))
        r = self.random.random()
        if r < 0.3:
            return ("for", self.pick([1, 2]), body)
        if r < 0.65:
            return ("while", self.opaque(), body)
        return ("do", body, self.opaque() if self.chance(0.6) else
                self.test(*self.verifying(), False))

    def switch(self, depth):
        e, _ = self.verifying() if self.chance(0.6) else (("v", self.pick(list(self.f.slots))), 0)
        arms, free = [], [0, 1, -1, 2]
        for _ in range(self.pick([1, 2])):
            values = [free.pop(int(self.random.random() * len(free)))]
            if self.chance(0.2):
                values.append(free.pop(0))
            arms.append((values, self.bail() if self.chance(0.3) else
                         self.statements(1, depth - 1), self.chance(0.75)))
        if self.chance(0.7):
            arms.append(([None], self.bail() if self.chance(0.6) else [], True))
        return ("switch", e, arms)
