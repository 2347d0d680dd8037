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
    std::optional<double> resolvingPower; ///< λ/FWHM; nothing when neither file nor survey says
    std::string origin; ///< which part of the file it is: "HDU 2", "camera 1"

    [[nodiscard]] std::size_t pixels() const { return flux.size(); }
    [[nodiscard]] std::size_t goodPixels() const;
    [[nodiscard]] bool isGood(std::size_t pixel) const
    {
        return (mask[pixel] & mask::kUnusable) == 0;
    }
};

/// A spectrum as read: immutable once built; share it as SpectrumPtr.
struct Spectrum {
    /// At least one; ascending wavelength, but for exposures of the same range, which follow each
    /// other as in the file.
    std::vector<Segment> segments;
    std::string object; ///< name in the file, else the file's base name
    std::optional<double> raDeg; ///< J2000, degrees
    std::optional<double> decDeg;
    /// Of the star against the barycentre of the solar system, as the file states it.
    std::optional<double> radialVelocityKms;
    /// What brings a velocity measured at the telescope to the barycentre, by addition.
    std::optional<double> barycentricCorrectionKms;
    std::string spectralType; ///< as in the file's header; empty if none
    std::string format; ///< the layout it was read as ("ascii", "fits-image", "apogee-star" …)
    std::filesystem::path file;
    std::vector<std::filesystem::path> moreFiles; ///< the others, where a star has several
    /// Which of the spectra in the file it is, and of how many (visits of a star, apertures).
    int row = 0;
    int rows = 1;
    int planes = 1; ///< of how many planes of a cube it is one
    std::vector<std::string> warnings; ///< English notices: what was assumed or repaired
};

using SpectrumPtr = std::shared_ptr<const Spectrum>;

[[nodiscard]] std::string toString(Medium medium); ///< "air", "vacuum", "unknown"
[[nodiscard]] std::string toString(Frame frame); ///< "rest", "barycentric", …, "unknown"

} // namespace maury::spectrum
