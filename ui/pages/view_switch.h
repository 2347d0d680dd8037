#pragma once

#include <QStringList>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace maury::ui {

/// Several views of one thing in one place, with a row of tabs above that chooses one.
class ViewSwitch : public QWidget {
    Q_OBJECT
public:
    explicit ViewSwitch(QWidget* parent = nullptr);

    /// identifier: English, never translated. The first view added is shown.
    void addView(
        const QString& identifier, const QString& title, const QString& tip, QWidget* view);
    /// Precondition: a view was added.
    [[nodiscard]] const QString& current() const;
    /// Unknown identifiers are ignored.
    void setCurrent(const QString& identifier);
    [[nodiscard]] QTabBar& tabs() { return *m_tabs; }

signals:
    void viewChanged(const QString& identifier);

private:
    QStringList m_identifiers;
    QTabBar* m_tabs;
    QStackedWidget* m_views;
};

} // namespace maury::ui
