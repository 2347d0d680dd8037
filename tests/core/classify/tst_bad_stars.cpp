#include "core/base/random.h"
#include "core/classify/evaluator.h"
#include "core/classify/robust_classifier.h"
#include "core/classify/standards_evaluator.h"
#include "core/io/csv_table.h"
#include "core/io/reader_registry.h"
#include "core/preprocess/doppler.h"
#include "core/robust/robust_trainer.h"
#include "tests/support/damaged_spectra.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace maury;
using namespace maury::classify;

namespace {

constexpr int kThreads = 2;

/// A classifier whose network is hardly trained: what tells bad input is not the network.
std::unique_ptr<RobustClassifier> classifierOf(const std::string& library)
{
    const auto opened = robust::openTrainingLibrary(library).value();
    robust::RobustConfig config;
    config.steps = 100;
    config.warmUpSteps = 50;
    config.threads = kThreads;
    config.heldOut = 0;
    const auto backend = train::createBackend("cpu", config.threads).value();
    auto report
        = robust::trainRobust({ opened }, config, *backend, [](const robust::RobustStep&) {});
    if (!report)
        qFatal("%s", base::describe(report.error()).c_str());
    return RobustClassifier::create(std::move(report->model), opened.atlas, kThreads).value();
}

struct Star {
    spectrum::Spectrum spectrum;
    double temperatureCode = 0.0;
};

/// The normal stars of STELIB.
std::vector<Star> normalStars()
{
    std::vector<std::string> leftOut;
    const auto folder = test::dataFolder() / "stelib";
    const auto labels = readLabels(folder / "normal_complete.csv", folder, leftOut).value();
    std::vector<Star> stars;
    for (const LabelledFile& label : labels)
        stars.push_back({ *io::readSpectrum(label.file).value(),
            mk::temperatureCode(mk::decimalSubclass(label.type)) });
    return stars;
}

/// Brought to rest, where the standards are: STELIB's own spectra are off by −17 ± 23 km/s.
Star atRest(Star star, RobustClassifier& classifier)
{
    const auto answer = classifier.classify(star.spectrum);
    if (answer && answer->velocityKms)
        for (spectrum::Segment& segment : star.spectrum.segments)
            segment = preprocess::withoutVelocity(std::move(segment), *answer->velocityKms);
    return star;
}

/// Every third standard of an atlas, with noise, as any telescope gives it.
std::vector<Star> observedStandards(const mk::Atlas& atlas)
{
    constexpr double kSignalToNoise = 100.0;
    std::vector<Star> stars;
    for (std::size_t row = 0; row < atlas.standards().size(); row += 3) {
        Star star { spectrumOf(atlas, row), atlas.standards()[row].temperatureCode };
        base::RandomStream random(row);
        for (double& flux : star.spectrum.segments.front().flux)
            flux += random.normal() / kSignalToNoise;
        stars.push_back(std::move(star));
    }
    return stars;
}

/// What became of the spectra of one kind.
class Tally {
public:
    void add(const base::Result<Prediction>& answer, const std::vector<DoubtCode>& apt)
    {
        ++m_spectra;
        if (!answer) {
            ++m_refused;
            ++m_aptly;
            return;
        }
        const auto& doubts = answer->conformity.doubts;
        m_told += doubts.empty() ? 0 : 1;
        m_aptly += std::any_of(doubts.begin(), doubts.end(), [&apt](const Doubt& doubt) {
            return std::find(apt.begin(), apt.end(), doubt.code) != apt.end();
        });
        for (const Doubt& doubt : doubts)
            ++m_reasons[toString(doubt.code)];
    }

    /// Refused, or typed with a reason to doubt it.
    [[nodiscard]] double shareTold() const { return share(m_refused + m_told); }
    /// Refused, or with a reason that is the damage's.
    [[nodiscard]] double shareAptly() const { return share(m_aptly); }
    [[nodiscard]] QString text() const
    {
        QString text = QString("of %1 spectra %2 refused, %3 typed and told, %4 with an apt reason "
                               "or refused, %5 typed without a doubt;")
                           .arg(m_spectra)
                           .arg(m_refused)
                           .arg(m_told)
                           .arg(m_aptly)
                           .arg(m_spectra - m_refused - m_told);
        for (const auto& [reason, count] : m_reasons)
            text += QString(" %1 %2").arg(QString::fromStdString(reason)).arg(count);
        return text;
    }

private:
    [[nodiscard]] double share(int count) const
    {
        return static_cast<double>(count) / std::max(1, m_spectra);
    }

    int m_spectra = 0;
    int m_refused = 0;
    int m_told = 0;
    int m_aptly = 0;
    std::map<std::string, int> m_reasons;
};

Tally tallyOf(
    const test::Damage& damage, const std::vector<Star>& stars, RobustClassifier& classifier)
{
    Tally tally;
    for (const Star& star : stars)
        if (star.temperatureCode >= damage.hottestCode
            && star.temperatureCode <= damage.coolestCode)
            tally.add(classifier.classify(damage.make(star.spectrum)), damage.reasons);
    return tally;
}

void addDamages()
{
    QTest::addColumn<int>("index");
    const auto all = test::damages();
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        QTest::addRow("%s", all[static_cast<std::size_t>(i)].name.c_str()) << i;
}

} // namespace

