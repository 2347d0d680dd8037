#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace maury::ui {

/// Says what a page is for and what to do next, with one button that does it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    void setText(const QString& heading, const QString& text, const QString& button);

signals:
    void activated();

private:
    QLabel* m_heading;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace maury::ui
