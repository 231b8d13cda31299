"""Runs every execution of a program of random_programs.py and says what each site can meet.

Slow, exact and written without a look at the engine: forwards, over explicit states, each result
of an opaque call and of a verifier tried. A set of states stands for all executions that led
there; loops run until no new state appears.

What the engine is documented to assume is assumed here too: a loop that verifies runs at least
once, and two parameters of an entry are two objects.
"""
from random_programs import CONDITION, RESULTS, VERIFIERS

MOST_STATES = 6000
GLOBAL_IMAGE = 2


class TooBig(Exception):
    pass


def convert(kind, v):
    if kind == "bool":
        return int(v != 0)
    if kind == "unsigned":
        return v & 0xFFFFFFFF
    if kind == "unsigned char":
        return v & 0xFF
    if kind == "signed char":
        return (v + 0x80 & 0xFF) - 0x80
    return (v + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def compare(op, a, b):
    return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]


def succeeds(verifier, result):
    op, than = CONDITION[VERIFIERS[verifier]].split()
    return compare(op, result, int(than))


def verifies(x):
    """Does this piece of a program lead to a verification?"""
    if isinstance(x, (tuple, list)):
        return (len(x) > 0 and x[0] == "verify") or any(verifies(y) for y in x)
    return hasattr(x, "segments") and verifies([s for _, s in x.segments])


