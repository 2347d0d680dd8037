#include "core/io/file_bytes.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <system_error>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

} // namespace

base::Result<std::string> readFirstBytes(const std::filesystem::path& file, std::size_t limit)
{
    const std::string place = file.string();
    std::error_code status;
    const auto kind = std::filesystem::status(file, status).type();
    if (kind == std::filesystem::file_type::not_found)
        return failure(ErrorCode::FileMissing, place);
    if (kind == std::filesystem::file_type::directory)
        return failure(ErrorCode::FileUnreadable, place, "a folder", "a file");
    // A pipe or a device could block for ever.
    if (kind != std::filesystem::file_type::regular)
        return failure(ErrorCode::FileUnreadable, place,
            status ? status.message() : std::string("a special file"), "a regular file");

    const FileHandle handle(std::fopen(file.c_str(), "rb"));
    if (!handle)
        return failure(ErrorCode::FileUnreadable, place, std::strerror(errno));
    std::string bytes;
    constexpr std::size_t kBlock = std::size_t { 1 } << 20;
    while (bytes.size() < limit) {
        const std::size_t before = bytes.size();
        const std::size_t wanted = std::min(kBlock, limit - before);
        bytes.resize(before + wanted);
        const std::size_t got = std::fread(bytes.data() + before, 1, wanted, handle.get());
        bytes.resize(before + got);
        if (got < wanted)
            break;
    }
    if (std::ferror(handle.get()) != 0)
        return failure(ErrorCode::FileUnreadable, place, std::strerror(errno));
    if (bytes.empty())
        return failure(ErrorCode::FileEmpty, place);
    return bytes;
}

base::Result<std::string> readBytes(const std::filesystem::path& file)
{
    return readFirstBytes(file, std::numeric_limits<std::size_t>::max());
}

} // namespace maury::io
