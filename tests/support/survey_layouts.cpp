#include "tests/support/survey_layouts.h"

#include "tests/support/votable_text.h"

#include <cmath>

namespace maury::test {
namespace {

using spectrum::Frame;
using spectrum::Medium;

/// FITS image with the given scale, 60 pixels.
std::string imageFile(std::vector<std::string> cards)
{
    return fitsBytes({ { std::move(cards), { 60 }, steps(1.0, 0.01, 60) } });
}

const double kApogeeFirst = std::pow(10.0, 4.179);
const double kLogFirst = std::pow(10.0, 3.6);

void addApogee(std::vector<SurveyLayout>& all)
{
    const auto add = [&all](const char* name, const Hdus& hdus, const char* format, Frame frame,
                         std::size_t segments, double first) {
        all.push_back(
            { name, fitsBytes(hdus), format, Medium::Vacuum, frame, segments, first, true });
    };
    add("apStar-single-visit", apStar(1), "apogee-star", Frame::Rest, 1, kApogeeFirst);
    add("apStar-visits", apStar(4), "apogee-star", Frame::Rest, 1, kApogeeFirst);
    auto south = apStar(1);
    south[0].cards[0] = "TELESCOP= 'lco25m'";
    add("asStar", south, "apogee-star", Frame::Rest, 1, kApogeeFirst);
    add("aspcapStar", aspcapStar(), "apogee-aspcap", Frame::Rest, 1, kApogeeFirst);
    add("apVisit-descending", apVisit(), "apogee-visit", Frame::Topocentric, 3,
        15810.0 - 0.2 * 63);
}

void addOthers(std::vector<SurveyLayout>& all)
{
    const auto add = [&all](const char* name, const Hdus& hdus, const char* format, Medium medium,
                         Frame frame, std::size_t segments, double first) {
        all.push_back({ name, fitsBytes(hdus), format, medium, frame, segments, first, true });
    };
    add("galah-dr3", galahCamera(1), "galah-dr3", Medium::Air, Frame::Barycentric, 1, 4713.5);
    add("galah-6", galahCamera6(2), "galah-6.0", Medium::Air, Frame::Barycentric, 1, 5649.0);
    add("sdss-spec", sdssSpec(), "sdss-spec", Medium::Vacuum, Frame::Heliocentric, 1, kLogFirst);
    add("sdss-spSpec", sdssSpSpec(), "sdss-spspec", Medium::Vacuum, Frame::Heliocentric, 1,
        kLogFirst);
    add("lamost-dr1", lamostImage(true), "lamost-lrs", Medium::Vacuum, Frame::Heliocentric, 1,
        kLogFirst);
    add("lamost-later", lamostImage(false), "lamost-lrs", Medium::Vacuum, Frame::Heliocentric, 1,
        kLogFirst + 1.0);
    add("lamost-dr8", lamostTable(), "lamost-lrs", Medium::Vacuum, Frame::Heliocentric, 1, 4000.0);
    add("lamost-mrs", lamostMrs(), "lamost-mrs", Medium::Vacuum, Frame::Heliocentric, 4,
        std::pow(10.0, 3.69));
    add("uves-topocentric", esoPhase3(1), "eso-phase3", Medium::Air, Frame::Topocentric, 1, 5000.0);
    add("giraffe-rows", esoPhase3(2), "eso-phase3", Medium::Air, Frame::Topocentric, 2, 4600.0);
}

void addPlain(std::vector<SurveyLayout>& all)
{
    const auto add = [&all](const char* name, std::string bytes, const char* format, Medium medium,
                         double first, bool hasErrors) {
        all.push_back(
            { name, std::move(bytes), format, medium, Frame::Unknown, 1, first, hasErrors });
    };
    add("multispec", fitsBytes(multispec({ "1 1 0 5000.0 0.5 40 0 1 2" })), "iraf-multispec",
        Medium::Unknown, 5000.0, true);
    add("image-linear", imageFile({ "CRVAL1  = 400.0", "CDELT1  = 0.05", "CUNIT1  = 'nm'",
                            "CTYPE1  = 'AWAV'" }),
        "fits-image", Medium::Air, 4000.0, false);
    add("image-log", imageFile({ "CRVAL1  = 3.6", "CD1_1   = 0.0001", "DC-FLAG = 1",
                         "CTYPE1  = 'WAVE'" }),
        "fits-image", Medium::Vacuum, kLogFirst, false);
    add("image-gzip", gzipBytes(imageFile({ "CRVAL1  = 4000.0", "CDELT1  = 0.5" })), "fits-image",
        Medium::Unknown, 4000.0, false);
    add("text", "5000 1 0.1\n5001 2 0.1\n5002 3 0.1\n", "ascii", Medium::Unknown, 5000.0, true);
    add("csv", "wave_nm,flux,ivar\n500,1,4\n501,2,4\n502,3,4\n", "ascii", Medium::Unknown, 5000.0,
        true);
    add("ecsv",
        "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: wave, unit: nm, datatype: float64}\n"
        "# - name: flux\n#   unit: Jy\nwave flux\n500 1\n501 2\n502 3\n",
        "ascii", Medium::Unknown, 5000.0, false);
}

} // namespace

std::vector<SurveyLayout> surveyLayouts()
{
    std::vector<SurveyLayout> all;
    addApogee(all);
    addOthers(all);
    addPlain(all);
    return all;
}

std::vector<std::string> galahStarWithoutCamera4()
{
    std::vector<std::string> cameras;
    for (int camera = 1; camera <= 3; ++camera)
        cameras.push_back(fitsBytes(galahCamera(camera)));
    return cameras;
}

} // namespace maury::test
