/// A stamp as kept between runs.
#ifndef ASSAY_DRIVER_SESSION_STAMPFIELDS_H
#define ASSAY_DRIVER_SESSION_STAMPFIELDS_H

#include "analysis/store/Archive.h"
#include "analysis/store/FileStamp.h"

namespace assay {

ASSAY_FIELDS(FileStamp, Size, Inode, Device, ModifiedNs, ChangedNs)

} // namespace assay

#endif
