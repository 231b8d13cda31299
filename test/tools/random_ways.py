"""Writes small random C programs with a duty: an event that is to be recorded, a key that is to be wiped, a result that is to be read.

Each program ends, whatever is chosen at its branches. `B(condition)` marks a branch, also that of `?:`, and `A()` an arm of a switch: nothing for Assay, a line of
the diary when the program runs (ways_harness.h).
"""
import random

STATUS = ["rc", "n", "ok", "s.code", "s.ok", "st->code", "st->ok", "*out"]


class Writer:
    """Control flow and statuses. What the duty is about is in the classes below."""
    sites = []  # functions whose result is a status, and the test of it that means success

    def __init__(self, name, index):
        self.random = random.Random(f"{type(self).__name__} {name}")
        self.k = index
        self.functions = self.random.randint(1, 4)
        self.lines = []

    def chance(self, share):
        return self.random.random() < share

    def put(self, depth, text):
        self.lines.append("  " * depth + text)

    def program(self):
        k = self.k
        self.put(0, f"static int kept{k};")
        self.more_globals()
        for f in range(self.functions):
            self.put(0, f"static {self.signature(f)};")
        self.put(0, f"static int (*op{k})({self.parameters}) = f{k}_{self.random.randrange(self.functions)};")
        for f in range(self.functions):
            self.function(f)
        self.start()
        self.put(0, f"static void reset{k}(void) {{ kept{k} = 0; op{k} = f{k}_0; {self.resets()} }}")
        return self.lines

    parameters = "int mode, struct status *st, int *out"

    def signature(self, f):
        return f"int f{self.k}_{f}({self.parameters})"

    def more_globals(self):
        pass

    def resets(self):
        return ""

    def open_body(self):
        self.statuses = list(STATUS) + ["mode", f"kept{self.k}"]
        self.put(1, "int rc = 0, n = 0;")
        self.put(1, "bool ok = false;")
        self.put(1, "struct status s = {-1, false};")
        self.more_locals()

    def more_locals(self):
        pass

    def function(self, f):
        self.put(0, f"static {self.signature(f)} {{")
        self.label, self.returns = self.chance(0.4), True
        self.open_body()
        self.block(self.random.randint(2, 6), 1, f, False)
        self.end(f)
        self.put(1, f"return {self.status()};")
        self.put(0, "}")

    def end(self, f):
        """What stands behind `out:`."""
        if self.label:
            self.put(0, "out:;")
            self.label = False
            self.block(self.random.randint(0, 1), 1, f, False)
            if self.chance(0.5):
                self.cure(1)

    def start(self):
        self.put(0, f"void start{self.k}(void) {{")
        self.put(1, "struct status given = {0, false}, *st = &given;")
        self.put(1, "int mode = pick(), given_out = 0, *out = &given_out;")
        self.label, self.returns = self.chance(0.3), False
        self.open_body()
        self.block(self.random.randint(2, 6), 1, -1, False)
        self.end(-1)
        self.put(0, "}")

    def block(self, size, depth, f, loops):
        for _ in range(size):
            self.statement(depth, f, loops)

    # statuses --------------------------------------------------------------------------------

    def status(self):
        of = self.random.choice(self.statuses * 2 + ["0", "-1", "1"])
        how = self.random.randrange(10)
        if how < 5:
            return of
        if how == 5:
            return f"!{of}"
        if how == 6:
            return f"{of} {self.random.choice(['==', '!=', '<', '>', '<=', '>='])} {self.random.choice('001')}"
        if how == 7:
            return f"B({of}) ? {self.random.choice(['0 : -1', '1 : 0', '-1 : 0', '0 : 1'])}"
        if how == 8:
            return f"{of} & {self.random.choice('123')}"
        return f"(unsigned char){of}"

    def event(self, f):
        """A call whose result is a status: of a site, or of a function that may lead to one."""
        if self.chance(0.5):
            return self.site()
        return self.call(f)

    def call(self, f):
        callee = self.random.randrange(self.functions)
        name = f"f{self.k}_{callee}" if self.chance(0.85) else f"op{self.k}"
        call = f"{name}({self.arguments()})"
        return call if callee > f and name[0] == "f" else f"(pick() ? {call} : {self.random.choice(['0', '-1'])})"

    def arguments(self):
        return f"{self.random.choice(self.statuses + ['0', '1'])}, {self.random.choice(['&s', 'st'])}, {self.random.choice(['&n', '&rc', 'out'])}"

    def test(self, f):
        """A condition, its parts told apart in the diary."""
        if self.chance(0.12):
            return f"B({self.test_part(f)}) {self.random.choice(['&&', '||'])} B({self.test_part(f)})"
        return f"B({self.test_part(f)})"

    def test_part(self, f):
        how = self.random.randrange(12)
        if how < 6:
            return self.plain_test(self.random.choice(self.statuses))
        if how < 9:
            return self.plain_test(self.event(f))
        if how == 9:
            return self.plain_test(f"(rc = {self.event(f)})")
        return "pick()"

    def plain_test(self, of):
        how = self.random.randrange(6)
        if how < 2:
            return of
        if how == 2:
            return f"!{of}"
        return f"{of} {self.random.choice(['==', '!=', '<', '>', '<=', '>=', '==', '!='])} {self.random.choice(['0', '0', '1', '-1'])}"

    # statements ------------------------------------------------------------------------------

    def statement(self, depth, f, loops):
        how, put = self.random.randrange(23), self.put
        if how < 4:
            put(depth, f"{self.random.choice(self.statuses)} = {self.event(f)};")
        elif how < 6:
            put(depth, f"{self.random.choice(self.statuses)} = {self.status()};")
        elif how == 6:
            put(depth, f"{self.random.choice(['rc', 'n', 's.code'])} |= {self.event(f) if self.chance(0.5) else self.status()};")
        elif how == 7:
            put(depth, f"{self.event(f)};")
        elif how == 8:
            put(depth, self.random.choice(["s = *st;", "*st = s;", f"op{self.k} = f{self.k}_{self.random.randrange(self.functions)};"]))
        elif how < 12:
            self.cure(depth)
        elif how < 15:
            put(depth, f"if ({self.test(f)}) {self.leave(loops)}")
        elif how < 17:
            self.duty(depth, f)
        elif depth > 3:
            put(depth, f"{self.random.choice(['rc', 'ok'])} = {self.status()};")
        elif how < 20:
            self.branch(depth, f, loops)
        elif how < 22:
            self.loop(depth, f)
        else:
            self.switch(depth, f, loops)

    def leave(self, loops):
        ways = ["die();"]
        ways += [f"return {self.status()};"] * 3 if self.returns else ["return;"] * 2
        ways += ["goto out;"] * 4 if self.label else []
        ways += ["break;", "continue;"] if loops else []
        return self.random.choice(ways)

    def branch(self, depth, f, loops):
        self.put(depth, f"if ({self.test(f)}) {{")
        self.block(self.random.randint(1, 2), depth + 1, f, loops)
        if self.chance(0.5):
            self.put(depth, "} else {")
            self.block(self.random.randint(1, 2), depth + 1, f, loops)
        self.put(depth, "}")

    def loop(self, depth, f):
        how = self.random.randrange(3)
        self.put(depth, ["while (B(pick())) {", "do {", f"for (int i = 0; i < {self.random.choice('12')}; i++) {{"][how])
        self.block(self.random.randint(1, 2), depth + 1, f, True)
        self.put(depth, "} while (B(pick()));" if how == 1 else "}")

    def switch(self, depth, f, loops):
        of = self.event(f) if self.chance(0.4) else self.random.choice(self.statuses)
        self.put(depth, f"switch ({of}) {{")
        for label in self.random.sample(["case 0", "case 1", "case -1"], self.random.randint(1, 2)) + ["default"]:
            self.put(depth, f"{label}:")
            self.put(depth + 1, "A();")
            self.block(1, depth + 1, f, False)
            if self.chance(0.8):
                self.put(depth + 1, "break;")
        self.put(depth, "}")

    def duty(self, depth, f):
        self.put(depth, f"{self.random.choice(self.statuses)} = {self.event(f)};")

    def cure(self, depth):
        pass

    def site(self):
        return f"{self.random.choice(self.sites)}()"


