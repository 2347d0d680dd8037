#include "core/base/random.h"
#include "core/dataset/sample_set.h"
#include "core/io/hdf5_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

using namespace maury;
using namespace maury::dataset;

namespace {

constexpr std::size_t kPixels = 100;

// An atlas of the given cells; every spectrum is flat at a level of its own, 1 + row / 10.
mk::AtlasPtr makeAtlas(const std::string& name, const std::vector<std::pair<double, double>>& cells,
    const spectrum::WavelengthGrid& grid = { 3800.0, 0.5, kPixels })
{
    const auto count = static_cast<Eigen::Index>(cells.size());
    const auto pixels = static_cast<Eigen::Index>(grid.pixels);
    std::vector<mk::Standard> standards(cells.size());
    mk::SpectraMatrix flux(count, pixels);
    for (Eigen::Index row = 0; row < count; ++row) {
        auto& standard = standards[static_cast<std::size_t>(row)];
        const auto& [temperature, luminosity] = cells[static_cast<std::size_t>(row)];
        standard.name = "s" + std::to_string(row);
        standard.temperatureCode = temperature;
        standard.luminosityCode = luminosity;
        standard.group = mk::luminosityGroup(luminosity);
        flux.row(row).setConstant(1.0F + 0.1F * static_cast<float>(row));
    }
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> good(
        count, pixels);
    good.setOnes();
    return std::make_shared<const mk::Atlas>(
        name, "made/" + name, grid, true, std::move(standards), std::move(flux), std::move(good));
}

// Two whole classes (A0, F5) and a class that lacks its giants (G2).
mk::AtlasPtr threeClasses(const std::string& name = "small")
{
    return makeAtlas(name,
        { { 16, 0 }, { 16, 3 }, { 16, 5 }, { 26, 1 }, { 26, 2 }, { 26, 4 }, { 31, 0 }, { 31, 5 } });
}

mk::ClassScheme schemeOf(const mk::AtlasPtr& atlas)
{
    return mk::selectClasses(std::vector { atlas }).value();
}

SampleSetPtr build(const mk::AtlasPtr& atlas, const BuildOptions& options)
{
    const auto set = buildSampleSet({ atlas }, schemeOf(atlas), options);
    return set ? *set : nullptr;
}

BuildOptions options(int perSpectrum, int threads = 1)
{
    BuildOptions chosen;
    chosen.perSpectrum = perSpectrum;
    chosen.threads = threads;
    return chosen;
}

bool same(const SampleSet& a, const SampleSet& b)
{
    return a.flux == b.flux && a.sc == b.sc && a.lc == b.lc && a.standard == b.standard
        && a.standardNames == b.standardNames && a.scheme == b.scheme && a.grid == b.grid
        && a.description == b.description && a.provenance == b.provenance;
}

std::string readBytes(const std::filesystem::path& file)
{
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

} // namespace

class TestSampleSet : public QObject {
    Q_OBJECT
private slots:
    // 6 of 8 standards belong to whole classes; labels and standards must agree with the level of
    // the flux.
    void everyStandardHasItsShare()
    {
        const auto set = build(threeClasses(), options(40));
        QVERIFY(set);
        QCOMPARE(set->size(), std::size_t { 240 });
        QCOMPARE(set->flux.rows(), Eigen::Index { 240 });
        QCOMPARE(set->scheme.names, (std::vector<std::string> { "A0", "F5" }));
        QCOMPARE(set->standardNames.size(), std::size_t { 6 });
        QCOMPARE(set->standardNames[4], std::string("small/s4"));
        const std::uint16_t groups[] = { 0, 1, 2, 0, 1, 2 };
        std::map<std::uint32_t, int> counts;
        for (std::size_t i = 0; i < set->size(); ++i) {
            const std::uint32_t standard = set->standard[i];
            ++counts[standard];
            QCOMPARE(set->sc[i], standard < 3 ? 0 : 1);
            QCOMPARE(set->lc[i], groups[standard]);
            const float level = set->flux.row(static_cast<Eigen::Index>(i)).mean();
            QVERIFY(std::abs(level - (1.0F + 0.1F * static_cast<float>(standard))) < 0.03F);
        }
        for (const auto& [standard, count] : counts)
            QCOMPARE(count, 40);
        QVERIFY(QString::fromStdString(set->description).contains("small: 6 standards"));
    }

