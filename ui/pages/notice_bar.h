#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QToolButton;

namespace maury::ui {

/// One line at the top of a page that says what went wrong or was assumed, until it is closed.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void showError(const QString& text);
    void showWarning(const QString& text);
    /// The same with a button that offers a way on.
    void offer(const QString& text, const QString& button, const std::function<void()>& act);
    void dismiss() { hide(); }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QToolButton& offered() { return *m_offer; }

private:
    void show(const QString& text, bool error);

    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_offer; ///< hidden without an offer
    std::function<void()> m_act;
};

} // namespace maury::ui
