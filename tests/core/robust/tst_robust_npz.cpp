#include "core/robust/robust_npz.h"

#include "core/io/file_bytes.h"
#include "core/io/npz_file.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using namespace maury::robust;
using base::ErrorCode;
using test::TemporaryFolder;

namespace {

bool same(const nn::Parameters& a, const nn::Parameters& b)
{
    return std::equal(a.hidden.begin(), a.hidden.end(), b.hidden.begin(), b.hidden.end(),
               [](const auto& x, const auto& y) {
                   return x.weights == y.weights && x.biases == y.biases;
               })
        && a.sc.weights == b.sc.weights && a.lc.weights == b.lc.weights
        && a.sc.biases == b.sc.biases && a.lc.biases == b.lc.biases;
}

} // namespace

class TestRobustNpz : public QObject {
    Q_OBJECT
private slots:
    void comesBack_data()
    {
        QTest::addColumn<bool>("wide");
        QTest::newRow("blue") << false;
        QTest::newRow("blue and wide") << true;
    }
    void comesBack()
    {
        QFETCH(bool, wide);
        const TemporaryFolder folder;
        const RobustModel model = test::untrainedRobustModel(wide);
        QVERIFY_RESULT(writeRobustNpz(model, folder / "m.npz"));
        QVERIFY(isRobustNpz(folder / "m.npz"));
        const auto read = readRobustNpz(folder / "m.npz", model);
        QVERIFY_RESULT(read);
        QCOMPARE(read->blue.members.size(), std::size_t { 2 });
        for (std::size_t member = 0; member < 2; ++member)
            QVERIFY(same(read->blue.members[member], model.blue.members[member]));
        QCOMPARE(read->wide.has_value(), wide);
        if (wide)
            QVERIFY(same(read->wide->members.at(0), model.wide->members[0]));
        QVERIFY(read->calibration && read->calibration->floorCodes == 0.125);
        QCOMPARE(read->scheme.names, model.scheme.names);
    }

    // Names and shapes as PyTorch has them; what a network looks at stands beside it.
    void arrays()
    {
        const TemporaryFolder folder;
        const RobustModel model = test::untrainedRobustModel(false);
        QVERIFY_RESULT(writeRobustNpz(model, folder / "m.npz"));
        const auto arrays = io::readNpz(io::readBytes(folder / "m.npz").value(), "m.npz").value();
        const auto named = [&](const char* name) {
            const auto found = std::find_if(arrays.begin(), arrays.end(),
                [name](const io::NumpyArray& array) { return array.name == name; });
            return found == arrays.end() ? io::NumpyArray {} : *found;
        };
        const std::size_t inputs = model.blue.grid.cropPixels;
        QCOMPARE(named("blue.1.hidden.0.weight").shape, (std::vector<std::size_t> { 9, inputs }));
        QCOMPARE(named("blue.0.sc.bias").shape,
            (std::vector<std::size_t> { temperatureBins().count }));
        QCOMPARE(named("blue.wavelength").values.size(), inputs);
        QVERIFY(std::abs(named("blue.wavelength").values[0]
                    - model.blue.grid.wavelength(model.blue.grid.cropBegin))
            < 1e-3);
        QCOMPARE(named("blue.deviation").values[0], static_cast<double>(0.1F));
        QVERIFY(named("metadata").text.find("maury-robust-model") != std::string::npos);
    }

    // Other networks may be wider inside, and are not calibrated.
    void otherNetworks()
    {
        const TemporaryFolder folder;
        RobustModel trained = test::untrainedRobustModel(false);
        trained.blue.spec.hidden = { 12 };
        trained.blue.members
            = { nn::initialParameters(trained.blue.spec, nn::Initialisation::He, 99) };
        QVERIFY_RESULT(writeRobustNpz(trained, folder / "m.npz"));
        const auto read = readRobustNpz(folder / "m.npz", test::untrainedRobustModel(false));
        QVERIFY_RESULT(read);
        QCOMPARE(read->blue.members.size(), std::size_t { 1 });
        QCOMPARE(read->blue.spec.hidden, std::vector<int> { 12 });
        QVERIFY(same(read->blue.members[0], trained.blue.members[0]));
        QVERIFY(!read->calibration);
    }

    void refusesWhatDoesNotFit()
    {
        const TemporaryFolder folder;
        RobustModel other = test::untrainedRobustModel(false);
        other.blue = test::untrainedPart({ 3900.0, 2e-3, 160, 5, 150 }, 1, 3);
        QVERIFY_RESULT(writeRobustNpz(other, folder / "m.npz"));
        const auto mismatch = readRobustNpz(folder / "m.npz", test::untrainedRobustModel(false));
        QVERIFY(!mismatch);
        QCOMPARE(mismatch.error().code, ErrorCode::ModelMismatch);
        const auto noWide = readRobustNpz(folder / "m.npz", [&] {
            RobustModel like = other;
            like.wide = other.blue;
            return like;
        }());
        QVERIFY(!noWide);
        QCOMPARE(noWide.error().code, ErrorCode::ValueMissing);
        QVERIFY(!isRobustNpz(folder / "nothing.npz"));
    }
};

QTEST_GUILESS_MAIN(TestRobustNpz)
#include "tst_robust_npz.moc"
