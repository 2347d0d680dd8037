// Walks over maps and between standards.

#include "core/gon/latent_walk.h"

#include "core/gon/latent_map.h"
#include "core/gon/principal_components.h"

#include <QTest>

#include <cmath>
#include <memory>

using namespace maury;
using namespace maury::gon;

namespace {

/// A linear decoder z → A·z on five pixels, with reference codes on a line.
GonModelPtr lineModel()
{
    auto model = std::make_shared<GonModel>();
    model->decoder.kind = DecoderKind::Linear;
    model->decoder.latent = 2;
    model->decoder.hidden.clear();
    model->decoder.skip = false;
    model->wavelengthAngstrom = { 4000.0, 4001.0, 4002.0, 4003.0, 4004.0 };
    model->windowWeight.assign(5, 1.0F);
    nn::DenseParameters<float> layer;
    layer.weights.resize(2, 5);
    layer.weights << 1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 2.0F, 0.0F, 0.0F, 0.0F;
    layer.biases = nn::RowVector<float>::Ones(5);
    model->parameters.layers = { layer };
    model->prior = { Eigen::VectorXd::Zero(2), Eigen::MatrixXd::Identity(2, 2) };
    model->reference.codes.resize(5, 2);
    for (Eigen::Index i = 0; i < 5; ++i)
        model->reference.codes.row(i) << static_cast<float>(i), 0.0F;
    model->reference.stars = { "a", "b", "c", "d", "e" };
    model->reference.types = { "A0 V", "A1 V", "A3 III", "F0 V", "A1 III" };
    model->reference.labels = { { kTemperatureLabel, { 16.0, 17.0, 19.0, 24.0, 17.0 } },
        { kLuminosityLabel, { 5.0, 5.0, 3.0, 5.0, 3.0 } } };
    return model;
}

Matrix squarePlaces()
{
    Matrix places(5, 2);
    places << 0.0F, 0.0F, 1.0F, 0.0F, 0.0F, 1.0F, 1.0F, 1.0F, 5.0F, 5.0F;
    return places;
}

} // namespace

class TestLatentWalk : public QObject {
    Q_OBJECT
private slots:
    void aStarsPlaceHasItsCode()
    {
        const LatentInference inference(lineModel(), 1);
        const LatentWalk walk(inference, inference.model().reference.codes, squarePlaces());
        QCOMPARE(walk.codeAt(1.0, 0.0)[0], 1.0F);
        QCOMPARE(walk.codeAt(5.0, 5.0)[0], 4.0F);
        // Amid the square its corners count alike, the far star by 0.5² / (2 · 4.5²) of each corner.
        const double far = 0.5 / (2.0 * 4.5 * 4.5);
        const double mean = (0.0 + 1.0 + 2.0 + 3.0 + 4.0 * far) / (4.0 + far);
        QVERIFY(std::abs(static_cast<double>(walk.codeAt(0.5, 0.5)[0]) - mean) < 1e-5);
    }

    void supportIsThatOfTheMap()
    {
        const LatentInference inference(lineModel(), 1);
        const LatentWalk walk(inference, inference.model().reference.codes, squarePlaces());
        for (const float off : { 0.0F, 0.5F, 3.0F, 10.0F }) {
            Eigen::RowVectorXf code(2);
            code << 4.0F, off;
            QVERIFY(std::abs(walk.support(code) - supportDistance(inference, code)) < 1e-6);
        }
        // One gap is 1 in the first pixel; the second dimension counts twice.
        Eigen::RowVectorXf away(2);
        away << 4.0F, 2.0F;
        QVERIFY(std::abs(walk.support(away) - 4.0) < 1e-5);
        QVERIFY(walk.support(away) > kFarthestSupported);
    }

