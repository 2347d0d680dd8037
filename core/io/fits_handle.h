#pragma once

#include "core/io/fits_file.h"

#include <fitsio.h>

#include <cstddef>
#include <string>

namespace maury::io {

/// What FitsFile hides: only its own sources include this header.
struct FitsFile::Handle {
    fitsfile* fits = nullptr;
    /// Of a gzip file: cfitsio would take the memory that its last bytes claim before reading it.
    std::string unpacked;
    void* memory = nullptr; ///< unpacked, as cfitsio wants to be told
    std::size_t memorySize = 0;

    base::Result<void> unpack(const std::filesystem::path& file);
    ~Handle()
    {
        int status = 0;
        if (fits != nullptr)
            fits_close_file(fits, &status);
        fits_clear_errmsg();
    }
};

} // namespace maury::io