class Body:
    """One function; a frame is a tuple of the values of its names."""

    def __init__(self, run, f):
        self.run, self.f = run, f
        self.names = f.objects + [p for p, _ in f.pointers] + list(f.slots)
        self.at = {n: i for i, n in enumerate(self.names)}

    # expressions: (frame, shared) -> list of (value, frame, shared) ---------------------------

    def value(self, e, frame, shared):
        return getattr(self, e[0] + "_value")(e, frame, shared)

    def unsigned(self, e):
        kind = e[0]
        if kind in ("v", "asg"):
            return self.kind(e[1]) == "unsigned"
        if kind == "call":
            return e[1].returns == "unsigned"
        if kind == "tern":
            return self.unsigned(e[2]) or self.unsigned(e[3])
        return kind == "bitor" and (self.unsigned(e[1]) or self.unsigned(e[2]))

    def kind(self, slot):
        return (self.f.slots.get(slot) or self.run.program.globals[slot])[0]

    def k_value(self, e, fr, sh):
        return [(e[1], fr, sh)]

    def v_value(self, e, fr, sh):
        if e[1] in self.at:
            return [(fr[self.at[e[1]]], fr, sh)]
        return [(sh[0][self.run.global_at[e[1]]], fr, sh)]

    def cond_value(self, e, fr, sh):
        return [(v, fr, sh) for v in RESULTS]

    def verify_value(self, e, fr, sh):
        o = self.object(e[2], fr)
        results = (0, 1) if e[1] == "verify_bool" else RESULTS
        done = sh[0], sh[1][:o] + (True,) + sh[1][o + 1:]
        return [(v, fr, done if succeeds(e[1], v) else sh) for v in results]

    def call_value(self, e, fr, sh):
        f, given = e[1], []
        body = self.run.bodies[f.name]
        n = len(f.objects)
        objects = tuple(self.object(a, fr) for a in e[2][:n])
        back = []  # (name here, name there)
        for a, out in zip(e[2][n:], f.outs + f.structs):
            dot = "->" if a == "st" else "."
            back += [(a, "*" + out)] if out in f.outs else [
                (f"{a}{dot}code", f"{out}->code"), (f"{a}{dot}ok", f"{out}->ok")]
        given = {there: fr[self.at[here]] for here, there in back}
        for a, name in zip(e[2][n + len(f.outs) + len(f.structs):], f.ints):
            given[name] = a[1]
        out = set()
        for value, after, shared in body.call(objects, given, sh):
            mine = list(fr)
            for here, there in back:
                mine[self.at[here]] = after[body.at[there]]
            out.add((value, tuple(mine), shared))
        return list(out)

    def not_value(self, e, fr, sh):
        return self.few({(int(not v), f, s) for v, f, s in self.value(e[1], fr, sh)})

    def cmp_value(self, e, fr, sh):
        cut = (lambda v: v & 0xFFFFFFFF) if self.unsigned(e[2]) else (lambda v: v)
        return self.few({(int(compare(e[1], cut(v), cut(e[3]))), f, s)
                         for v, f, s in self.value(e[2], fr, sh)})

    def and_value(self, e, fr, sh, stop=0):
        out = set()
        for v, f, s in self.value(e[1], fr, sh):
            if int(v != 0) == stop:
                out.add((stop, f, s))
            else:
                out.update((int(w != 0), f2, s2) for w, f2, s2 in self.value(e[2], f, s))
        return self.few(out)

    def or_value(self, e, fr, sh):
        return self.and_value(e, fr, sh, 1)

    def tern_value(self, e, fr, sh):
        cut = (lambda v: v & 0xFFFFFFFF) if self.unsigned(e) else (lambda v: v)
        out = set()
        for v, f, s in self.value(e[1], fr, sh):
            out.update((cut(w), f2, s2) for w, f2, s2 in self.value(e[2 if v else 3], f, s))
        return self.few(out)

    def bitor_value(self, e, fr, sh):
        kind = "unsigned" if self.unsigned(e) else "int"
        return self.few({(convert(kind, v | w), f2, s2) for v, f, s in self.value(e[1], fr, sh)
                         for w, f2, s2 in self.value(e[2], f, s)})

    def bitand_value(self, e, fr, sh):
        return self.few({(v & e[2], f, s) for v, f, s in self.value(e[1], fr, sh)})

    def asg_value(self, e, fr, sh):
        out = []
        for v, f, s in self.value(e[2], fr, sh):
            v = convert(self.kind(e[1]), v)
            out.append((v, *self.stored(e[1], v, f, s)))
        return out

    def few(self, states):
        if len(states) > MOST_STATES:
            raise TooBig
        return list(states)

    def stored(self, slot, v, fr, sh):
        if slot in self.at:
            i = self.at[slot]
            return fr[:i] + (v,) + fr[i + 1:], sh
        i = self.run.global_at[slot]
        return fr, (sh[0][:i] + (v,) + sh[0][i + 1:], sh[1])

    def object(self, name, fr):
        return GLOBAL_IMAGE if name == "&gimg" else fr[self.at[name]]

    # statements: set of (frame, shared) -> the same; ways out of the order go into `ways` ------

    def block(self, statements, states, ways):
        for s in statements:
            states = self.few(getattr(self, s[0] + "_")(states, ways, *s[1:]))
            if not states:
                break
        return set(states)

    def values(self, e, states):
        return {x for fr, sh in states for x in self.value(e, fr, sh)}

    def set_(self, states, ways, slot, e):
        return {(f, s) for _, f, s in self.values(("asg", slot, e), states)}

    def copy_(self, states, ways, to, of):
        to, of = (w + ("->" if w == "st" else ".") for w in (to, of))
        for part in ("code", "ok"):
            states = self.set_(states, ways, to + part, ("v", of + part))
        return states

    def expr_(self, states, ways, e):
        return {(f, s) for _, f, s in self.values(e, states)}

    def if_(self, states, ways, e, then, other):
        found = self.values(e, states)
        yes, no = ({(f, s) for v, f, s in found if bool(v) == t} for t in (True, False))
        return self.block(then, yes, ways) | self.block(other, no, ways)

    def ret_(self, states, ways, e):
        ways["return"] |= {(convert(self.f.returns, v), f, s) for v, f, s in self.values(e, states)}
        return set()

    def goto_(self, states, ways, label):
        ways["goto"] |= set(states)
        return set()

    def loop(self, states, ways, e, body, test_first):
        seen, left = set(), set()
        first = test_first and verifies(body) and not verifies(e)
        todo = set(states)
        while todo:
            inner = dict(ways, **{"break": set(), "continue": set()})
            if test_first or seen:
                found = self.values(e, todo)
                left |= {(f, s) for v, f, s in found if not v} if not first else set()
                todo = {(f, s) for v, f, s in found if v}
            after = self.block(body, todo, inner) | inner["continue"]
            left |= inner["break"]
            if not test_first:  # what follows is the test
                found = self.values(e, after)
                left |= {(f, s) for v, f, s in found if not v}
                after = {(f, s) for v, f, s in found if v}
            first = False
            todo = after - seen
            seen |= todo
        return left

    def while_(self, states, ways, e, body):
        return self.loop(states, ways, e, body, True)

    def do_(self, states, ways, body, e):
        return self.loop(states, ways, e, body, False)

    def for_(self, states, ways, n, body):
        left = set()
        for _ in range(n):
            inner = dict(ways, **{"break": set(), "continue": set()})
            states = self.block(body, states, inner) | inner["continue"]
            left |= inner["break"]
        return set(states) | left

    def break_(self, states, ways):
        ways["break"] |= set(states)
        return set()

    def continue_(self, states, ways):
        ways["continue"] |= set(states)
        return set()

    def switch_(self, states, ways, e, arms):
        cut = (lambda v: v & 0xFFFFFFFF) if self.unsigned(e) else (lambda v: v)
        known = {cut(v) for values, _, _ in arms for v in values if v is not None}
        left, running = set(), set()
        found = self.values(e, states)
        inner = dict(ways, **{"break": set()})
        for values, body, ends in arms:
            mine = {cut(v) for v in values if v is not None}
            running |= {(f, s) for v, f, s in found
                        if v in mine or (None in values and v not in known)}
            running = self.block(body, running, inner)
            if ends:
                left, running = left | running, set()
        if all(None not in values for values, _, _ in arms):
            left |= {(f, s) for v, f, s in found if v not in known}
        return left | running | inner["break"]

    def ptr_(self, states, ways, p, one, two, choice):
        i = self.at[p]
        return {(fr[:i] + (self.object(o, fr),) + fr[i + 1:], sh) for fr, sh in states
                for o in ((one,) if choice is None else (one, two))}

    def kill_(self, states, ways, image, field):
        out = set()
        for fr, sh in states:
            o = self.object(image, fr)
            out.add((fr, (sh[0], sh[1][:o] + (False,) + sh[1][o + 1:])))
        return out

    def touch_(self, states, ways, image):
        return set(states) | self.kill_(states, ways, image, None)

    def note_(self, states, ways, image):
        return states

    def die_(self, states, ways):
        return set()

    def activate_(self, states, ways, image, site):
        for fr, sh in states:
            self.run.met[site].add("verified" if sh[1][self.object(image, fr)] else "fault")
        return states

    # the whole body ---------------------------------------------------------------------------

    def call(self, objects, given, shared):
        key = (self.f.name, objects, tuple(sorted(given.items())), shared)
        if key not in self.run.known:
            values = dict(zip(self.f.objects, objects)) | given
            for name, v in self.f.locals:
                values[name] = convert(self.f.slots[name][0], v)
            for p, start in self.f.pointers:
                values[p] = values[start]
            ways = {"return": set(), "goto": set()}
            states = {(tuple(values[n] for n in self.names), shared)}
            for label, statements in self.f.segments:
                states = self.block(statements, states | (ways["goto"] if label else set()), ways)
            self.run.known[key] = ways["return"]
        return self.run.known[key]


class Run:
    """All entries, called in any order and any number of times; parameters are new objects."""

    def __init__(self, program):
        self.program, self.known = program, {}
        self.met = [set() for _ in range(program.sites)]
        self.global_at = {n: i for i, n in enumerate(program.globals)}
        self.bodies = {f.name: Body(self, f) for f in program.functions}

    def sites(self):
        seen, todo = set(), [((0,) * len(self.global_at), (False, False, False))]
        while todo:
            shared = todo.pop()
            if shared in seen:
                continue
            seen.add(shared)
            for f in self.program.functions:
                if f.static:
                    continue
                for mode in RESULTS if f.ints else (None,):
                    given = {f.ints[0]: mode} if f.ints else {}
                    objects = tuple(range(len(f.objects)))
                    for _, _, (values, good) in self.bodies[f.name].call(objects, given, shared):
                        todo.append((values, (False, False, good[GLOBAL_IMAGE])))
        return ["fault" if "fault" in m else "safe" if m else "unreached" for m in self.met]
