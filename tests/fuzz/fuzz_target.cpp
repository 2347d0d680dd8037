#include "tests/fuzz/fuzz_target.h"

#include "core/base/hash64.h"
#include "core/io/reader_registry.h"
#include "core/store/where.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

namespace maury::test {
namespace {

void require(bool promise)
{
    if (!promise)
        std::abort();
}

void checkPixels(const spectrum::Segment& segment)
{
    const std::size_t pixels = segment.pixels();
    require(pixels >= 2 && segment.mask.size() == pixels);
    require(segment.wavelengthAngstrom.size() == pixels);
    require(segment.ivar.empty() || segment.ivar.size() == pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        require(std::isfinite(segment.flux[i]) && std::isfinite(segment.wavelengthAngstrom[i]));
        require(i == 0 || segment.wavelengthAngstrom[i] > segment.wavelengthAngstrom[i - 1]);
        require(segment.ivar.empty() || (segment.ivar[i] >= 0.0 && std::isfinite(segment.ivar[i])));
    }
}

} // namespace

void checkPromises(const spectrum::Spectrum& spectrum)
{
    require(!spectrum.segments.empty());
    for (const auto& segment : spectrum.segments) {
        checkPixels(segment);
        require(segment.goodPixels() > 0);
    }
}

base::Result<spectrum::SpectrumPtr> readBytesAsFile(
    const std::uint8_t* data, std::size_t size, int row, int plane, bool normalised)
{
    const int file = memfd_create("fuzz", MFD_CLOEXEC);
    require(file >= 0 && write(file, data, size) == static_cast<ssize_t>(size));
    io::ReadOptions options;
    options.row = row;
    options.plane = plane;
    options.normalised = normalised;
    auto result = io::readSpectrum("/proc/self/fd/" + std::to_string(file), options);
    close(file);
    return result;
}

void readAllOfStore(const std::string& bytes)
{
    const int file = memfd_create("fuzz", MFD_CLOEXEC);
    require(file >= 0 && write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    const auto opened = store::Store::open("/proc/self/fd/" + std::to_string(file));
    constexpr std::uint64_t kMost = 64;
    for (std::uint64_t row = 0; opened && row < std::min((*opened)->size(), kMost); ++row) {
        (void)(*opened)->entry(row);
        if (const auto spectrum = (*opened)->spectrum(row))
            for (const auto& segment : (*spectrum)->segments)
                checkPixels(segment);
    }
    if (opened) {
        (void)(*opened)->recipes();
        (void)(*opened)->runs();
        (void)(*opened)->verify();
        for (std::size_t block = 0; block < (*opened)->coverage().size(); ++block)
            (void)(*opened)->spectraOf(block);
        (void)store::Where::parse("star and snr > 5").value().rows(**opened);
    }
    close(file);
}

std::string sealed(std::string bytes)
{
    bytes.resize(std::max<std::size_t>(bytes.size(), store::SealedHead::kBytes));
    store::SealedHead head;
    head.size = bytes.size();
    while (store::SealedHead::blocksFor(head.size, head.blockBits) > store::SealedHead::kMostBlocks)
        ++head.blockBits;
    const auto all = std::as_bytes(std::span(bytes));
    for (std::uint64_t block = 0; block < head.blocks(); ++block) {
        const auto from = head.blockStart(block);
        head.digests.push_back(base::hash64(
            all.subspan(from, std::min<std::uint64_t>(head.blockBytes(), head.size - from))));
    }
    const auto encoded = store::encode(head);
    std::memcpy(bytes.data(), encoded.data(), encoded.size());
    return bytes;
}

} // namespace maury::test
