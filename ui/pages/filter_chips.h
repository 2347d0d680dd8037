#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QToolButton;

namespace maury::ui {

/// What narrows a list, a chip each that a click or a key (Space, Delete, Backspace) removes; with
/// more than one there is a button that removes them all. Takes no room without any.
class FilterChips : public QWidget {
    Q_OBJECT
public:
    struct Chip {
        QString key; ///< names the filter; never shown
        QString text;
        bool operator==(const Chip&) const = default;
    };

    explicit FilterChips(QWidget* parent = nullptr);

    void setChips(const QList<Chip>& chips);
    [[nodiscard]] const QList<Chip>& chips() const { return m_chips; }
    /// The button of a filter; null without such a chip.
    [[nodiscard]] QToolButton* button(const QString& key) const;
    [[nodiscard]] QToolButton& clearButton() { return *m_clear; }

signals:
    void removed(const QString& key);
    void cleared();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QToolButton* makeChip(const Chip& chip);

    QList<Chip> m_chips;
    QList<QToolButton*> m_buttons; ///< in the order of the chips
    QToolButton* m_clear;
};

} // namespace maury::ui
