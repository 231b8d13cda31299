/// The terminal report is part of an executable, which a test cannot link; so it is compiled here
/// again.
#include "driver/cli/TextVerdicts.cpp"
