#include "core/mk/line_list.h"

#include "core/io/csv_table.h"
#include "core/mk/spectral_type.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using base::ErrorCode;

namespace {

const mk::SpectralLine* nearest(const mk::LineList& list, double wavelength, const char* species)
{
    const mk::SpectralLine* best = nullptr;
    for (const auto& line : list.lines) {
        const double distance = std::abs(line.wavelengthAngstrom - wavelength);
        if (line.species == species && distance < 1.0)
            best = best == nullptr || distance < std::abs(best->wavelengthAngstrom - wavelength)
                ? &line
                : best;
    }
    return best;
}

} // namespace

class TestLineList : public QObject {
    Q_OBJECT
private slots:
    void theInstalledList()
    {
        const auto list = mk::defaultLineList();
        QVERIFY_RESULT(list);
        QVERIFY(list->lines.size() > 300);
        QVERIFY(std::is_sorted(list->lines.begin(), list->lines.end(), [](auto& left, auto& right) {
            return left.wavelengthAngstrom < right.wavelengthAngstrom;
        }));
        const auto* heII = nearest(*list, 4541.6, "He II");
        QVERIFY(heII != nullptr);
        QVERIFY(heII->temperature);
        QVERIFY(mk::isUsedAt(*heII, 7.0)); // O7
        QVERIFY(!mk::isUsedAt(*heII, 42.0)); // G2
        const auto* srII = nearest(*list, 4077.7, "Sr II");
        QVERIFY(srII != nullptr && srII->luminosity && mk::isUsedAt(*srII, 42.0));
        const auto* tiO = nearest(*list, 4954.6, "TiO");
        QVERIFY(tiO != nullptr && tiO->kind == mk::LineKind::Band);
        QVERIFY(!mk::isUsedAt(*tiO, 42.0));
    }

    // Every criterion of mk.md's table is there.
    void criteria_data()
    {
        QTest::addColumn<double>("wavelength");
        QTest::addColumn<QString>("species");
        const auto row = [](double wavelength, const char* species) {
            QTest::addRow("%s %.0f", species, wavelength) << wavelength << species;
        };
        for (const double wavelength : { 4009.3, 4026.2, 4120.8, 4143.8, 4387.9, 4471.5 })
            row(wavelength, "He I");
        for (const double wavelength : { 4199.8, 4541.6, 4685.7 })
            row(wavelength, "He II");
        for (const double wavelength : { 4045.8, 4063.6, 4143.9, 4250.1, 4271.8, 4325.8, 4383.5 })
            row(wavelength, "Fe I");
        for (const double wavelength : { 4173.5, 4178.9, 4233.2, 4351.8, 4385.4, 4416.8, 4549.5 })
            row(wavelength, "Fe II");
        row(4088.9, "Si IV");
        row(4116.1, "Si IV");
        row(4552.6, "Si III");
        row(4128.1, "Si II");
        row(4130.9, "Si II");
        row(4267.2, "C II");
        row(4349.4, "O II");
        row(4414.9, "O II");
        row(3995.0, "N II");
        row(4634.1, "N III");
        row(4640.6, "N III");
        row(4481.1, "Mg II");
        row(3933.7, "Ca II");
        row(4030.8, "Mn I");
        row(4226.7, "Ca I");
        row(4395.0, "Ti II");
        row(4399.8, "Ti II");
        row(4443.8, "Ti II");
        row(4077.7, "Sr II");
        row(4215.5, "Sr II");
        row(4254.3, "Cr I");
        row(4274.8, "Cr I");
        row(4374.9, "Y II");
        row(4205.0, "Eu II");
        row(4554.0, "Ba II");
        row(4780.0, "MgH");
        row(4584.0, "TiO");
        row(4761.3, "TiO");
        row(4737.1, "C2");
    }
    void criteria()
    {
        QFETCH(double, wavelength);
        QFETCH(QString, species);
        const auto list = mk::defaultLineList();
        QVERIFY_RESULT(list);
        QVERIFY(nearest(*list, wavelength, species.toUtf8().constData()) != nullptr);
    }

