typedef struct rsa_st RSA;
int make_key(RSA *Key, int Bits);
