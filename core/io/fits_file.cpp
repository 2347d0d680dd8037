#include "core/io/fits_file.h"

#include "core/base/text.h"
#include "core/io/file_bytes.h"
#include "core/io/fits_handle.h"
#include "core/io/gunzip.h"
#include "core/io/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>
#include <utility>

namespace maury::io {

using base::ErrorCode;
using base::failure;

namespace {

/// Which of cfitsio's status codes mean that the file ends too early.
bool meansTruncated(int status)
{
    constexpr std::array kCodes { END_OF_FILE, READ_ERROR, SEEK_ERROR, NO_END };
    return std::find(kCodes.begin(), kCodes.end(), status) != kCodes.end();
}

/// Takes cfitsio's messages off its stack.
std::string drainMessages(int status)
{
    std::array<char, FLEN_STATUS> summary {};
    fits_get_errstatus(status, summary.data());
    std::string messages = fmt::format("cfitsio {}: {}", status, summary.data());
    std::array<char, FLEN_ERRMSG> line {};
    while (fits_read_errmsg(line.data()) != 0)
        messages += fmt::format("; {}", line.data());
    return messages;
}

} // namespace

bool FitsFile::Hdu::hasData() const
{
    return !axes.empty()
        && std::all_of(axes.begin(), axes.end(), [](std::int64_t length) { return length > 0; });
}

std::string FitsFile::Hdu::describe() const
{
    const std::string label = name.empty() ? "" : fmt::format(" ({})", name);
    if (kind == Kind::Table)
        return fmt::format("a table of {} rows{}", axes.size() > 1 ? axes[1] : 0, label);
    if (!hasData())
        return "no data" + label;
    return fmt::format("an image of {} pixels{}", fmt::join(axes, " × "), label);
}

base::Result<void> FitsFile::Handle::unpack(const std::filesystem::path& file)
{
    const auto packed = readBytes(file);
    if (!packed)
        return base::Unexpected(packed.error());
    auto bytes = gunzip(*packed, file.string());
    if (!bytes)
        return base::Unexpected(bytes.error());
    unpacked = *std::move(bytes);
    memory = unpacked.data();
    memorySize = unpacked.size();
    return {};
}

FitsFile::FitsFile(std::filesystem::path file, std::unique_ptr<Handle> handle)
    : m_file(std::move(file))
    , m_handle(std::move(handle))
{
}

FitsFile::~FitsFile() = default;
FitsFile::FitsFile(FitsFile&& other) noexcept = default;
FitsFile& FitsFile::operator=(FitsFile&& other) noexcept = default;

std::string FitsFile::placeOfHdu(int hdu) const
{
    return fmt::format("{}: HDU {}", m_file.string(), hdu);
}

base::Unexpected FitsFile::libraryFailure(int status, const std::string& place) const
{
    const auto code = meansTruncated(status) ? ErrorCode::FileTruncated : ErrorCode::FileDamaged;
    return base::failureIn(failure(code, place).error(), drainMessages(status));
}

base::Result<FitsFile> FitsFile::open(const std::filesystem::path& file)
{
    constexpr std::size_t kSniffed = 16;
    const auto start = readFirstBytes(file, kSniffed);
    if (!start)
        return base::Unexpected(start.error());
    auto handle = std::make_unique<Handle>();
    int status = 0;
    if (isGzip(*start)) {
        if (auto unpacked = handle->unpack(file); !unpacked)
            return base::Unexpected(unpacked.error());
        fits_open_memfile(&handle->fits, "unpacked", READONLY, &handle->memory,
            &handle->memorySize, 0, nullptr, &status);
    } else {
        // "diskfile": brackets in a name are part of it, not cfitsio's filter language.
        fits_open_diskfile(&handle->fits, file.c_str(), READONLY, &status);
    }
    FitsFile opened(file, std::move(handle));
    if (status != 0)
        return opened.libraryFailure(status, file.string());
    return opened;
}

base::Result<void> FitsFile::moveTo(int hdu)
{
    int status = 0;
    fits_movabs_hdu(m_handle->fits, hdu, nullptr, &status);
    if (status != 0)
        return libraryFailure(status, placeOfHdu(hdu));
    m_hdu = hdu;
    return {};
}

base::Result<std::vector<FitsFile::Hdu>> FitsFile::hdus()
{
    int status = 0;
    int count = 0;
    fits_get_num_hdus(m_handle->fits, &count, &status);
    if (status != 0)
        return libraryFailure(status, m_file.string());
    std::vector<Hdu> all;
    for (int number = 1; number <= count; ++number) {
        if (auto moved = moveTo(number); !moved)
            return base::Unexpected(moved.error());
        Hdu hdu;
        int type = IMAGE_HDU;
        fits_get_hdu_type(m_handle->fits, &type, &status);
        hdu.name = text("EXTNAME").value_or("");
        if (type == IMAGE_HDU) {
            int dimensions = 0;
            fits_get_img_dim(m_handle->fits, &dimensions, &status);
            std::vector<LONGLONG> axes(static_cast<std::size_t>(std::max(dimensions, 0)));
            if (dimensions > 0)
                fits_get_img_sizell(m_handle->fits, dimensions, axes.data(), &status);
            hdu.axes.assign(axes.begin(), axes.end());
        } else {
            hdu.kind = Kind::Table;
            LONGLONG rows = 0;
            int columns = 0;
            fits_get_num_rowsll(m_handle->fits, &rows, &status);
            fits_get_num_cols(m_handle->fits, &columns, &status);
            hdu.axes = { columns, rows };
        }
        if (status != 0)
            return libraryFailure(status, placeOfHdu(number));
        all.push_back(std::move(hdu));
    }
    return all;
}

std::optional<std::string> FitsFile::valueOf(const std::string& keyword) const
{
    // Read as it stands in the card: quotes do not decide what is a number in real headers.
    std::array<char, FLEN_VALUE> raw {};
    int status = 0;
    fits_read_keyword(m_handle->fits, keyword.c_str(), raw.data(), nullptr, &status);
    if (status != 0) {
        fits_clear_errmsg();
        return std::nullopt;
    }
    return std::string(base::trim(raw.data()));
}

std::optional<std::string> FitsFile::quotedText(const std::string& keyword) const
{
    const auto value = valueOf(keyword);
    if (!value || value->size() < 2 || value->front() != '\'' || value->back() != '\'')
        return std::nullopt;
    return value->substr(1, value->size() - 2);
}

std::optional<std::string> FitsFile::text(const std::string& keyword) const
{
    const auto raw = valueOf(keyword);
    if (!raw)
        return std::nullopt;
    std::string value = *raw;
    if (value.size() >= 2 && value.front() == '\'' && value.back() == '\'')
        value = std::string(base::trim(value.substr(1, value.size() - 2)));
    if (value.empty() || value == "-")
        return std::nullopt;
    return value;
}

std::optional<double> FitsFile::number(const std::string& keyword) const
{
    const auto value = text(keyword);
    const auto parsed = value ? parseNumber(*value) : std::nullopt;
    return parsed && std::isfinite(*parsed) ? parsed : std::nullopt;
}

bool FitsFile::flag(const std::string& keyword) const
{
    const auto value = text(keyword);
    return value && (*value == "T" || *value == "1" || base::lowerCase(*value) == "true");
}

base::Result<void> FitsFile::checkSize(std::int64_t values, std::int64_t bytes) const
{
    // A damaged header may claim anything; no spectrum is longer than this.
    constexpr std::int64_t kMostValues = 20'000'000;
    const std::string place = placeOfHdu(m_hdu);
    if (values > kMostValues)
        return failure(ErrorCode::FileDamaged, place, fmt::format("{} values", values),
            fmt::format("at most {}", kMostValues));
    int status = 0;
    LONGLONG dataStart = 0;
    fits_get_hduaddrll(m_handle->fits, nullptr, &dataStart, nullptr, &status);
    if (status != 0)
        return libraryFailure(status, place);
    std::error_code unknown;
    const std::uintmax_t size = m_handle->unpacked.empty()
        ? std::filesystem::file_size(m_file, unknown)
        : m_handle->unpacked.size();
    const bool isCompressed = text("ZIMAGE").has_value();
    if (!unknown && !isCompressed && std::cmp_less(size, dataStart + bytes))
        return failure(ErrorCode::FileTruncated, place, fmt::format("{} bytes", size),
            fmt::format("{}, by the header", dataStart + bytes));
    return {};
}

base::Result<void> FitsFile::checkComplete() const
{
    const int axes = static_cast<int>(number("NAXIS").value_or(0.0));
    double bytes = axes > 0 ? std::abs(number("BITPIX").value_or(0.0)) / 8.0 : 0.0;
    for (int axis = 1; axis <= std::min(axes, 999); ++axis)
        bytes *= number(fmt::format("NAXIS{}", axis)).value_or(0.0);
    constexpr double kAnyFile = 1e18;
    return checkSize(0, static_cast<std::int64_t>(std::min(bytes, kAnyFile)));
}

base::Result<std::vector<double>> FitsFile::readPixels(std::int64_t count, std::int64_t first)
{
    EXPECTS(count > 0 && first >= 0);
    int status = 0;
    int bitsPerPixel = 0;
    fits_get_img_type(m_handle->fits, &bitsPerPixel, &status);
    if (status != 0)
        return libraryFailure(status, placeOfHdu(m_hdu));
    constexpr std::int64_t kAnyImage = std::int64_t { 1 } << 40;
    if (count > kAnyImage || first > kAnyImage)
        return failure(ErrorCode::FileDamaged, placeOfHdu(m_hdu), fmt::format("{} pixels", count));
    if (auto checked = checkSize(count, (first + count) * std::abs(bitsPerPixel) / 8); !checked)
        return base::Unexpected(checked.error());
    std::vector<double> values(static_cast<std::size_t>(count));
    double blank = std::numeric_limits<double>::quiet_NaN();
    int hasBlanks = 0;
    fits_read_img(
        m_handle->fits, TDOUBLE, first + 1, count, &blank, values.data(), &hasBlanks, &status);
    if (status != 0)
        return libraryFailure(status, placeOfHdu(m_hdu));
    return values;
}

} // namespace maury::io
