#pragma once

#include <QFrame>

class QLabel;

namespace maury::ui {

/// One line at the top of a page that says what went wrong or was assumed, until it is closed.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void showError(const QString& text);
    void showWarning(const QString& text);
    void dismiss() { hide(); }
    [[nodiscard]] QString text() const;

private:
    void show(const QString& text, bool error);

    QLabel* m_icon;
    QLabel* m_text;
};

} // namespace maury::ui
