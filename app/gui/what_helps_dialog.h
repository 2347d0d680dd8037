#pragma once

#include <QDialog>

namespace maury::gui {

/// What each step of the robust recipe is worth, measured: the table of the help.
class WhatHelpsDialog : public QDialog {
    Q_OBJECT
public:
    explicit WhatHelpsDialog(QWidget* parent = nullptr);
};

} // namespace maury::gui
