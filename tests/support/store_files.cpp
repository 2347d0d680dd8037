#include "tests/support/store_files.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace maury::test {
namespace {

spectrum::Segment segmentAt(double first, std::size_t pixels, std::uint64_t number)
{
    spectrum::Segment segment;
    for (std::size_t i = 0; i < pixels; ++i) {
        segment.wavelengthAngstrom.push_back(first + 0.5 * static_cast<double>(i));
        segment.flux.push_back(1.0 + 0.01 * static_cast<double>(i) / 3.0
            + 1e-3 * static_cast<double>(number));
    }
    segment.mask.assign(pixels, 0);
    segment.medium = spectrum::Medium::Vacuum;
    segment.frame = spectrum::Frame::Barycentric;
    return segment;
}

constexpr std::array kFormats { "apogee-star", "galah-dr3", "ascii" };

void orFail(const base::Result<void>& done)
{
    if (done)
        return;
    std::fprintf(stderr, "%s\n", base::describe(done.error()).c_str());
    std::abort();
}

} // namespace

spectrum::SpectrumPtr storedSpectrum(std::uint64_t number)
{
    auto star = std::make_shared<spectrum::Spectrum>();
    star->segments = { segmentAt(4000.0, 40, number), segmentAt(5000.0, 30, number) };
    star->segments[0].ivar.assign(40, 100.0 / 3.0 + static_cast<double>(number));
    star->segments[0].mask[7] = spectrum::mask::kCosmicRay;
    star->segments[0].ivar[7] = 0.0;
    star->segments[0].resolvingPower = 22500.0;
    star->segments[0].fluxUnit = "erg/s";
    star->segments[0].origin = "HDU 1";
    star->segments[1].rectified = true;
    star->object = "star " + std::to_string(number);
    star->spectralType = number % 4 == 0 ? "A0 V" : "K3 III";
    star->format = kFormats[number % 3];
    star->file = "/data/" + star->object + ".fits";
    star->warnings = { "medium assumed", "größer" };
    star->rows = 3;
    star->row = static_cast<int>(number % 3);
    if (number % 2 == 0) {
        star->raDeg = 0.001 * static_cast<double>(number);
        star->decDeg = -30.0 + 0.0005 * static_cast<double>(number);
    }
    star->radialVelocityKms = static_cast<double>(number) - 50.0;
    return star;
}

store::StoreGrid storedGrid()
{
    return { "test", spectrum::Medium::Vacuum, true, 5000.0, 1e-4, 400, 10000.0 };
}

store::GriddedSpectrum storedGridded(std::uint64_t number)
{
    store::GriddedSpectrum star { store::entryOf(*storedSpectrum(number)),
        spectrum::Frame::Rest, {} };
    star.entry.snr = store::Entry::kNone;
    const std::size_t segments = 1 + number % 2;
    for (std::size_t s = 0; s < segments; ++s) {
        store::GriddedSegment& segment = star.segments.emplace_back();
        const std::size_t pixels = s == 0 ? 60 : 50;
        segment.firstPixel = (s == 0 ? 80 : 280) + number % 5;
        for (std::size_t i = 0; i < pixels; ++i) {
            segment.flux.push_back(1.0F + 0.01F * static_cast<float>(i + number % 7));
            segment.badFraction.push_back(i < 3 ? 1.0F : i < 6 ? 0.05F : 0.0F);
            segment.mask.push_back(i < 3 ? spectrum::mask::kGapOrEdge
                    : i < 6              ? spectrum::mask::kTelluric
                                         : 0);
        }
        if (number % 5 != 0) {
            segment.ivar.assign(pixels, 400.0F);
            segment.covariance1.assign(pixels, 1e-3F);
            segment.covariance2.assign(pixels, 1e-4F);
        }
        segment.rectified = false;
        segment.origin = "camera " + std::to_string(s + 1);
    }
    return star;
}

void writeNativeStore(const std::filesystem::path& file, std::uint64_t count)
{
    auto writer = store::StoreWriter::create(file);
    for (std::uint64_t i = 0; writer && i < count; ++i) {
        const auto star = storedSpectrum(i);
        orFail(writer->add(star, store::entryOf(*star)));
    }
    orFail(writer ? writer->flush() : base::Result<void>(base::Unexpected(writer.error())));
}

void writeGriddedStore(const std::filesystem::path& file, std::uint64_t count)
{
    auto writer = store::StoreWriter::create(file, storedGrid());
    for (std::uint64_t i = 0; writer && i < count; ++i)
        orFail(writer->add(storedGridded(i), "{\"recipe\":1}"));
    orFail(writer ? writer->flush() : base::Result<void>(base::Unexpected(writer.error())));
}

void writeSurveyStore(const std::filesystem::path& file, const std::string& format,
    std::uint64_t firstPixel, std::uint64_t count, double offsetArcsec)
{
    constexpr std::size_t kPixels = 120;
    auto writer = store::StoreWriter::create(file, storedGrid());
    for (std::uint64_t number = 0; writer && number < count; ++number) {
        auto star = std::make_shared<spectrum::Spectrum>(*storedSpectrum(number));
        star->format = format;
        star->object = format + " " + std::to_string(number);
        star->raDeg = 10.0 + 0.02 * static_cast<double>(number);
        star->decDeg = -20.0 + offsetArcsec / 3600.0;
        store::GriddedSpectrum spectrum { store::entryOf(*star), spectrum::Frame::Rest, {} };
        store::GriddedSegment& segment = spectrum.segments.emplace_back();
        segment.firstPixel = firstPixel;
        const double a = std::sin(0.7 * static_cast<double>(number));
        const double b = std::cos(1.9 * static_cast<double>(number));
        for (std::size_t i = 0; i < kPixels; ++i) {
            double flux = 1.0;
            for (std::size_t line = 0; line < 6; ++line) {
                const double x
                    = (static_cast<double>(i) - 10.0 - 20.0 * static_cast<double>(line)) / 2.5;
                const auto at = static_cast<double>(line + firstPixel);
                flux -= (0.3 + 0.15 * a * std::sin(at) + 0.1 * b * std::cos(2.0 * at))
                    * std::exp(-0.5 * x * x);
            }
            segment.flux.push_back(static_cast<float>(flux));
        }
        segment.badFraction.assign(kPixels, 0.0F);
        segment.mask.assign(kPixels, 0);
        segment.ivar.assign(kPixels, 1e4F);
        segment.covariance1.assign(kPixels, 0.0F);
        segment.covariance2.assign(kPixels, 0.0F);
        segment.rectified = true;
        orFail(writer->add(spectrum, "{}"));
    }
    orFail(writer ? writer->flush() : base::Result<void>(base::Unexpected(writer.error())));
}

} // namespace maury::test
