#include "analysis/solve/Judging.h"
void assay::judge(const PrecedeProperty &, const Judging &) {}