    // Shuffled: the standards in the first tenth of the rows are not those of the first in order.
    // All classes appear there (the chance that one of two is missing among 24 of 240 rows is below
    // 1e-7).
    void rowsAreShuffled()
    {
        const auto shuffled = build(threeClasses(), options(40));
        std::map<std::uint16_t, int> classes;
        for (std::size_t i = 0; i < 24; ++i)
            ++classes[shuffled->sc[i]];
        QCOMPARE(classes.size(), std::size_t { 2 });
        auto inOrder = options(40);
        inOrder.shuffle = false;
        const auto ordered = build(threeClasses(), inOrder);
        QVERIFY(std::is_sorted(ordered->standard.begin(), ordered->standard.end()));
        QVERIFY(!std::is_sorted(shuffled->standard.begin(), shuffled->standard.end()));
    }

    void threadsDoNotMatter()
    {
        const auto one = build(threeClasses(), options(100, 1));
        const auto four = build(threeClasses(), options(100, 4));
        QVERIFY(same(*one, *four));
        auto other = options(100, 1);
        other.seed = 2;
        QVERIFY(build(threeClasses(), other)->flux != one->flux);
    }

    void noVariationsMeansTheStandardsThemselves()
    {
        auto chosen = options(0);
        chosen.shuffle = false;
        const auto atlas = threeClasses();
        const auto set = build(atlas, chosen);
        QCOMPARE(set->size(), std::size_t { 6 });
        for (Eigen::Index i = 0; i < 6; ++i)
            QVERIFY(set->flux.row(i) == atlas->flux().row(i));
    }

    void severalAtlasesAreMixed()
    {
        const auto a = threeClasses("a");
        const auto b = threeClasses("b");
        const auto set = buildSampleSet({ a, b }, schemeOf(a), options(3));
        QVERIFY_RESULT(set);
        QCOMPARE((*set)->size(), std::size_t { 36 });
        QCOMPARE((*set)->standardNames.front(), std::string("a/s0"));
        QCOMPARE((*set)->standardNames.back(), std::string("b/s5"));
    }

    void refreshRemakesEveryRow()
    {
        const auto atlas = threeClasses();
        const auto built = build(atlas, options(10, 2));
        SampleSet set = *built;
        set.sha256 = "old";
        QVERIFY_RESULT(refreshSampleSet(set, { atlas }, options(10, 2), 1));
        QVERIFY(set.sha256.empty());
        QVERIFY(set.standard == built->standard);
        for (Eigen::Index i = 0; i < set.flux.rows(); ++i) {
            QVERIFY(set.flux.row(i) != built->flux.row(i));
            QVERIFY(std::abs(set.flux.row(i).mean() - built->flux.row(i).mean()) < 0.05F);
        }
        const auto first = set.flux;
        QVERIFY_RESULT(refreshSampleSet(set, { atlas }, options(10, 1), 1));
        QVERIFY(set.flux == first);
        QVERIFY_RESULT(refreshSampleSet(set, { atlas }, options(10), 0));
        QVERIFY(set.flux == built->flux);
    }

    void refreshFromOtherStandardsIsRefused()
    {
        SampleSet set = *build(threeClasses(), options(2));
        const auto result = refreshSampleSet(set, { threeClasses("other") }, options(2), 1);
        QVERIFY(!result);
        QCOMPARE(result.error().code, base::ErrorCode::ModelMismatch);
    }