class Results(Writer):
    """A result that says whether something was verified."""
    sites = ["verify", "verify", "verify_one", "verify_positive", "verify_bool"]

    FAILED = {"verify": ["{}", "{} != 0", "!({} == 0)"], "verify_one": ["{} != 1", "{} <= 0", "!({} == 1)"],
              "verify_positive": ["{} <= 0", "{} < 1", "!({} > 0)"], "verify_bool": ["!{}", "{} == 0", "{} != true"]}

    def duty(self, depth, f):
        """A result that is read rightly, if nothing comes between."""
        site = self.random.choice(self.sites)
        failed = self.random.choice(self.FAILED[site])
        if self.chance(0.3):
            return self.put(depth, f"if (B({failed.format(site + '()')})) {self.leave(False)}")
        name = self.random.choice(["rc", "rc", "n", "s.code", "st->code", "*out", "ok", "s.ok"])
        if "ok" in name:
            self.put(depth, f"{name} = !({failed.format(site + '()')});")
            failed = "!{}"
        else:
            self.put(depth, f"{name} = {site}();")
        if self.chance(0.3):
            self.statement(depth + 2, f, False)
        self.put(depth, f"if (B({failed.format(name)})) {self.leave(False)}")

    def cure(self, depth):
        if self.chance(0.4):
            self.duty(depth, self.functions)


