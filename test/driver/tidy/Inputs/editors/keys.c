#include "keys.h"
typedef struct bignum_st BIGNUM;
int RSA_generate_key_ex(RSA *, int, BIGNUM *, void *);
int make_key(RSA *Key, int Bits)
{
  return RSA_generate_key_ex(Key, Bits, (BIGNUM *)0, 0) == 1 ? 0 : -1;
}
