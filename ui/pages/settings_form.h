#pragma once

#include <QComboBox>

class QFormLayout;
class QHBoxLayout;
class QVBoxLayout;

namespace maury::ui {

/// Building blocks of tabs of settings: columns of rows that scroll when the dock is small, and
/// combo boxes that stand for enumerations.

[[nodiscard]] QWidget* scrolling(QWidget* content);
[[nodiscard]] QHBoxLayout* makeColumns(QWidget* page);
[[nodiscard]] QVBoxLayout* addColumn(QHBoxLayout& columns, int stretch = 1);
[[nodiscard]] QFormLayout* makeForm();

/// Adds a row whose label names the field and is its buddy.
void addField(QFormLayout& form, const QString& label, QWidget* field, const QString& tip);

/// Disables a control with the reason in its tool tip; an empty reason enables it and gives its own
/// tool tip back.
void lock(QWidget& control, const QString& reason);

template <typename Value> void addChoice(QComboBox& box, const QString& text, Value value)
{
    box.addItem(text, static_cast<int>(value));
}

template <typename Value> [[nodiscard]] Value choice(const QComboBox& box)
{
    return static_cast<Value>(box.currentData().toInt());
}

template <typename Value> void choose(QComboBox& box, Value value)
{
    box.setCurrentIndex(box.findData(static_cast<int>(value)));
}

} // namespace maury::ui