    void wavelengthsAgreeWithTheReferenceTable()
    {
        REQUIRE_TEST_DATA();
        const auto reference = io::CsvTable::read(test::dataFolder() / "lines" / "mk_lines.csv");
        const auto list = mk::defaultLineList();
        QVERIFY_RESULT(reference);
        QVERIFY_RESULT(list);
        std::size_t agreeing = 0;
        for (const auto& line : list->lines)
            for (std::size_t row = 0; row < reference->rows(); ++row)
                if (reference->cell(row, 1) == line.species
                    && std::abs(*reference->number(row, 0) - line.wavelengthAngstrom) < 0.05) {
                    ++agreeing;
                    break;
                }
        QCOMPARE(agreeing, list->lines.size());
    }

    void aListOfOnesOwn()
    {
        const test::TemporaryFolder folder;
        const auto list = mk::readLineList(folder.write("my.csv",
            "# mine\nspecies,wavelength_air_angstrom,use,from,to\nHe I,5015.68,TL,B0,B2\n"
            "Hbeta,4861.33,,,\n"));
        QVERIFY_RESULT(list);
        QCOMPARE(list->lines.size(), std::size_t { 2 });
        QCOMPARE(list->lines[0].species, std::string("Hbeta"));
        const auto& helium = list->lines[1];
        QVERIFY(helium.temperature && helium.luminosity && !helium.peculiarity);
        QVERIFY(mk::isUsedAt(helium, 10.0));
        QVERIFY(mk::isUsedAt(helium, 12.9));
        QVERIFY(!mk::isUsedAt(helium, 13.0));
        QVERIFY(!mk::isUsedAt(list->lines[0], 20.0));
    }

    // Hβ is 4862.69 Å in vacuum (NIST: 4861.33 in air, both rounded).
    void vacuumListsAreConverted()
    {
        const test::TemporaryFolder folder;
        const auto list = mk::readLineList(
            folder.write("vacuum.csv", "wavelength_vacuum_angstrom,species\n4862.69,H I\n"));
        QVERIFY_RESULT(list);
        QVERIFY(std::abs(list->lines[0].wavelengthAngstrom - 4861.33) < 0.01);
    }

    void badLists_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const QByteArray header = "wavelength_air_angstrom,species,kind,use,from,to\n";
        QTest::newRow("no wavelength")
            << QByteArray("species\nH I\n") << int(ErrorCode::ValueMissing) << "species";
        QTest::newRow("no lines") << header << int(ErrorCode::ValueMissing) << "without rows";
        QTest::newRow("word") << header + "abc,H I,,,,\n"
                              << int(ErrorCode::ValueInvalid) << "line 2";
        QTest::newRow("negative") << header + "-5,H I,,,,\n"
                                  << int(ErrorCode::ValueInvalid) << "line 2";
        QTest::newRow("no species") << header + "4000,,,,,\n"
                                    << int(ErrorCode::ValueInvalid) << "species";
        QTest::newRow("kind") << header + "4000,H I,blob,,,\n"
                              << int(ErrorCode::ValueInvalid) << "blob";
        QTest::newRow("use") << header + "4000,H I,,TX,,\n" << int(ErrorCode::ValueInvalid) << "TX";
        QTest::newRow("class") << header + "4000,H I,,,Q1,\n"
                               << int(ErrorCode::ValueInvalid) << "Q1";
    }
    void badLists()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const test::TemporaryFolder folder;
        const auto list = mk::readLineList(folder.write("my.csv", text.toStdString()));
        QVERIFY(!list.has_value());
        QTEST(int(list.error().code), "code");
        const std::string message = base::describe(list.error());
        QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
        QVERIFY(message.find("my.csv") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestLineList)
#include "tst_line_list.moc"
