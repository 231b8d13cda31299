/* What a program of random_ways.py is compiled with: as Assay sees it, or (RUN) so that it says what happened. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
struct status { int code; bool ok; };
struct holder { unsigned char key[16]; int used; };
#ifndef RUN
#define B(condition) (condition)
#define A() (void)0
#define SCOPE
#define SCOPE16
int pick(void);
int verify(void);
int verify_one(void);
int verify_positive(void);
bool verify_bool(void);
int check(void);
int change(void);
void record(void);
int derive(unsigned char *key);
void wipe(void *memory, size_t size);
void die(void) __attribute__((noreturn));
#define new_block() malloc(16)
#define release(block) free(block)
#else
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

/* Choices are drawn from a seed; after so many every choice is 0, so that loops end. */
static uint64_t drawn;
static int left, steps, calls, changed_call, change_to;
static uint64_t diary;
static jmp_buf out_of_it;
enum { MostCalls = 64, Lines = 20000, MostKeys = 256 };
static struct made { int line, kind, good; } made[MostCalls];
static char fault[Lines], pending[Lines];
static char met[Lines], reached[Lines]; /* in this execution; in one that came to its end */
static struct { unsigned char *at; int line; } keys[MostKeys];
static int key_count;

static unsigned draw(void)
{
    drawn = drawn * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(drawn >> 40);
}

/* Every branch, choice and site comes here; an execution that takes too long is given up. */
static void note(uint64_t what)
{
    diary = (diary ^ (what + 1)) * 1099511628211u;
    if (steps++ > 3000)
        longjmp(out_of_it, 1);
}

static int pick_at(int line)
{
    int choice = left-- > 0 && draw() % 2;
    note(line * 4u + choice);
    return choice;
}

static int branch(int line, int taken)
{
    note(line * 4u + 2 + taken);
    return taken;
}

/* Results by kind: those of success first; failures are those that docs/engine.md assumes where no row says which there are. */
static const struct kind { int good, all, values[3]; } results[] = {
    {1, 3, {0, -1, 1}}, {1, 3, {1, 0, -1}}, {1, 3, {1, 0, -1}}, {1, 2, {1, 0}}};

static int result_at(int line, int number)
{
    const struct kind *kind = &results[number];
    unsigned n = draw();
    int good = n % 2, value = kind->values[good ? n / 2 % kind->good : kind->good + n / 2 % (kind->all - kind->good)];
    if (calls == changed_call)
        value = change_to;
    if (calls < MostCalls)
        made[calls] = (struct made){line, number, good};
    calls++;
    met[line] = 1;
    note(line * 4u + 3);
    return value;
}

static int event_at(int line, int always)
{
    int failed = draw() % 2;
    met[line] = 1;
    note(line * 4u + 3);
    if (always || !failed)
        pending[line] = 1;
    return failed ? -1 : 0;
}

static void record(void) { memset(pending, 0, sizeof pending); }

static int derive_at(int line, unsigned char *at)
{
    met[line] = 1;
    note(line * 4u + 3);
    if (draw() % 3 == 0)
        return -1;
    for (int i = 0; i < key_count; i++) // what was wiped since is not this key
        if (keys[i].at == at && !memchr(at, 0xA5, 16))
            keys[i].at = 0;
    memset(at, 0xA5, 16);
    if (key_count < MostKeys) {
        keys[key_count].at = at;
        keys[key_count++].line = line;
    }
    return 0;
}

static void ended(void *memory, size_t size)
{
    unsigned char *from = memory;
    for (int i = 0; i < key_count; i++)
        if (keys[i].at >= from && keys[i].at < from + size) {
            if (memchr(keys[i].at, 0xA5, 16))
                fault[keys[i].line] = 1;
            keys[i].at = 0;
        }
}
static void scope(struct holder *h) { ended(h, sizeof *h); }
static void scope16(unsigned char (*a)[16]) { ended(a, 16); }

#define B(condition) branch(__LINE__, (condition) != 0)
#define A() note(__LINE__ * 4u)
#define SCOPE __attribute__((cleanup(scope)))
#define SCOPE16 __attribute__((cleanup(scope16)))
#define pick() pick_at(__LINE__)
#define verify() result_at(__LINE__, 0)
#define verify_one() result_at(__LINE__, 1)
#define verify_positive() result_at(__LINE__, 2)
#define verify_bool() ((bool)result_at(__LINE__, 3))
#define check() event_at(__LINE__, 1)
#define change() event_at(__LINE__, 0)
#define derive(key) derive_at(__LINE__, key)
#define wipe(memory, size) memset(memory, 0, size)
#define die() longjmp(out_of_it, 1)
#define new_block() ((unsigned char *)calloc(1, 16))
#define release(block) ended(block, 16)

/* One execution; what is still to be recorded at its end is a fault of its line. */
static void execute(void (*start)(void), void (*reset)(void), uint64_t seed, int call, int to)
{
    drawn = seed;
    left = 25;
    steps = calls = key_count = 0;
    changed_call = call;
    change_to = to;
    diary = 14695981039346656037u;
    memset(pending, 0, sizeof pending);
    memset(met, 0, sizeof met);
    reset();
    if (setjmp(out_of_it)) {
        diary = 0;
        return;
    }
    start();
    for (int i = 0; i < Lines; i++) {
        fault[i] |= pending[i];
        reached[i] |= met[i];
    }
}

/* A failure after which everything goes as after a success was not told from it; who gives up takes neither for the other. */
static void misread(void (*start)(void), void (*reset)(void), uint64_t seed)
{
    uint64_t first = diary;
    int all = calls < MostCalls ? calls : MostCalls;
    struct made then[MostCalls];
    memcpy(then, made, sizeof made);
    for (int call = 0; call < all; call++) {
        const struct kind *kind = &results[then[call].kind];
        for (int to = kind->good; then[call].good && to < kind->all; to++) {
            execute(start, reset, seed, call, kind->values[to]);
            if (diary && diary == first)
                fault[then[call].line] = 1;
        }
    }
}

static void try_program(void (*start)(void), void (*reset)(void), int runs, uint64_t seed)
{
    for (int i = 0; i < runs; i++) {
        uint64_t mine = seed + i * 7919u;
        execute(start, reset, mine, -1, 0);
        misread(start, reset, mine);
    }
}

static void say_all(void)
{
    for (int i = 0; i < Lines; i++)
        if (reached[i] || fault[i])
            printf("%s%d\n", fault[i] ? "!" : "", i);
}
#endif
