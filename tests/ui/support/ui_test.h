#pragma once

#include "tests/support/test_data.h"

#include <QObject>
#include <QTest>

namespace maury::test {

/// Base of the window's tests: any warning that Qt or the program prints fails the test function,
/// apart from the one that the offscreen platform always prints.
class UiTest : public QObject {
    Q_OBJECT
private slots:
    void init();
};

} // namespace maury::test
