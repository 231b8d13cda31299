"""Writes small random C programs in which a secret may or may not come to a sink. Each ends, whatever is chosen at its branches, and
reads nothing that was not set: heap objects stay, and addresses of local ones go down into calls only."""
import random

HEADER = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef RUN
static void said(int line, const char *text) { printf(strstr(text, "PIN") ? "!%d\\n" : "%d\\n", line); }
#define say(text) said(__LINE__, text)
#else
void say(const char *text);
#endif
static const char *choices;
static int budget;
static int pick(void) { return budget-- > 0 && *choices ? *choices++ == '1' : 0; }
const char *outside(const char *text);
const char *typed(void);
"""
OUTSIDE = """const char *outside(const char *text) { return text; }
const char *typed(void) { return "PIN"; }
"""


def member(box, name):
    return f"{box[1:]}.{name}" if box[0] == "&" else f"{box}->{name}"


class Writer:
    def __init__(self, name, index):
        self.random = random.Random("flow" + name)
        self.k = index
        self.functions = self.random.randint(2, 5)

    def program(self):
        k, chance = self.k, self.random
        self.lines = [
            f"struct box{k} {{ const char *p, *q; char buf[8]; struct box{k} *next; }};",
            f"static struct box{k} *new{k}(void) {{ struct box{k} *b = calloc(1, sizeof *b); b->p = b->q = \"-\"; b->next = b; return b; }}",
            f"static const char *word{k} = \"-\";",
            f"static struct box{k} own{k} = {{\"-\", \"-\", \"-\", &own{k}}}, *kept{k} = &own{k};"]
        for f in range(self.functions):
            self.lines.append(f"static const char *f{k}_{f}(const char *a, struct box{k} *r, const char **to);")
        self.lines.append(f"static const char *(*op{k})(const char *, struct box{k} *, const char **) = f{k}_{chance.randrange(self.functions)};")
        self.by_value()
        for f in range(self.functions):
            self.function(f)
        self.start()
        return self.lines

    def by_value(self):
        """A structure that is handed over and given back as a whole."""
        k, chance = self.k, self.random
        change = lambda: chance.choice(["b.p = t;", "b.q = t;", "b.p = b.q;", "b.next->q = t;", "at->p = t;", "b = *b.next;", "b.q = \"-\";"])
        self.lines += [f"static struct box{k} with{k}(struct box{k} b, const char *t) {{", f"  struct box{k} *at = &b;",
                       f"  {change()} {change()}", f"  return {chance.choice(['b', '*at', 'b', '*b.next'])};", "}",
                       f"static const char *part{k}(struct box{k} b) {{ return b.{chance.choice(['p', 'q', 'next->p'])}; }}"]

    def function(self, f):
        k = self.k
        self.texts, self.boxes, self.heap, self.outs = ["a", "b"], ["r", "s"], ["s", "h"], ["to"]
        self.lines.append(f"static const char *f{k}_{f}(const char *a, struct box{k} *r, const char **to) {{")
        self.lines.append("  const char *b = \"-\";")
        self.lines.append(f"  struct box{k} u = {{\"-\", \"-\", \"-\", &own{k}}}, *s = new{k}(), *h = kept{k};")
        self.block(self.random.randint(3, 8), "  ", f)
        self.lines.append(f"  return {self.text()};")
        self.lines.append("}")

    def start(self):
        k = self.k
        self.texts, self.boxes, self.heap, self.outs = ["a", "b"], ["r", "s"], ["r", "s"], []
        self.lines += [f"static void start{k}(const char *pin) {{", "  budget = 30;",
                       "  const char *a = \"-\", *b = \"-\";",
                       f"  struct box{k} u = {{\"-\", \"-\", \"-\", &own{k}}}, *r = new{k}(), *s = new{k}();"]
        where = self.random.choice(["a", "b", "r->p", "s->q", f"own{k}.p", f"word{k}"])
        self.lines.append(f"  {where} = pin;")
        self.block(self.random.randint(4, 9), "  ", -1)
        self.lines.append(f"  say({self.text()});")
        self.lines.append("}")

    def block(self, size, indent, f):
        for _ in range(size):
            self.statement(indent, f)

    def box(self):
        """A pointer to one."""
        k = self.k
        return self.random.choice(self.boxes * 2 + ["&u", "h" if "h" in self.heap else "r", f"kept{k}", f"&own{k}", self.random.choice(self.boxes) + "->next"])

    def kept_box(self):
        """One that stays when the function has returned."""
        return self.random.choice(self.heap + [f"kept{self.k}", f"&own{self.k}"])

    def field(self):
        name = self.random.choice("pppqq")
        return member(self.box(), name)

    def text(self):
        return self.random.choice(self.texts * 3 + [self.field(), self.field(), f"word{self.k}"])

    def buffer(self):
        return member(self.kept_box(), "buf")

    def target(self):
        return self.random.choice(self.texts * 2 + [self.field(), self.field(), f"word{self.k}"] + [f"*{o}" for o in self.outs])

    def statement(self, indent, f):
        k, chance = self.k, self.random
        put = lambda text: self.lines.append(indent + text)
        kind = chance.randrange(27)
        if kind < 6:
            put(f"{self.target()} = {self.text()};")
        elif kind < 8:
            put(f"{self.target()} = \"-\";")
        elif kind == 8:
            put(f"{chance.choice(self.heap)} = {self.kept_box()};")
        elif kind == 9:
            put(f"kept{k} = {self.kept_box()};")
        elif kind == 10:
            put(f"{member(self.kept_box(), 'next')} = {self.kept_box()};")
        elif kind == 11:
            put(f"memmove({self.box()}, {self.box()}, sizeof(struct box{k}));")
        elif kind == 12:
            put(f"*({self.box()}) = *({self.box()});")
        elif kind == 13:
            put(f"snprintf({self.buffer()}, 8, \"%s\", {chance.choice(self.texts)});")
        elif kind == 14:
            put(f"{self.target()} = {self.buffer()};")
        elif kind == 15:
            put(f"{self.target()} = outside({chance.choice(self.texts)});")
        elif kind == 16 and chance.random() < 0.5:
            put(f"op{k} = f{k}_{chance.randrange(self.functions)};")
        elif kind < 20:
            self.call(put, f)
        elif kind == 20:
            put(f"{chance.choice(self.texts)} = pick() ? {self.text()} : {self.text()};")
        elif kind == 21:
            put(f"say({self.text()});")
        elif kind == 22:
            put(f"*({self.box()}) = with{k}(*({self.box()}), {self.text()});")
        elif kind == 23:
            put(f"{self.target()} = part{k}(*({self.box()}));")
        elif kind == 24:
            put(f"{self.target()} = with{k}(*({self.box()}), {self.text()}).{chance.choice('pq')};")
        else:
            put("if (pick()) {" if kind == 25 or len(indent) > 4 else "while (pick()) {")
            self.block(chance.randint(1, 2), indent + "  ", f) if len(indent) < 6 else put("  ;")
            put("}")

    def call(self, put, f):
        """Calls go to later functions, or back as long as something is left to choose."""
        k, chance = self.k, self.random
        to = f"&{chance.choice(self.texts)}"
        callee = chance.randrange(self.functions)
        guard = "" if callee > f else "if (pick()) "
        name = f"f{k}_{callee}"
        if chance.random() < 0.2:
            guard, name = "if (pick()) ", f"op{k}"
        put(f"{guard}{self.target()} = {name}({self.text()}, {self.box()}, {to});")
