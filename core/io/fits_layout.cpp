#include "core/io/fits_layout.h"

#include <fmt/format.h>

#include <algorithm>

namespace maury::io {

using base::ErrorCode;
using base::failure;

base::Result<FitsSource> FitsSource::open(
    const std::filesystem::path& file, const ReadOptions& options)
{
    auto fits = FitsFile::open(file);
    if (!fits)
        return base::Unexpected(fits.error());
    auto hdus = fits->hdus();
    if (!hdus)
        return base::Unexpected(hdus.error());
    // cfitsio does not list what comes after the end of a truncated file.
    if (auto moved = fits->moveTo(static_cast<int>(hdus->size())); !moved)
        return base::Unexpected(moved.error());
    if (auto complete = fits->checkComplete(); !complete)
        return base::Unexpected(complete.error());
    if (auto moved = fits->moveTo(1); !moved)
        return base::Unexpected(moved.error());
    return FitsSource { std::move(*fits), std::move(*hdus), file, options };
}

const FitsFile::Hdu* FitsSource::hdu(int number) const
{
    const auto index = static_cast<std::size_t>(number) - 1;
    return number > 0 && index < hdus.size() ? &hdus[index] : nullptr;
}

std::int64_t FitsSource::imagePixels(int number) const
{
    const auto* found = hdu(number);
    const bool isImage
        = found != nullptr && found->kind == FitsFile::Kind::Image && found->hasData();
    return isImage ? found->axes[0] : 0;
}

std::int64_t FitsSource::imageRows(int number) const
{
    if (imagePixels(number) == 0)
        return 0;
    const auto& axes = hdu(number)->axes;
    // A damaged header may claim more rows than there are numbers.
    constexpr std::int64_t kMost = 1'000'000;
    std::int64_t rows = 1;
    for (auto axis = axes.begin() + 1; axis != axes.end(); ++axis)
        rows = std::min(kMost, rows * std::min(kMost, *axis));
    return rows;
}

bool FitsSource::isImage(int number, std::int64_t pixels) const
{
    return pixels > 0 && imagePixels(number) == pixels;
}

std::string FitsSource::place(int number) const
{
    return fmt::format("{}: HDU {}", file.string(), number);
}

base::Result<std::vector<double>> FitsSource::imageRow(int number, std::int64_t row)
{
    const auto pixels = imagePixels(number);
    if (pixels == 0 || row < 0 || row >= imageRows(number))
        return failure(ErrorCode::ValueMissing, place(number),
            hdu(number) == nullptr ? "no such HDU" : hdu(number)->describe(),
            fmt::format("an image with row {}", row));
    if (auto moved = fits.moveTo(number); !moved)
        return base::Unexpected(moved.error());
    constexpr std::int64_t kAnyRow = std::int64_t { 1 } << 32;
    if (pixels > kAnyRow)
        return failure(ErrorCode::FileDamaged, place(number), fmt::format("{} pixels", pixels));
    return fits.readPixels(pixels, row * pixels);
}

std::string FitsSource::contents() const
{
    constexpr std::size_t kListed = 4;
    std::vector<std::string> listed;
    for (std::size_t i = 0; i < hdus.size(); ++i)
        if (hdus[i].hasData())
            listed.push_back(fmt::format("HDU {}: {}", i + 1, hdus[i].describe()));
    if (listed.empty())
        return "a FITS file without data";
    const bool isLong = listed.size() > kListed;
    listed.resize(std::min(listed.size(), kListed));
    return fmt::format("a FITS file with {}{}", fmt::join(listed, ", "), isLong ? " …" : "");
}

base::Result<void> checkChoice(
    const char* option, int chosen, std::int64_t available, const std::filesystem::path& file)
{
    if (chosen >= 0 && chosen < available)
        return {};
    return failure(ErrorCode::OptionInvalid, fmt::format("{}: {}", file.string(), option),
        std::to_string(chosen),
        available == 1 ? std::string("0: the file holds one")
                       : fmt::format("0 to {}, for this file", available - 1));
}

} // namespace maury::io