/// How many spectra of which kind of bad input are told, by which reasons, and how many untouched
/// stars are suspected wrongly; run it for the table.
class TestBadStars : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        if (QByteArray(QTest::currentTestFunction()).startsWith("builtin"))
            return;
        REQUIRE_TEST_DATA();
        if (m_classifier)
            return;
        m_classifier = classifierOf((test::dataFolder() / "mkclass" / "libr18").string());
        m_stars = normalStars();
        // Every second one is enough for 30 ways to spoil it.
        for (std::size_t i = 0; i < m_stars.size(); i += 2)
            m_restStars.push_back(atRest(m_stars[i], *m_classifier));
    }

    // Standards of the atlas that the program ships, damaged in every way: runs without any data.
    void builtinStandards()
    {
        if (!mk::builtinAtlas())
            QSKIP("no built-in atlas in this build");
        const auto classifier = classifierOf("builtin");
        const auto stars = observedStandards(classifier->atlas());
        Tally untouched;
        for (const Star& star : stars)
            untouched.add(classifier->classify(star.spectrum), {});
        qInfo().noquote() << "untouched:" << untouched.text();
        QVERIFY2(untouched.shareTold() <= 0.05, qPrintable(untouched.text()));
        for (const test::Damage& damage : test::damages()) {
            const Tally tally = tallyOf(damage, stars, *classifier);
            const QString text = QString::fromStdString(damage.name) + ": " + tally.text();
            qInfo().noquote() << text;
            QVERIFY2(tally.shareAptly() >= damage.leastTold, qPrintable(text));
        }
    }

    // Measured: 12 of 107. Five are not at rest, as STELIB is taken to be, but off by 56 to 109
    // km/s, as if in vacuum. HD 122563 has a 500th of the Sun's metals, HD 139669 a spike of 100 %,
    // two are sharper than the library, three are M stars beyond its end.
    void untouchedStars()
    {
        Tally tally;
        for (const Star& star : m_stars)
            tally.add(m_classifier->classify(star.spectrum),
                { DoubtCode::PerhapsVacuum, DoubtCode::PerhapsAir });
        qInfo().noquote() << tally.text();
        QVERIFY2(tally.shareAptly() <= 0.06, qPrintable(tally.text()));
        QVERIFY2(tally.shareTold() - tally.shareAptly() <= 0.08, qPrintable(tally.text()));
    }

    void damagedStars_data() { addDamages(); }
    void damagedStars()
    {
        QFETCH(int, index);
        const test::Damage damage = test::damages()[static_cast<std::size_t>(index)];
        const Tally tally = tallyOf(damage, m_restStars, *m_classifier);
        qInfo().noquote() << tally.text();
        QVERIFY2(tally.shareAptly() >= damage.leastTold, qPrintable(tally.text()));
    }

    // As STELIB has them a sixth of its stars is too far off rest for the medium to be told.
    void wrongMediumOfMovingStars()
    {
        for (const test::Damage& damage : test::damages()) {
            if (damage.name.find("vacuum") == std::string::npos)
                continue;
            const Tally tally = tallyOf(damage, m_stars, *m_classifier);
            qInfo().noquote() << QString::fromStdString(damage.name) << tally.text();
            QVERIFY2(tally.shareAptly() >= 0.75, qPrintable(tally.text()));
        }
    }

    void galaxies()
    {
        Tally tally;
        for (std::size_t i = 0; i + 2 < m_restStars.size(); i += 6) {
            // Stars from all over the list, with one of G or K: there is none without.
            std::vector<spectrum::Spectrum> stars { m_restStars[i].spectrum,
                m_restStars[(i + 19) % m_restStars.size()].spectrum,
                m_restStars[(i + 37) % m_restStars.size()].spectrum };
            const auto galaxy = test::galaxyOf(stars, 180.0);
            for (const double redshift : { 0.003, 0.01, 0.03, 0.07, 0.15, 0.25 })
                tally.add(m_classifier->classify(test::shifted(galaxy, redshift)),
                    { DoubtCode::FarShifted, DoubtCode::RestContradicted });
        }
        qInfo().noquote() << tally.text();
        QVERIFY2(tally.shareTold() == 1.0, qPrintable(tally.text()));
        QVERIFY2(tally.shareAptly() >= 0.9, qPrintable(tally.text()));
    }

    // Of the files of surveys that reach the blue one is a normal star, well exposed and whole.
    void surveyFiles()
    {
        const std::set<std::string> normal { "spec-3586-55181-0500.fits" };
        for (const char* survey : { "sdss", "lamost" })
            for (const auto& entry :
                std::filesystem::directory_iterator(test::dataFolder() / "survey" / survey)) {
                const auto answer = m_classifier->classify(*io::readSpectrum(entry.path()).value());
                const bool confident = answer && answer->conformity.ok;
                const std::string name = entry.path().filename().string();
                QVERIFY2(confident == (normal.count(name) > 0), name.c_str());
            }
    }

    // Wolf-Rayet stars of STELIB: lines in emission by winds.
    void wolfRayetStars()
    {
        const auto folder = test::dataFolder() / "stelib";
        const auto index = io::CsvTable::read(folder / "STELIB_index.csv").value();
        Tally tally;
        for (std::size_t row = 0; row < index.rows(); ++row)
            if (index.cell(row, index.column("sptype").value()).starts_with("W"))
                tally.add(m_classifier->classify(*io::readSpectrum(
                              folder / index.cell(row, index.column("file").value()))
                                                      .value()),
                    { DoubtCode::Emission, DoubtCode::OutsideAtlas, DoubtCode::UpsideDown });
        qInfo().noquote() << tally.text();
        QVERIFY2(tally.shareAptly() == 1.0, qPrintable(tally.text()));
    }

private:
    std::unique_ptr<RobustClassifier> m_classifier; ///< of libr18
    std::vector<Star> m_stars; ///< of STELIB
    std::vector<Star> m_restStars;
};

QTEST_GUILESS_MAIN(TestBadStars)
#include "tst_bad_stars.moc"
