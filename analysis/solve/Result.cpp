#include "analysis/solve/Judging.h"
void assay::judge(const ResultProperty &, const Judging &) {}
