#include "core/train/checkpoint.h"
#include "core/train/config_json.h"
#include "core/train/model.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>

using namespace maury;
using namespace maury::train;
using test::TemporaryFolder;

namespace {

Model tinyModel()
{
    Model model;
    model.spec = { 20, { 8, 5 }, nn::Activation::GeluExact, 3, 3 };
    model.parameters = nn::initialParameters(model.spec, nn::Initialisation::He, 4);
    model.scheme = { { "A0", "F0", "G0" }, { 16.0, 23.0, 30.0 } };
    model.grid = { 3800.0, 0.5, 20 };
    model.atlas = "test – atlas";
    model.provenance = R"({"atlases":[]})";
    model.settings = configToJson({});
    model.programVersion = "0";
    model.epoch = 7;
    return model;
}

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

} // namespace

class TestModel : public QObject {
    Q_OBJECT
private slots:
    void roundTrip()
    {
        const TemporaryFolder folder;
        const Model model = tinyModel();
        QVERIFY_RESULT(writeModel(model, folder / "m.h5"));
        const auto read = readModel(folder / "m.h5");
        QVERIFY_RESULT(read);
        QVERIFY(read->spec == model.spec);
        QVERIFY(read->scheme == model.scheme);
        QVERIFY(read->grid == model.grid);
        QCOMPARE(read->atlas, model.atlas);
        QCOMPARE(read->provenance, model.provenance);
        QCOMPARE(read->epoch, 7);
        QCOMPARE(read->parameters.hidden[1].weights, model.parameters.hidden[1].weights);
        QCOMPARE(read->parameters.lc.weights, model.parameters.lc.weights);
    }

    // Whatever byte is damaged and wherever the file is cut: an error or the true numbers, never
    // others.
    void damageIsNoticed()
    {
        const TemporaryFolder folder;
        const Model model = tinyModel();
        QVERIFY_RESULT(writeModel(model, folder / "m.h5"));
        const std::string bytes = bytesOf(folder / "m.h5");
        int refused = 0;
        for (std::size_t at = 0; at < bytes.size(); at += 211) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            const auto read = readModel(folder.write("d.h5", damaged));
            refused += read ? 0 : 1;
            if (read)
                QCOMPARE(read->parameters.hidden[0].weights, model.parameters.hidden[0].weights);
        }
        QVERIFY(refused > 0);
        for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 13)
            QVERIFY(!readModel(folder.write("t.h5", bytes.substr(0, length))));
    }

    void errorsNameTheFile()
    {
        const TemporaryFolder folder;
        const auto missing = readModel(folder / "none.h5");
        QCOMPARE(missing.error().code, base::ErrorCode::FileMissing);
        const auto junk = readModel(folder.write("junk.h5", "this is no model"));
        QVERIFY(!junk);
        QVERIFY(base::describe(junk.error()).find("junk.h5") != std::string::npos);
        const auto full = writeModel(tinyModel(), "/dev/full");
        QVERIFY(!full);
        QCOMPARE(full.error().code, base::ErrorCode::WriteFailed);
    }

    void configurationsRoundTrip()
    {
        TrainingConfig config;
        config.hidden = { 10, 20 };
        config.activation = nn::Activation::Relu;
        config.optimizer = Optimizer::AdamW;
        config.schedule = Schedule::Halving;
        config.live.learningRate = 0.1 + 0.2;
        config.live.augmentation.noise = dataset::NoiseLaw::Gaussian;
        config.live.augmentation.gain = 1234.5;
        config.seed = 0xFFFFFFFFFFFFFFFFULL;
        const std::string text = configToJson(config);
        const auto read = configFromJson(text, "here");
        QVERIFY_RESULT(read);
        QCOMPARE(configToJson(*read), text);
        QCOMPARE(read->live.learningRate, config.live.learningRate);
        QVERIFY(!configFromJson("{}", "here"));
        QVERIFY(!configFromJson("no json", "here"));
    }
};

QTEST_GUILESS_MAIN(TestModel)
#include "tst_model.moc"
