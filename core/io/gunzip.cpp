#include "core/io/gunzip.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

constexpr std::string_view kMagic = "\x1F\x8B";

/// zlib's stream, ended in any case.
struct Inflater {
    z_stream stream {};
    bool isReady = false;

    Inflater()
    {
        constexpr int kGzip = 16;
        isReady = inflateInit2(&stream, kGzip + MAX_WBITS) == Z_OK;
    }
    ~Inflater()
    {
        if (isReady)
            inflateEnd(&stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
};

/// Appends what the first member of `packed` holds and takes the member off it.
base::Result<void> appendMember(Inflater& inflater, std::string_view& packed, std::string& bytes,
    const std::string& place, std::size_t mostBytes)
{
    constexpr std::size_t kBlock = std::size_t { 1 } << 18;
    z_stream& stream = inflater.stream;
    int status = inflateReset(&stream);
    while (status == Z_OK) {
        const auto in = static_cast<uInt>(
            std::min<std::size_t>(packed.size(), std::numeric_limits<uInt>::max()));
        const std::size_t before = bytes.size();
        bytes.resize(before + kBlock);
        // zlib does not write to its input; its type is older than const.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        stream.avail_in = in;
        stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
        stream.avail_out = static_cast<uInt>(kBlock);
        status = inflate(&stream, Z_NO_FLUSH);
        bytes.resize(before + kBlock - stream.avail_out);
        packed.remove_prefix(in - stream.avail_in);
        if (bytes.size() > mostBytes)
            return failure(ErrorCode::FileDamaged, place,
                fmt::format("more than {} bytes unpacked", mostBytes), "the file of a spectrum");
    }
    if (status == Z_BUF_ERROR)
        return failure(ErrorCode::FileTruncated, place,
            fmt::format("gzip's data end after {} bytes unpacked", bytes.size()), "their end");
    if (status != Z_STREAM_END)
        return failure(ErrorCode::FileDamaged, place,
            stream.msg != nullptr ? stream.msg : "data that gzip did not write");
    return {};
}

} // namespace

bool isGzip(std::string_view start)
{
    return start.starts_with(kMagic);
}

base::Result<std::string> gunzip(
    std::string_view packed, const std::string& place, std::size_t mostBytes)
{
    Inflater inflater;
    if (!inflater.isReady)
        return failure(ErrorCode::LibraryFailed, place, "zlib does not start");
    std::string bytes;
    do {
        if (auto member = appendMember(inflater, packed, bytes, place, mostBytes);
            !member)
            return base::Unexpected(member.error());
    } while (isGzip(packed));
    return bytes;
}

} // namespace maury::io