    void optionsOutOfRangeAreNamed()
    {
        const auto atlas = threeClasses();
        for (const int perSpectrum : { -1, 1'000'000 }) {
            const auto result = buildSampleSet({ atlas }, schemeOf(atlas), options(perSpectrum));
            QVERIFY(!result);
            QCOMPARE(result.error().code, base::ErrorCode::OptionInvalid);
            QCOMPARE(result.error().place, std::string("per-spectrum"));
        }
        QVERIFY(!buildSampleSet({ atlas }, schemeOf(atlas), options(1, 0)));
        auto settings = options(1);
        settings.augmentation.gain = -1.0;
        const auto result = buildSampleSet({ atlas }, schemeOf(atlas), settings);
        QVERIFY(!result);
        QCOMPARE(result.error().place, std::string("gain"));
    }

    void atlasesThatDoNotFitAreRefused()
    {
        const auto atlas = threeClasses();
        mk::ClassScheme other;
        other.names = { "K0", "K5" };
        other.temperatureCodes = { 34, 39 };
        const auto none = buildSampleSet({ atlas }, other, options(1));
        QVERIFY(!none);
        QCOMPARE(none.error().code, base::ErrorCode::ClassesInsufficient);
        const auto shifted = makeAtlas("shifted", { { 16, 0 } }, { 3900.0, 0.5, kPixels });
        const auto grids = buildSampleSet({ atlas, shifted }, schemeOf(atlas), options(1));
        QVERIFY(!grids);
        QCOMPARE(grids.error().code, base::ErrorCode::WavelengthsInvalid);
    }

