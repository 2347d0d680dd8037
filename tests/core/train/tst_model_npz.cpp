#include "core/train/model_npz.h"

#include "core/io/file_bytes.h"
#include "core/io/npz_file.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury;
using namespace maury::train;
using base::ErrorCode;
using maury::test::TemporaryFolder;

namespace {

Model smallModel()
{
    Model model;
    model.spec = { 20, { 7, 5 }, nn::Activation::GeluExact, 3, 3 };
    model.parameters = nn::initialParameters(model.spec, nn::Initialisation::He, 4);
    model.scheme = { { "A0", "F0", "G2" }, { 3.0, 4.0, 5.2 } };
    model.grid = { 3800.0, 0.5, 20 };
    model.atlas = "an atlas";
    model.epoch = 12;
    model.settings = "{\"lr\": 0.1}";
    return model;
}

bool same(const Model& a, const Model& b)
{
    bool equal = a.spec == b.spec && a.parameters.hidden.size() == b.parameters.hidden.size();
    std::vector<const nn::DenseParameters<float>*> layers;
    a.parameters.forEach([&](const nn::DenseParameters<float>& layer) { layers.push_back(&layer); });
    std::size_t at = 0;
    b.parameters.forEach([&](const nn::DenseParameters<float>& layer) {
        equal = equal && layers[at]->weights == layer.weights && layers[at]->biases == layer.biases;
        ++at;
    });
    return equal;
}

/// The arrays of an archive, to be changed.
std::vector<io::NumpyArray> arraysOf(const std::filesystem::path& file)
{
    return io::readNpz(io::readBytes(file).value(), file.string()).value();
}

} // namespace

class TestModelNpz : public QObject {
    Q_OBJECT
private slots:
    void aModelComesBack()
    {
        const TemporaryFolder folder;
        const Model model = smallModel();
        QVERIFY_RESULT(writeModelNpz(model, folder / "m.npz"));
        const auto back = readModelNpz(folder / "m.npz");
        QVERIFY_RESULT(back);
        QVERIFY(same(*back, model));
        QCOMPARE(back->scheme.names, model.scheme.names);
        QCOMPARE(back->scheme.temperatureCodes, model.scheme.temperatureCodes);
        QVERIFY(back->grid == model.grid);
        QCOMPARE(back->atlas, model.atlas);
        QCOMPARE(back->settings, model.settings);
        QCOMPARE(back->epoch, 12);
    }

    // As a state_dict: weights [out, in].
    void namesAndShapes()
    {
        const TemporaryFolder folder;
        const Model model = smallModel();
        QVERIFY_RESULT(writeModelNpz(model, folder / "m.npz"));
        const auto arrays = arraysOf(folder / "m.npz");
        const char* names[] = { "hidden.0.weight", "hidden.0.bias", "hidden.1.weight",
            "hidden.1.bias", "sc.weight", "sc.bias", "lc.weight", "lc.bias", "metadata" };
        QCOMPARE(arrays.size(), std::size(names));
        for (std::size_t i = 0; i < arrays.size(); ++i)
            QCOMPARE(arrays[i].name, std::string(names[i]));
        QCOMPARE(arrays[0].shape, (std::vector<std::size_t> { 7, 20 }));
        QCOMPARE(arrays[7].shape, (std::vector<std::size_t> { 3 }));
        QCOMPARE(arrays[0].values[20 * 2 + 11],
            static_cast<double>(model.parameters.hidden[0].weights(11, 2)));
    }

    void anotherProgramsArchiveNeedsAModel()
    {
        const TemporaryFolder folder;
        const Model model = smallModel();
        QVERIFY_RESULT(writeModelNpz(model, folder / "m.npz"));
        auto arrays = arraysOf(folder / "m.npz");
        arrays.pop_back();
        std::reverse(arrays.begin(), arrays.end()); // the order does not matter
        QVERIFY_RESULT(io::writeNpz(folder / "other.npz", arrays));
        const auto alone = readModelNpz(folder / "other.npz");
        QVERIFY(!alone);
        QCOMPARE(alone.error().code, ErrorCode::ValueMissing);
        Model like = smallModel();
        like.spec.hidden = { 2 };
        like.parameters = nn::initialParameters(like.spec, nn::Initialisation::He, 9);
        const auto back = readModelNpz(folder / "other.npz", &like);
        QVERIFY_RESULT(back);
        QVERIFY(same(*back, model));
        like.scheme.names.push_back("K0");
        QCOMPARE(readModelNpz(folder / "other.npz", &like).error().code, ErrorCode::ModelMismatch);
        like = smallModel();
        like.grid.pixels = 30;
        QCOMPARE(readModelNpz(folder / "other.npz", &like).error().code, ErrorCode::ModelMismatch);
    }

    void archivesThatAreNoNetwork()
    {
        const TemporaryFolder folder;
        QVERIFY_RESULT(writeModelNpz(smallModel(), folder / "m.npz"));
        const auto good = arraysOf(folder / "m.npz");
        const auto failWith = [&](const char* name, const auto& change) {
            auto arrays = good;
            change(*std::find_if(arrays.begin(), arrays.end(),
                [name](const io::NumpyArray& array) { return array.name == name; }));
            EXPECTS(io::writeNpz(folder / "bad.npz", arrays).has_value());
            const auto read = readModelNpz(folder / "bad.npz");
            return read ? std::string() : base::describe(read.error());
        };
        const std::string renamed
            = failWith("sc.bias", [](io::NumpyArray& array) { array.name = "other"; });
        QVERIFY(renamed.find("sc.bias") != std::string::npos);
        QVERIFY(renamed.find("bad.npz") != std::string::npos);
        QVERIFY(!failWith("hidden.1.weight", [](io::NumpyArray& array) {
            array.shape = { 7, 5 };
        }).empty());
        QVERIFY(!failWith("lc.weight", [](io::NumpyArray& array) { array.shape = { 15 }; }).empty());
        QVERIFY(failWith("sc.bias", [](io::NumpyArray& array) {
            array.values[0] = std::nan("");
        }).find("finite") != std::string::npos);
        QVERIFY(!failWith("metadata", [](io::NumpyArray& array) { array.text = "{}"; }).empty());
        QCOMPARE(readModelNpz(folder / "none.npz").error().code, ErrorCode::FileMissing);
    }
};

QTEST_GUILESS_MAIN(TestModelNpz)
#include "tst_model_npz.moc"
