#include "tests/ui/support/ui_test.h"

#include <QRegularExpression>

namespace maury::test {

void UiTest::init()
{
    QTest::failOnWarning(
        QRegularExpression("^(?!This plugin does not support (propagateSizeHints|raise|grabbing))"));
}

} // namespace maury::test
