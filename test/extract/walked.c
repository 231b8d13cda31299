// RUN: assay-summary-dump %s | FileCheck %s

// An element that a counting variable chooses, and one that is picked by something that was read.
int getchar(void);

static const char letters[] = "0123456789abcdef", *const more = "ghijklmnopqrstuv";

char picks(const char *table, const unsigned char *in, int n) {
  char sum = 0;
  for (int i = 0; i < n; i++) {
    unsigned char c = in[i];
    int k = getchar();
    sum += letters[in[i]];
    sum += letters[c];
    sum += more[k];
    sum += "wxyz"[n];
    sum += table[k];
  }
  return sum;
}
// CHECK: {{^}}function picks
// CHECK: load in.*[?] walked ;
// CHECK: load @letters[?] by %{{[0-9]+}} ;
// CHECK: load @letters[?] by %{{[0-9]+}} ;
// CHECK: load @more.*[?] by %{{[0-9]+}} ;
// CHECK: load ("wxyz" 4)[?] by %{{[0-9]+}} ;
// CHECK: load table.*[?] ;

void walks(char *out, const char *in, int n) {
  for (int i = 0; i < n; i++)
    out[i] = in[i];
  for (int i = 0; i < n; i += 2)
    out[n - 1 - i] = in[i + 1];
}
// CHECK: {{^}}function walks
// CHECK: load in.*[?] walked ;
// CHECK: load in.*[?] walked ;
