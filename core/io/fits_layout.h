#pragma once

#include "core/io/fits_file.h"
#include "core/io/read_options.h"

#include <filesystem>
#include <string>
#include <vector>

namespace maury::io {

/// An open FITS file on its way to the reader that knows its layout.
struct FitsSource {
    FitsFile fits;
    std::vector<FitsFile::Hdu> hdus;
    std::filesystem::path file;
    ReadOptions options;

    /// Opens a file and lists its HDUs. Errors: those of FitsFile.
    [[nodiscard]] static base::Result<FitsSource> open(
        const std::filesystem::path& file, const ReadOptions& options);

    /// HDU `number`, counted from 1, or null.
    [[nodiscard]] const FitsFile::Hdu* hdu(int number) const;
    /// Whether HDU `number` is an image whose first axis has `pixels` pixels.
    [[nodiscard]] bool isImage(int number, std::int64_t pixels) const;
    /// The pixels of the first axis of the image in HDU `number`; 0 for anything else.
    [[nodiscard]] std::int64_t imagePixels(int number) const;
    /// The rows (product of the other axes) of the image in HDU `number`; 0 for anything else.
    [[nodiscard]] std::int64_t imageRows(int number) const;
    /// "FILE: HDU 2".
    [[nodiscard]] std::string place(int number) const;
    /// One row of pixels of an image HDU, which stays the current one. Errors: ValueMissing (no
    /// such row), FileTruncated, FileDamaged.
    [[nodiscard]] base::Result<std::vector<double>> imageRow(int number, std::int64_t row);
    /// "HDU 1: an image of 100 pixels, HDU 2: …" for messages.
    [[nodiscard]] std::string contents() const;
};

/// One kind of FITS file. A layout that recognises a file reads it or says why it cannot.
struct FitsLayout {
    bool (*recognises)(FitsSource& source);
    base::Result<spectrum::Spectrum> (*read)(FitsSource& source);
};

/// Nothing when `row` is one of `rows`, else OptionInvalid.
[[nodiscard]] base::Result<void> checkChoice(
    const char* option, int chosen, std::int64_t available, const std::filesystem::path& file);

} // namespace maury::io
