"""C text of the programs of random_programs.py, with the line of each site."""


def expression(e):
    kind = e[0]
    if kind == "k":
        return e[2]
    if kind == "v":
        return e[1]
    if kind == "cond":
        return f"cond({e[1]})"
    if kind == "verify":
        return f"{e[1]}({e[2]})"
    if kind == "call":
        args = []
        for a in e[2]:
            if isinstance(a, tuple):
                args.append(a[2])
            else:
                args.append("&" + a if a in ("n", "s") else a)
        return f"{e[1].name}({', '.join(args)})"
    if kind == "not":
        return f"!{inner(e[1])}"
    if kind == "cmp":
        return f"{inner(e[2])} {e[1]} {e[3]}"
    if kind in ("and", "or"):
        return f"{inner(e[1])} {'&&' if kind == 'and' else '||'} {inner(e[2])}"
    if kind == "tern":
        return f"{inner(e[1])} ? {inner(e[2])} : {inner(e[3])}"
    if kind == "bitor":
        return f"{inner(e[1])} | {inner(e[2])}"
    if kind == "bitand":
        return f"{inner(e[1])} & {e[2]}"
    return f"{e[1]} = {expression(e[2])}"


def inner(e):
    text = expression(e)
    return text if e[0] in ("k", "v", "cond", "verify", "call", "not") else f"({text})"


class Text:
    """Lines of one file; `sites` maps a line to (program, site)."""

    def __init__(self, header):
        self.lines, self.sites = header.splitlines(), {}

    def add(self, depth, text):
        self.lines.append("    " * depth + text)

    def program(self, w):
        self.of = w.name
        self.add(0, f"static struct image gimg_{w.name};")
        self.add(0, "#undef gimg")
        self.add(0, f"#define gimg gimg_{w.name}")
        for name, (kind, _) in w.globals.items():
            self.add(0, f"static {kind} {name};")
        for f in w.functions:
            self.function(f)

    def function(self, f):
        params = ([f"struct image *{o}" for o in f.objects] + [f"int *{o}" for o in f.outs] +
                  [f"struct status *{s}" for s in f.structs] + [f"int {i}" for i in f.ints])
        self.add(0, f"{'static ' if f.static else ''}{f.returns} {f.name}({', '.join(params)})")
        self.add(0, "{")
        first = dict(f.locals)
        for name, value in f.locals:
            if name.endswith(".code"):
                whole = name.split(".")[0]
                self.add(1, f"struct status {whole} = {{{value}, {first[whole + '.ok']}}};")
            elif "." not in name:
                self.add(1, f"{f.slots[name][0]} {name} = {value};")
        for name, start in f.pointers:
            self.add(1, f"struct image *{name} = {start};")
        for label, statements in f.segments:
            if label:
                self.add(0, f"{label}:;")
            self.block(statements, 1)
        self.add(0, "}")

    def block(self, statements, depth):
        for s in statements:
            getattr(self, s[0] + "_")(depth, *s[1:])

    def set_(self, d, slot, e):
        self.add(d, f"{slot} = {expression(e)};")

    def copy_(self, d, to, of):
        to, of = ("*" + w if w == "st" else w for w in (to, of))
        self.add(d, f"{to} = {of};")

    def expr_(self, d, e):
        self.add(d, f"{expression(e)};")

    def if_(self, d, e, then, other):
        self.add(d, f"if ({expression(e)}) {{")
        self.block(then, d + 1)
        if other:
            self.add(d, "} else {")
            self.block(other, d + 1)
        self.add(d, "}")

    def ret_(self, d, e):
        self.add(d, f"return {expression(e)};")

    def goto_(self, d, label):
        self.add(d, f"goto {label};")

    def while_(self, d, e, body):
        self.add(d, f"while ({expression(e)}) {{")
        self.block(body, d + 1)
        self.add(d, "}")

    def do_(self, d, body, e):
        self.add(d, "do {")
        self.block(body, d + 1)
        self.add(d, f"}} while ({expression(e)});")

    def for_(self, d, n, body):
        self.add(d, f"for (int i = 0; i < {n}; i++) {{")
        self.block(body, d + 1)
        self.add(d, "}")

    def break_(self, d):
        self.add(d, "break;")

    def continue_(self, d):
        self.add(d, "continue;")

    def switch_(self, d, e, arms):
        self.add(d, f"switch ({expression(e)}) {{")
        for values, body, ends in arms:
            for v in values:
                self.add(d, "default:" if v is None else f"case {v}:")
            self.block(body, d + 1)
            self.add(d + 1, "break;" if ends else ";")
        self.add(d, "}")

    def ptr_(self, d, p, one, two, choice):
        self.add(d, f"{p} = {one};" if choice is None else
                 f"{p} = {expression(choice)} ? {one} : {two};")

    def kill_(self, d, image, field):
        name = "gimg." if image == "&gimg" else image + "->"
        self.add(d, f"{name}{'version = 7' if field == 'version' else 'data[0] = 7'};")

    def touch_(self, d, image):
        self.add(d, f"read_image({image});")

    def note_(self, d, image):
        self.add(d, f"note({image});")

    def die_(self, d):
        self.add(d, "die();")

    def activate_(self, d, image, site):
        self.add(d, f"activate({image});")
        self.sites[len(self.lines)] = (self.of, site)