    void stopAndProgress()
    {
        const auto atlas = threeClasses();
        std::vector<double> seen;
        const auto set = buildSampleSet({ atlas }, schemeOf(atlas), options(300, 2), {},
            [&](double fraction) { seen.push_back(fraction); });
        QVERIFY_RESULT(set);
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QCOMPARE(seen.back(), 1.0);
        std::stop_source source;
        source.request_stop();
        const auto stopped
            = buildSampleSet({ atlas }, schemeOf(atlas), options(300), source.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
    }

    void storeKeepsEverything()
    {
        const test::TemporaryFolder folder;
        const auto set = build(threeClasses(), options(7));
        QVERIFY_RESULT(writeSampleSet(*set, folder / "set.h5"));
        const auto read = readSampleSet(folder / "set.h5");
        QVERIFY_RESULT(read);
        QVERIFY(same(**read, *set));
        QCOMPARE((*read)->sha256, contentsSha256(*set));
        QVERIFY(QString::fromStdString((*read)->provenance).contains("made/small"));
    }

    void filesThatCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& bytes, base::ErrorCode code) {
            QTest::newRow(name) << bytes << static_cast<int>(code);
        };
        row("empty", {}, base::ErrorCode::FileEmpty);
        row("text", "3800.0 1.0\n3800.5 0.9\n", base::ErrorCode::FormatUnknown);
        row("junk", QByteArray(5000, '\x8f'), base::ErrorCode::FormatUnknown);
    }
    void filesThatCannotBeUsed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const test::TemporaryFolder folder;
        const auto file = folder.write("set.h5", bytes.toStdString());
        const auto read = readSampleSet(file);
        QVERIFY(!read);
        QCOMPARE(static_cast<int>(read.error().code), code);
        QVERIFY(base::describe(read.error()).find("set.h5") != std::string::npos);
    }

    void missingFile()
    {
        const auto read = readSampleSet("/nonexistent/set.h5");
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::ErrorCode::FileMissing);
    }

    // Cut anywhere, or with any byte of the numbers changed, the file is refused with its name,
    // never believed.
    void cutAndDamagedFilesAreRefused()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(writeSampleSet(*build(threeClasses(), options(7)), folder / "good.h5"));
        const std::string good = readBytes(folder / "good.h5");
        for (const double part : { 0.02, 0.3, 0.7, 0.999 }) {
            const auto cut = folder.write("cut.h5",
                good.substr(0, static_cast<std::size_t>(part * static_cast<double>(good.size()))));
            const auto read = readSampleSet(cut);
            QVERIFY(!read);
            QVERIFY(base::describe(read.error()).find("cut.h5") != std::string::npos);
        }
        base::RandomStream stream(12);
        int refused = 0;
        constexpr int kTrials = 60;
        for (int trial = 0; trial < kTrials; ++trial) {
            std::string damaged = good;
            const auto where = stream.below(static_cast<std::uint32_t>(good.size()));
            damaged[where] = static_cast<char>(damaged[where] ^ 0x40);
            const auto read = readSampleSet(folder.write("bad.h5", damaged));
            refused += read ? 0 : 1;
            // A flip that was let through hit nothing that counts: unused space or a text.
            if (read)
                QCOMPARE(contentsSha256(**read), (*read)->sha256);
        }
        QVERIFY2(refused > kTrials / 2, "most of the file is numbers");
    }

    void otherFormatsAreNotTakenForSets()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "model.h5", { "maury-other", 1 },
            [](io::Hdf5Group&) { return base::Result<void>(); }));
        const auto other = readSampleSet(folder / "model.h5");
        QVERIFY(!other);
        QCOMPARE(other.error().code, base::ErrorCode::FormatUnknown);
        QVERIFY_RESULT(io::writeHdf5(folder / "newer.h5", { "maury-sample-set", 99 },
            [](io::Hdf5Group&) { return base::Result<void>(); }));
        const auto newer = readSampleSet(folder / "newer.h5");
        QVERIFY(!newer);
        QCOMPARE(newer.error().code, base::ErrorCode::FormatVersion);
        QVERIFY_RESULT(io::writeHdf5(folder / "hollow.h5", { "maury-sample-set", 1 },
            [](io::Hdf5Group&) { return base::Result<void>(); }));
        const auto hollow = readSampleSet(folder / "hollow.h5");
        QVERIFY(!hollow);
        QCOMPARE(hollow.error().code, base::ErrorCode::ValueMissing);
    }

    // Contents that were wrong when they were written: the checksums agree, the values cannot be
    // used.
    void impossibleValuesAreNamed()
    {
        const test::TemporaryFolder folder;
        const auto set = build(threeClasses(), options(2));
        const auto refuse = [&](const SampleSet& wrong, const char* name) {
            QVERIFY_RESULT(writeSampleSet(wrong, folder / "wrong.h5"));
            const auto read = readSampleSet(folder / "wrong.h5");
            QVERIFY(!read);
            QCOMPARE(read.error().code, base::ErrorCode::ValueInvalid);
            QVERIFY(read.error().place.find(name) != std::string::npos);
        };
        SampleSet label = *set;
        label.sc[5] = 2;
        refuse(label, "sc, sample 5");
        SampleSet group = *set;
        group.lc[3] = 3;
        refuse(group, "lc, sample 3");
        SampleSet standard = *set;
        standard.standard[0] = 6;
        refuse(standard, "standard, sample 0");
        SampleSet flux = *set;
        flux.flux(4, 7) = std::numeric_limits<float>::quiet_NaN();
        refuse(flux, "flux, sample 4");
        SampleSet grid = *set;
        grid.grid.stepAngstrom = 0.0;
        refuse(grid, "grid");
        SampleSet hash = *set;
        hash.sha256 = std::string(64, '0');
        QVERIFY_RESULT(writeSampleSet(hash, folder / "hash.h5"));
        const auto read = readSampleSet(folder / "hash.h5");
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::ErrorCode::FileDamaged);
    }

    // A full disk leaves the older file as it was.
    void fullDiskKeepsTheOlderFile()
    {
        const test::TemporaryFolder folder;
        const auto set = build(threeClasses(), options(50));
        folder.write("set.h5", "older");
        {
            const test::FileSizeLimit full(40'000);
            const auto written = writeSampleSet(*set, folder / "set.h5");
            QVERIFY(!written);
            QCOMPARE(written.error().code, base::ErrorCode::WriteFailed);
        }
        QCOMPARE(readBytes(folder / "set.h5"), std::string("older"));
    }

    void unwritablePlaceIsNamed()
    {
        const auto written
            = writeSampleSet(*build(threeClasses(), options(2)), "/nonexistent/folder/set.h5");
        QVERIFY(!written);
        QCOMPARE(written.error().code, base::ErrorCode::WriteFailed);
    }
};

QTEST_GUILESS_MAIN(TestSampleSet)
#include "tst_sample_set.moc"
