/// Programs that show their symbols only to what they load.
///
/// CMake links every program of an older project with -rdynamic. That says something of a program
/// that loads code; of another it says nothing, and taking it at its word would make an entry point
/// of every function.
#ifndef ASSAY_DRIVER_SESSION_LOADEDCODE_H
#define ASSAY_DRIVER_SESSION_LOADEDCODE_H

#include "driver/session/Units.h"
#include "policies/schema/Policy.h"

namespace assay {

/// Takes Exports from those of `Of.ShownToLoaded` none of whose units names a function that a model
/// gives the role code.load.
void closeProgramsThatLoadNothing(Gathered &Of, const Policy &Rules);

} // namespace assay

#endif