    void morphsAlongTemperature()
    {
        const GonModelPtr model = lineModel();
        const auto nodes = morphNodes(model->reference, MorphAxis::Temperature, 5.0);
        QCOMPARE(nodes.size(), std::size_t(3)); // A0, A1, F0 V
        QCOMPARE(nodes[1].row, std::size_t(1));
        const auto middle = morphAt(model->reference, nodes, MorphAxis::Temperature, 16.5);
        QCOMPARE(middle.code[0], 0.5F);
        QCOMPARE(middle.before, std::size_t(0));
        QCOMPARE(middle.after, std::size_t(1));
        QVERIFY(middle.supported);
        const auto there = morphAt(model->reference, nodes, MorphAxis::Temperature, 17.0);
        QCOMPARE(there.before, there.after);
        QCOMPARE(there.code[0], 1.0F);
        // From A1 to F0 there is no standard to say what is between.
        const auto gap = morphAt(model->reference, nodes, MorphAxis::Temperature, 20.0);
        QVERIFY(!gap.supported);
        QVERIFY(std::abs(gap.fraction - 3.0 / 7.0) < 1e-12);
        QCOMPARE(morphAt(model->reference, nodes, MorphAxis::Temperature, 99.0).after,
            std::size_t(3));
    }

    void morphsAlongLuminosity()
    {
        const GonModelPtr model = lineModel();
        const auto nodes = morphNodes(model->reference, MorphAxis::Luminosity, 17.0);
        QCOMPARE(nodes.size(), std::size_t(2)); // A1 III, A1 V
        QCOMPARE(nodes.front().row, std::size_t(4));
        const auto between = morphAt(model->reference, nodes, MorphAxis::Luminosity, 4.0);
        QCOMPARE(between.code[0], 2.5F);
        QVERIFY(between.supported);
        QVERIFY(morphNodes(ReferenceCodes {}, MorphAxis::Luminosity, 17.0).empty());
    }

    void leadsFromStandardToStandard()
    {
        const GonModelPtr model = lineModel();
        const ReferenceCodes& reference = model->reference;
        const MorphWay classes = morphWay(reference, 3, 0); // F0 V to A0 V, backwards
        QVERIFY(classes.axis == MorphAxis::Temperature);
        QCOMPARE(classes.from, 24.0);
        QCOMPARE(classes.to, 16.0);
        QCOMPARE(classes.nodes.size(), std::size_t(3));
        QCOMPARE(classes.nodes[1].row, std::size_t(1)); // over A1 V
        QVERIFY(!classes.direct);
        QCOMPARE(morphAt(reference, classes.nodes, classes.axis, classes.from).after,
            std::size_t(3));
        const MorphWay luminosities = morphWay(reference, 1, 4); // A1 V to A1 III
        QVERIFY(luminosities.axis == MorphAxis::Luminosity);
        QCOMPARE(luminosities.nodes.front().row, std::size_t(4));
        const MorphWay across = morphWay(reference, 0, 2); // A0 V to A3 III
        QVERIFY(across.direct);
        QCOMPARE(morphAt(reference, across.nodes, across.axis, 0.5).code[0], 1.0F);
    }

    // The map is what its parts are: codes, their metric and axes, scores, and the twins of a star.
    void mapsStars()
    {
        const LatentInference inference(lineModel(), 1);
        SpectrumSet set;
        set.wavelengthAngstrom = inference.model().wavelengthAngstrom;
        set.flux = Matrix::Ones(4, 5);
        set.flux.col(0) << 1.0F, 1.3F, 1.35F, 0.2F;
        set.ivar = Matrix::Constant(4, 5, 1e4F);
        set.stars = { "a", "b", "c", "d" };
        const auto map = mapStars(inference, set);
        QVERIFY(map);
        QCOMPARE(map->plane.points.rows(), Eigen::Index(4));
        QVERIFY(map->metric.isApprox(metricCodes(inference, map->encoding.codes)));
        QCOMPARE(map->scores.size(), std::size_t(4));
        const auto nearest = twins(*map, 1, 2, set.pixels());
        QCOMPARE(nearest.size(), std::size_t(2));
        QCOMPARE(nearest.front().row, std::size_t(2));
        // One pixel of five differs by 0.05, less what the prior draws in.
        QVERIFY(std::abs(nearest.front().distance - 0.05 / std::sqrt(5.0)) < 1e-3);
        QVERIFY(!mapStars(inference, subset(set, { 0 })));
    }
};

QTEST_GUILESS_MAIN(TestLatentWalk)
#include "tst_latent_walk.moc"
