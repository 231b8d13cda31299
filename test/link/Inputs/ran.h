/* Says which definition ran: the linker's own answer. */
#include <stdio.h>
#define RAN(NAME) printf("ran %s at %s:%d\n", #NAME, __FILE__, __LINE__)
