#include "core/mk/atlas_file.h"

#include "core/io/hdf5_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"

#include <fstream>
#include <iterator>

using namespace maury;
using base::ErrorCode;

namespace {

/// A0 III and A0 V on five pixels; the second is interpolated.
mk::AtlasPtr smallAtlas()
{
    std::vector<mk::Standard> standards(2);
    for (std::size_t i = 0; i < 2; ++i) {
        standards[i].temperatureCode = 16.0;
        standards[i].luminosityCode = i == 0 ? 3.0 : 5.0;
        standards[i].type = mk::typeFromDecimal(20.0, standards[i].luminosityCode);
        standards[i].group = mk::luminosityGroup(standards[i].luminosityCode);
    }
    standards[0].name = "t160l30p00";
    standards[0].illustrative = true;
    standards[1].name = "t160l50p00";
    standards[1].interpolated = true;
    standards[1].parents = { "t150l50p00", "t170l50p00" };
    standards[1].missingPixels = 1;
    mk::SpectraMatrix flux(2, 5);
    flux << 1.0F, 0.9F, 0.5F, 0.9F, 1.0F, 1.0F, 0.8F, 0.3F, 0.8F, 0.8F;
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> good(2, 5);
    good << 1, 1, 1, 1, 1, 1, 1, 1, 1, 0;
    return std::make_shared<const mk::Atlas>("small", "",
        spectrum::WavelengthGrid { 4000.0, 0.5, 5 }, true, standards, flux, good,
        std::vector<std::string> { "a warning" });
}

} // namespace

class TestAtlasFile : public QObject {
    Q_OBJECT
private slots:
    void roundTrip()
    {
        const test::TemporaryFolder folder;
        const auto atlas = smallAtlas();
        QVERIFY_RESULT(mk::writeAtlas(*atlas, "made by a test", "", folder / "a.h5"));
        const auto read = mk::readAtlas(folder / "a.h5");
        QVERIFY_RESULT(read);
        const mk::Atlas& copy = **read;
        QCOMPARE(copy.name(), atlas->name());
        QCOMPARE(copy.source(), folder / "a.h5");
        QVERIFY(copy.grid() == atlas->grid() && copy.rectified());
        QVERIFY(copy.flux() == atlas->flux() && copy.good() == atlas->good());
        QVERIFY(copy.warnings() == atlas->warnings());
        for (std::size_t i = 0; i < 2; ++i) {
            const mk::Standard& expected = atlas->standards()[i];
            const mk::Standard& found = copy.standards()[i];
            QCOMPARE(found.name, expected.name);
            QVERIFY(found.type == expected.type && found.group == expected.group);
            QVERIFY(found.interpolated == expected.interpolated);
            QVERIFY(found.illustrative == expected.illustrative);
            QVERIFY(found.parents == expected.parents);
            QCOMPARE(found.missingPixels, expected.missingPixels);
        }
    }

    void damagedFilesAreErrors()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(mk::writeAtlas(*smallAtlas(), "", "", folder / "a.h5"));
        std::ifstream stream(folder / "a.h5", std::ios::binary);
        const std::string whole(std::istreambuf_iterator<char>(stream), {});
        const auto cut = folder.write("cut.h5", whole.substr(0, whole.size() / 2));
        QVERIFY(mk::readAtlas(cut).error().code == ErrorCode::FileTruncated);
        QVERIFY(mk::readAtlas(folder / "none.h5").error().code == ErrorCode::FileMissing);
        QVERIFY(mk::readAtlas(folder.write("empty.h5", "")).error().code == ErrorCode::FileEmpty);
    }

    // A file of the right format whose parts do not fit together.
    void inconsistentPartsAreErrors()
    {
        const test::TemporaryFolder folder;
        const auto file = folder / "a.h5";
        const std::vector<float> flux(6, 1.0F);
        const auto written = io::writeHdf5(
            file, { "maury-atlas", 1 }, [&](io::Hdf5Group& root) -> base::Result<void> {
                if (auto set = root.setAttribute("first_angstrom", 4000.0); !set)
                    return set;
                if (auto set = root.setAttribute("step_angstrom", 0.5); !set)
                    return set;
                if (auto set = root.writeTexts("names", { "only one" }); !set)
                    return set;
                return root.writeArray<float>("flux", flux, { 2, 3 });
            });
        QVERIFY_RESULT(written);
        const auto read = mk::readAtlas(file);
        QVERIFY(!read && read.error().code == ErrorCode::ValueInvalid);
        QVERIFY(read.error().place.find("a.h5") != std::string::npos);
    }

    void fullDiskIsAnError()
    {
        const test::TemporaryFolder folder;
        const test::FileSizeLimit limit(500);
        const auto written = mk::writeAtlas(*smallAtlas(), "", "", folder / "a.h5");
        QVERIFY(!written && written.error().code == ErrorCode::WriteFailed);
        QVERIFY(!std::filesystem::exists(folder / "a.h5"));
    }
};

QTEST_GUILESS_MAIN(TestAtlasFile)
#include "tst_atlas_file.moc"
