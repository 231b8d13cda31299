/// One line that is overwritten while units are parsed: on a terminal only, nothing in a pipe.
#ifndef ASSAY_DRIVER_CLI_PROGRESSLINE_H
#define ASSAY_DRIVER_CLI_PROGRESSLINE_H

#include <cstddef>
#include <string>

namespace assay {

class ProgressLine {
public:
  explicit ProgressLine(bool Wanted);
  ~ProgressLine() { clear(); }
  void show(size_t Done, size_t Total, const std::string &File);
  void clear();

private:
  bool Active;
  bool Shown = false;
};

} // namespace assay

#endif
