#include "tests/fuzz/fuzz_target.h"

#include "core/io/reader_registry.h"

#include <cmath>
#include <cstdlib>
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

} // namespace

void checkPromises(const spectrum::Spectrum& spectrum)
{
    require(!spectrum.segments.empty());
    for (const auto& segment : spectrum.segments) {
        const std::size_t pixels = segment.pixels();
        require(pixels >= 2 && segment.mask.size() == pixels);
        require(segment.wavelengthAngstrom.size() == pixels);
        require(segment.ivar.empty() || segment.ivar.size() == pixels);
        require(segment.goodPixels() > 0);
        for (std::size_t i = 0; i < pixels; ++i) {
            require(std::isfinite(segment.flux[i]) && std::isfinite(segment.wavelengthAngstrom[i]));
            require(i == 0 || segment.wavelengthAngstrom[i] > segment.wavelengthAngstrom[i - 1]);
            require(
                segment.ivar.empty() || (segment.ivar[i] >= 0.0 && std::isfinite(segment.ivar[i])));
        }
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

} // namespace maury::test
