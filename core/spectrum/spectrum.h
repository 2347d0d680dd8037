#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::spectrum {

enum class Medium { Air, Vacuum, Unknown };
enum class Frame { Rest, Barycentric, Heliocentric, Topocentric, Unknown };

/// Reasons why a pixel must not be believed; 0 means good.
namespace mask {
inline constexpr std::uint32_t kNoData = 1;
inline constexpr std::uint32_t kBadPixel = 2;
inline constexpr std::uint32_t kSaturated = 4;
inline constexpr std::uint32_t kCosmicRay = 8;
inline constexpr std::uint32_t kTelluric = 16;
inline constexpr std::uint32_t kSkyLine = 32;
inline constexpr std::uint32_t kGapOrEdge = 64;
inline constexpr std::uint32_t kSuspect = 128; ///< error inflated; still usable
inline constexpr std::uint32_t kUser = 256;
/// A pixel with one of these bits is not used.
inline constexpr std::uint32_t kUnusable = ~kSuspect;
} // namespace mask

/// One contiguous piece of a spectrum as the file gives it (its own medium and frame).
/// wavelengthAngstrom, flux, mask: [pixels]; ivar: [pixels], or empty when the file has no errors.
/// Wavelengths strictly increase. A masked pixel's flux is finite (0 where the file had none).
struct Segment {
    std::vector<double> wavelengthAngstrom;
    std::vector<double> flux;
    std::vector<double> ivar;
    std::vector<std::uint32_t> mask;
    Medium medium = Medium::Unknown;
    Frame frame = Frame::Unknown;
    std::optional<bool> rectified; ///< nothing when the file does not say
    std::string fluxUnit; ///< as in the file; empty if unknown

    [[nodiscard]] std::size_t pixels() const { return flux.size(); }
    [[nodiscard]] std::size_t goodPixels() const;
    [[nodiscard]] bool isGood(std::size_t pixel) const
    {
        return (mask[pixel] & mask::kUnusable) == 0;
    }
};

/// A spectrum as read: immutable once built; share it as SpectrumPtr.
struct Spectrum {
    std::vector<Segment> segments; ///< ascending wavelength; at least one
    std::string object; ///< name in the file, else the file's base name
    std::optional<double> raDeg; ///< J2000, degrees
    std::optional<double> decDeg;
    std::string spectralType; ///< as in the file's header; empty if none
    std::string format; ///< the reader that read it ("ascii", "fits-image")
    std::filesystem::path file;
    std::vector<std::string> warnings; ///< English notices: what was assumed or repaired
};

using SpectrumPtr = std::shared_ptr<const Spectrum>;

[[nodiscard]] std::string toString(Medium medium); ///< "air", "vacuum", "unknown"
[[nodiscard]] std::string toString(Frame frame); ///< "rest", "barycentric", …, "unknown"

} // namespace maury::spectrum