class Events(Writer):
    """An event that is to be recorded, whatever comes of it, or only where it fails."""
    sites = ["check", "check", "change"]

    def cure(self, depth):
        guard = f"if ({self.test(self.functions)}) " if self.chance(0.3) else ""
        self.put(depth, f"{guard}record();")


class Keys(Writer):
    """A key that is to be wiped before its memory is given back."""
    parameters = "int mode, struct status *st, int *out, unsigned char *p, struct holder *x"

    def more_globals(self):
        self.put(0, f"static unsigned char lasting{self.k}[16];")

    def more_locals(self):
        k = self.k
        if not self.returns:
            self.put(1, "unsigned char first[16] SCOPE16 = {0}, *p = first;")
            self.put(1, "struct holder second SCOPE = {{0}, 0}, *x = &second;")
        self.put(1, "unsigned char a[16] SCOPE16 = {0};")
        self.put(1, "struct holder c SCOPE = {{0}, 0};")
        self.put(1, f"unsigned char *q = {self.random.choice(['a', 'p', 'c.key', f'lasting{k}'])}, *h = new_block();")

    def resets(self):
        return f"memset(lasting{self.k}, 0, 16);"

    def key(self):
        return self.random.choice(["a", "a", "c.key", "p", "p", "q", "q", "h", "x->key", f"lasting{self.k}"])

    def arguments(self):
        return f"{super().arguments()}, {self.key()}, {self.random.choice(['&c', 'x'])}"

    def site(self):
        return f"derive({self.key()})"

    def duty(self, depth, f):
        how = self.random.randrange(5)
        if how < 2:
            self.put(depth, f"q = {self.key()};")
        elif how == 2:
            self.put(depth, f"q = pick() ? {self.key()} : {self.key()};")
        elif how == 3:
            self.put(depth, f"x = {self.random.choice(['&c', 'x'])};")
        else:
            self.put(depth, "release(h);")
            self.put(depth, "h = new_block();")

    def cure(self, depth):
        guard = f"if ({self.test(self.functions)}) " if self.chance(0.25) else ""
        whole = self.random.choice(["&c, sizeof c", "x, sizeof *x", "&c.key, sizeof c.key", "a, sizeof a"])
        call = whole if self.chance(0.3) else f"{self.key()}, {self.random.choice(['16'] * 6 + ['8'])}"
        self.put(depth, f"{guard}wipe({call});")
