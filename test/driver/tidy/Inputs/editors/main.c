#include "keys.h"
int main(int Count, char **Words)
{
  return make_key((RSA *)Words[Count], 512);
}
