// A batch with everything that can be wrong with a file: each is named with its place, what was
// found and what was expected, and the good ones among them are read.

#include "core/io/file_bytes.h"
#include "tests/support/cli.h"
#include "tests/support/store_files.h"
#include "tests/support/survey_layouts.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

#include <sys/stat.h>
#include <unistd.h>

using namespace maury;
using namespace maury::test;

namespace {

const std::vector<std::string> kScale { "CRVAL1  = 4000.0", "CDELT1  = 0.5" };

FitsHduText image(const std::vector<std::string>& cards, std::vector<double> pixels)
{
    const std::size_t count = pixels.size();
    return { cards, { count }, std::move(pixels) };
}

/// A bad file and the parts that its message must have.
struct Bad {
    std::string name;
    QStringList parts;
};

class Batch {
public:
    void add(const std::string& name, const std::string& bytes, const QStringList& parts)
    {
        m_folder.write(name, bytes);
        m_bad.push_back({ name, parts });
    }
    void addFits(const std::string& name, const Hdus& hdus, const QStringList& parts)
    {
        add(name, fitsBytes(hdus), parts);
    }
    [[nodiscard]] const TemporaryFolder& folder() const { return m_folder; }
    [[nodiscard]] const std::vector<Bad>& bad() const { return m_bad; }
    void expect(const std::string& name, const QStringList& parts) { m_bad.push_back({ name, parts }); }

private:
    TemporaryFolder m_folder;
    std::vector<Bad> m_bad;
};

void addImages(Batch& batch)
{
    const double nan = std::nan("");
    batch.addFits("no-wcs.fits", { image({}, steps(1.0, 0.1, 40)) }, { "HDU 1", "CRVAL1" });
    batch.addFits("unit.fits",
        { image({ "CRVAL1  = 4000.0", "CDELT1  = 0.5", "CUNIT1  = 'furlong'" }, steps(1, 0.1, 40)) },
        { "HDU 1", "CUNIT1", "furlong" });
    batch.addFits("only-nan.fits", { image(kScale, std::vector<double>(40, nan)) },
        { "found", "expected flux values" });
    batch.addFits(
        "only-inf.fits", { image(kScale, std::vector<double>(40, INFINITY)) }, { "expected flux" });
    auto huge = image(kScale, steps(1.0, 0.1, 40));
    huge.axes = { std::size_t { 1 } << 40 };
    batch.addFits("huge.fits", { huge }, { "found", "expected" });
    auto rows = image(kScale, steps(1.0, 0.1, 100));
    rows.axes = { 20, 5 };
    batch.addFits("wrong-hdu.fits", { rows }, { "HDU 1", "20 × 5 pixels" });
}

void addTables(Batch& batch)
{
    auto column = sdssSpec();
    column[1].columns.erase(column[1].columns.begin()); // flux
    batch.addFits("no-flux.fits", column, { "HDU 2", "flux" });
    auto unit = esoPhase3();
    unit[1].columns[0].unit = "parsec";
    batch.addFits("eso-unit.fits", unit, { "HDU 2", "parsec" });
    auto masked = apStar(1);
    masked[3].pixels.assign(kApStarPixels, 1.0);
    batch.addFits("all-masked.fits", masked, { "expected flux values" });
    auto wavelength = sdssSpec();
    wavelength[1].columns[1].values[6] = std::nan("");
    batch.addFits("nan-wavelength.fits", wavelength, { "HDU 2", "pixel 7", "a positive number" });
    const std::string whole = fitsBytes(galahCamera(1));
    batch.add("cut.fits", whole.substr(0, 3000), { "cut.fits" });
}

void addStores(Batch& batch)
{
    const TemporaryFolder elsewhere;
    writeNativeStore(elsewhere / "s.h5", 4);
    const std::string store = io::readBytes(elsewhere / "s.h5").value();
    batch.add("cut-store.h5", store.substr(0, store.size() - 500), { "found", "expected" });
    std::string damaged = store;
    damaged[store::SealedHead::kBytes + 300] ^= 1;
    batch.add("damaged-store.h5", damaged, { "bytes ", "checksum" });
    batch.add("other.h5", std::string("\x89HDF\r\n\x1A\n", 8) + std::string(600, '\2'), { "damaged", "superblock" });
}

} // namespace

class TestDamagedFiles : public QObject {
    Q_OBJECT
private slots:
    void everyFailureIsNamedAndTheBatchGoesOn()
    {
        Batch batch;
        addImages(batch);
        addTables(batch);
        addStores(batch);
        batch.add("text.txt", "Dear reader,\nno numbers here.\n", { "text without rows" });
        batch.add("empty.txt", "", { "empty" });
        batch.add("order.txt", "5000 1\n5002 2\n5001 3\n", { "line 3", "wavelengths that increase" });
        if (::geteuid() != 0) { // the superuser may read everything
            batch.add("secret.txt", "5000 1\n5001 2\n", { "secret.txt" });
            QCOMPARE(::chmod((batch.folder() / "secret.txt").c_str(), 0), 0);
        }
        batch.folder().write("good.txt", "5000 1\n5001 2\n");
        // Without a usable error a spectrum has none; that is no failure.
        auto zero = sdssSpec();
        zero[1].columns[2].values.assign(50, 0.0);
        batch.folder().write("zero-variance.fits", fitsBytes(zero));
        writeNativeStore(batch.folder() / "good.h5", 3);

        const auto result
            = runCli({ "inspect", argument(batch.folder().path()), "--json" });
        QCOMPARE(result.status, 1);
        QHash<QString, QJsonObject> entries;
        for (const QJsonValue& value : result.jsonArray()) {
            const QJsonObject entry = value.toObject();
            entries.insert(entry["file"].toString().section('/', -1), entry);
        }
        for (const Bad& bad : batch.bad()) {
            const QString name = QString::fromStdString(bad.name);
            QVERIFY2(entries.contains(name), qPrintable(name + " is not in the answer"));
            const QString error = entries.value(name)["error"].toString();
            QVERIFY2(error.contains(name), qPrintable(name + ": " + error));
            for (const QString& part : bad.parts)
                QVERIFY2(error.contains(part), qPrintable(name + ": " + error + " lacks " + part));
        }
        for (const char* good : { "good.txt", "zero-variance.fits", "good.h5" })
            QVERIFY2(entries.contains(good) && !entries.value(good).contains("error"), good);
        QVERIFY(!entries.value("zero-variance.fits")["segments"].toArray()[0].toObject()["has_errors"]
                     .toBool());
    }

    void aFolderInPlaceOfAFileIsSaid()
    {
        const TemporaryFolder folder;
        std::filesystem::create_directories(folder / "sub.h5");
        const auto result = runCli({ "export", argument(folder / "sub.h5"), "--out",
            argument(folder / "out.csv") });
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains("sub.h5"), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestDamagedFiles)
#include "tst_damaged_files.moc"
