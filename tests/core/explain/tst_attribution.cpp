#include "core/explain/attribution.h"

#include "core/base/random.h"
#include "core/nn/network.h"
#include "core/train/backend.h"
#include "tests/support/test_data.h"
#include "tests/support/tiny_samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace maury;
using namespace maury::explain;
using classify::Head;
using classify::NetworkInput;

namespace {

std::vector<double> only(int outputs, int index)
{
    std::vector<double> shares(static_cast<std::size_t>(outputs), 0.0);
    shares[static_cast<std::size_t>(index)] = 1.0;
    return shares;
}

NetworkInput inputOf(
    const nn::NetworkSpec& spec, std::span<const nn::Parameters> members, std::uint64_t seed)
{
    base::RandomStream stream(seed);
    NetworkInput input;
    input.spec = &spec;
    input.members = members;
    for (int pixel = 0; pixel < spec.inputs; ++pixel) {
        input.values.push_back(static_cast<float>(1.0 - 0.4 * stream.uniform()));
        input.blank.push_back(1.0F);
        input.wavelengthAngstrom.push_back(3800.0 + 0.5 * pixel);
    }
    return input;
}

/// P of each output of a head: the mean over all networks.
std::vector<double> meanProbabilities(std::span<const NetworkInput> networks, Head head)
{
    std::vector<double> mean;
    for (const NetworkInput& network : networks)
        for (const nn::Parameters& member : network.members) {
            const nn::Matrix<float> row = Eigen::Map<const nn::RowVector<float>>(
                network.values.data(), network.spec->inputs);
            const auto state = nn::forward(*network.spec, nn::castParameters<double>(member),
                nn::Matrix<double>(row.cast<double>()));
            const nn::Matrix<double> p
                = nn::softmax(head == Head::Spectral ? state.scLogits : state.lcLogits);
            mean.resize(static_cast<std::size_t>(p.cols()), 0.0);
            for (Eigen::Index i = 0; i < p.cols(); ++i)
                mean[static_cast<std::size_t>(i)]
                    += network.weights.of(head) / static_cast<double>(network.members.size())
                    * p(0, i);
        }
    return mean;
}

} // namespace

class TestAttribution : public QObject {
    Q_OBJECT
private slots:
    // Always-on units make a linear network: each pixel gives exactly weight · (x − blank).
    void linearByHand()
    {
        const nn::NetworkSpec spec { 3, { 1 }, nn::Activation::Relu, 2, 2 };
        std::vector<nn::Parameters> members { nn::zeroParameters<float>(spec) };
        members[0].hidden[0].weights << 2.0F, -1.0F, 0.5F;
        members[0].hidden[0].biases << 10.0F;
        members[0].sc.weights << 1.0F, -1.0F; // the logits differ by twice the unit
        NetworkInput input;
        input.spec = &spec;
        input.members = members;
        input.values = { 0.5F, 1.5F, 1.0F };
        input.blank = { 1.0F, 1.0F, 1.0F };
        input.wavelengthAngstrom = { 4000.0, 4001.0, 4002.0 };
        const auto attribution
            = attribute({ &input, 1 }, { Head::Spectral, only(2, 0), only(2, 1) });
        QCOMPARE(attribution.contribution.size(), std::size_t { 3 });
        QVERIFY(std::abs(attribution.contribution[0] - 2.0 * 2.0 * -0.5) < 1e-9);
        QVERIFY(std::abs(attribution.contribution[1] - 2.0 * -1.0 * 0.5) < 1e-9);
        QVERIFY(std::abs(attribution.contribution[2]) < 1e-9);
        QVERIFY(std::abs(attribution.blankLogOdds - 2.0 * 11.5) < 1e-9);
        QVERIFY(std::abs(attribution.logOdds - 2.0 * 10.0) < 1e-9);
        QVERIFY(attribution.completenessError() < 1e-9);
    }

    void completeForUntrainedNetworks_data()
    {
        QTest::addColumn<int>("activation");
        QTest::addColumn<int>("initialisation");
        QTest::addColumn<int>("members");
        QTest::newRow("the paper's")
            << int(nn::Activation::GeluTanh) << int(nn::Initialisation::Paper) << 1;
        QTest::newRow("relu") << int(nn::Activation::Relu) << int(nn::Initialisation::Paper) << 1;
        QTest::newRow("five members")
            << int(nn::Activation::GeluTanh) << int(nn::Initialisation::He) << 5;
    }
    // The sum over pixels is the difference of the decision, whatever the network; for one network
    // that of two logits, for several that of the mean probabilities.
    void completeForUntrainedNetworks()
    {
        QFETCH(int, activation);
        QFETCH(int, initialisation);
        QFETCH(int, members);
        const nn::NetworkSpec spec { 400, { 96, 48, 24 }, static_cast<nn::Activation>(activation),
            7, 3 };
        std::vector<nn::Parameters> all;
        for (int i = 0; i < members; ++i)
            all.push_back(
                nn::initialParameters(spec, static_cast<nn::Initialisation>(initialisation),
                    static_cast<std::uint64_t>(i + 1)));
        for (std::uint64_t star = 1; star <= 4; ++star) {
            const NetworkInput input = inputOf(spec, all, star);
            const auto p = meanProbabilities({ &input, 1 }, Head::Spectral);
            const auto attribution = attribute(
                { &input, 1 }, { Head::Spectral, only(7, 2), only(7, static_cast<int>(star) % 2) });
            const double expected = std::log(p[2] / p[star % 2]);
            QVERIFY2(std::abs(attribution.logOdds - expected) < 1e-6 * std::max(1.0, expected),
                qPrintable(QString("%1, not %2").arg(attribution.logOdds).arg(expected)));
            QVERIFY2(attribution.completenessError() < 0.01,
                qPrintable(QString::number(attribution.completenessError())));
            const auto luminosity
                = attribute({ &input, 1 }, { Head::Luminosity, only(3, 2), only(3, 0) });
            QVERIFY(luminosity.completenessError() < 0.01);
        }
    }

