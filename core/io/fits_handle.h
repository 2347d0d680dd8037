#pragma once

#include "core/io/fits_file.h"

#include <fitsio.h>

namespace maury::io {

/// What FitsFile hides: only its own sources include this header.
struct FitsFile::Handle {
    fitsfile* fits = nullptr;
    bool isGzipped = false;
    ~Handle()
    {
        int status = 0;
        if (fits != nullptr)
            fits_close_file(fits, &status);
        fits_clear_errmsg();
    }
};

} // namespace maury::io
