#include "core/io/fits_facts.h"

namespace maury::io {

spectrum::Medium mediumOf(const FitsFile& fits)
{
    const std::string type = fits.text("CTYPE1").value_or("");
    const std::string stated = fits.text("AIRORVAC").value_or("");
    if (type.starts_with("AWAV") || stated == "air")
        return spectrum::Medium::Air;
    if (type.starts_with("WAVE") || stated == "vac" || fits.flag("VACUUM"))
        return spectrum::Medium::Vacuum;
    return spectrum::Medium::Unknown;
}

spectrum::Frame frameOf(const FitsFile& fits)
{
    const std::string system = fits.text("SPECSYS").value_or("");
    if (system.starts_with("TOPO"))
        return spectrum::Frame::Topocentric;
    if (system.starts_with("BARY"))
        return spectrum::Frame::Barycentric;
    // SDSS and LAMOST: HELIO = T, or the correction that was applied.
    const bool corrected = fits.flag("HELIO") || (system.empty() && fits.number("HELIO_RV"));
    if (system.starts_with("HELIO") || (corrected && fits.text("HELIO") != "F"))
        return spectrum::Frame::Heliocentric;
    if (system.starts_with("SOURCE"))
        return spectrum::Frame::Rest;
    return spectrum::Frame::Unknown;
}

std::string firstText(const FitsFile& fits, const std::vector<const char*>& keywords)
{
    for (const char* keyword : keywords)
        if (auto value = fits.text(keyword))
            return *value;
    return {};
}

std::optional<double> firstNumber(const FitsFile& fits, const std::vector<const char*>& keywords)
{
    for (const char* keyword : keywords)
        if (const auto value = fits.number(keyword))
            return value;
    return std::nullopt;
}

spectrum::Spectrum describeStar(const FitsFile& fits, const std::filesystem::path& file,
    const StarKeywords& keywords, AngleUnit unit)
{
    spectrum::Spectrum spectrum;
    spectrum.file = file;
    spectrum.object = firstText(fits, keywords.object);
    if (spectrum.object.empty())
        spectrum.object = file.stem().string();
    spectrum.spectralType = firstText(fits, { "SPECTYPE", "SPTYPE", "SP_TYPE", "MKTYPE", "SPT" });
    const auto position = readSkyPosition(firstText(fits, keywords.ra),
        firstText(fits, keywords.dec), firstText(fits, { "EQUINOX" }), unit);
    if (position) {
        spectrum.raDeg = position->raDeg;
        spectrum.decDeg = position->decDeg;
    }
    return spectrum;
}

} // namespace maury::io