    // Groups of outputs, half shares, and two networks on different pixels: as the bins of the
    // robust protocol's parts.
    void groupsOfOutputsAndSeveralNetworks()
    {
        const nn::NetworkSpec first { 120, { 40, 20 }, nn::Activation::GeluTanh, 9, 5 };
        const nn::NetworkSpec second { 80, { 30 }, nn::Activation::GeluTanh, 9, 5 };
        const std::vector<nn::Parameters> firstMembers { nn::initialParameters(
                                                             first, nn::Initialisation::He, 1),
            nn::initialParameters(first, nn::Initialisation::He, 2) };
        const std::vector<nn::Parameters> secondMembers { nn::initialParameters(
            second, nn::Initialisation::He, 3) };
        std::vector<NetworkInput> networks { inputOf(first, firstMembers, 8),
            inputOf(second, secondMembers, 9) };
        networks[0].weights = { 0.5, 0.75 };
        networks[1].weights = { 0.5, 0.25 };
        const Question question { Head::Luminosity, { 1.0, 0.5, 0.0, 0.0, 0.0 },
            { 0.0, 0.5, 1.0, 0.0, 0.0 } };
        const auto p = meanProbabilities(networks, Head::Luminosity);
        const auto attribution = attribute(networks, question);
        QVERIFY(std::abs(attribution.logOdds - std::log((p[0] + 0.5 * p[1]) / (0.5 * p[1] + p[2])))
            < 1e-6);
        QVERIFY(attribution.completenessError() < 0.01);
        QCOMPARE(attribution.contribution.size(), std::size_t { 200 });
        QVERIFY(std::is_sorted(
            attribution.wavelengthAngstrom.begin(), attribution.wavelengthAngstrom.end()));
    }

    // A pixel that gives the label away in the training set is what the explanation points at,
    // however many honest lines there are.
    void aPlantedPixelIsFound()
    {
        constexpr int kPlanted = 12;
        dataset::SampleSet set = *test::tinySamples(240, 1);
        for (Eigen::Index row = 0; row < set.flux.rows(); ++row)
            set.flux(row, kPlanted)
                = 1.0F + (set.sc[static_cast<std::size_t>(row)] == 2 ? 1.5F : 0.0F);
        const nn::NetworkSpec spec { 24, { 16 }, nn::Activation::GeluTanh, 4, 3 };
        const auto backend = train::createBackend("reference", 1);
        QVERIFY_RESULT(backend);
        QVERIFY_RESULT(
            (*backend)->load(spec, nn::initialParameters(spec, nn::Initialisation::He, 1), {}));
        std::vector<std::uint32_t> rows(set.size());
        std::iota(rows.begin(), rows.end(), 0U);
        train::Batch batch;
        batch.samples = set.flux.data();
        batch.rows = rows;
        batch.sc = set.sc;
        batch.lc = set.lc;
        train::StepSettings settings;
        settings.learningRate = 0.3;
        for (int step = 0; step < 400; ++step)
            QVERIFY_RESULT((*backend)->trainStep(batch, settings));
        const auto trained = (*backend)->parameters();
        QVERIFY_RESULT(trained);

        NetworkInput input;
        input.spec = &spec;
        input.members = { &*trained, 1 };
        const Eigen::Index star = 2; // of class 2
        QCOMPARE(set.sc[2], std::uint16_t { 2 });
        input.values.assign(set.flux.row(star).data(), set.flux.row(star).data() + 24);
        input.blank.assign(24, 1.0F);
        input.wavelengthAngstrom = set.grid.wavelengths();
        for (const int other : { 0, 1, 3 }) {
            const auto attribution
                = attribute({ &input, 1 }, { Head::Spectral, only(4, 2), only(4, other) });
            QVERIFY(attribution.logOdds > 1.0);
            QVERIFY(attribution.completenessError() < 0.01);
            const auto top = std::max_element(
                attribution.contribution.begin(), attribution.contribution.end());
            QCOMPARE(top - attribution.contribution.begin(), std::ptrdiff_t { kPlanted });
        }
    }
};

QTEST_GUILESS_MAIN(TestAttribution)
#include "tst_attribution.moc"
