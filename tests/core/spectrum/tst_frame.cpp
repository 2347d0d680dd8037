#include "core/spectrum/frame.h"

#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Motion;

namespace {

spectrum::Segment segmentIn(Frame frame)
{
    spectrum::Segment segment;
    segment.wavelengthAngstrom = { 5000.0, 6000.0 };
    segment.flux = { 1.0, 1.0 };
    segment.mask = { 0, 0 };
    segment.frame = frame;
    return segment;
}

// 29.9792458 km/s are c/10000.
const Motion kMotion { 29.9792458, -29.9792458 };

double firstIn(Frame from, Frame to)
{
    const auto moved = spectrum::inFrame(segmentIn(from), to, kMotion);
    EXPECTS(moved.has_value() && moved->frame == to);
    return moved->wavelengthAngstrom[0];
}

} // namespace

class TestFrame : public QObject {
    Q_OBJECT
private slots:
    void byHand()
    {
        QVERIFY(std::abs(firstIn(Frame::Barycentric, Frame::Rest) - 5000.0 / 1.0001) < 1e-9);
        QVERIFY(std::abs(firstIn(Frame::Rest, Frame::Barycentric) - 5000.5) < 1e-9);
        QVERIFY(std::abs(firstIn(Frame::Topocentric, Frame::Barycentric) - 4999.5) < 1e-9);
        QVERIFY(std::abs(firstIn(Frame::Topocentric, Frame::Rest) - 4999.5 / 1.0001) < 1e-9);
        QCOMPARE(firstIn(Frame::Heliocentric, Frame::Barycentric), 5000.0);
        QCOMPARE(firstIn(Frame::Rest, Frame::Rest), 5000.0);
    }

    void thereAndBack()
    {
        for (const Frame frame : { Frame::Rest, Frame::Topocentric, Frame::Heliocentric }) {
            const auto there = spectrum::inFrame(segmentIn(Frame::Barycentric), frame, kMotion);
            QVERIFY_RESULT(there);
            const auto back = spectrum::inFrame(*there, Frame::Barycentric, kMotion);
            QVERIFY_RESULT(back);
            QVERIFY(std::abs(back->wavelengthAngstrom[1] - 6000.0) < 1e-9);
        }
    }

    void nothingIsAssumed()
    {
        const auto unknown = spectrum::inFrame(segmentIn(Frame::Unknown), Frame::Rest, kMotion);
        QVERIFY(!unknown && unknown.error().code == ErrorCode::ValueMissing);
        const auto still = spectrum::inFrame(segmentIn(Frame::Barycentric), Frame::Rest, {});
        QVERIFY(!still && still.error().found.find("radial velocity") != std::string::npos);
        const auto nowhere
            = spectrum::inFrame(segmentIn(Frame::Topocentric), Frame::Barycentric, { 5.0, {} });
        QVERIFY(!nowhere && nowhere.error().code == ErrorCode::ValueMissing);
        // What is there already needs no velocity.
        QVERIFY_RESULT(spectrum::inFrame(segmentIn(Frame::Rest), Frame::Rest, {}));
        const auto fast
            = spectrum::inFrame(segmentIn(Frame::Barycentric), Frame::Rest, { std::nan(""), {} });
        QVERIFY(!fast && fast.error().code == ErrorCode::ValueInvalid);
    }
};

QTEST_GUILESS_MAIN(TestFrame)
#include "tst_frame.moc"
