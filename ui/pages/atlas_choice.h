#pragma once

#include <QComboBox>

#include <string>

namespace maury::ui {

/// Chooses `builtin`, a folder of standards, or (for a test set) nothing of its own.
class AtlasChoice : public QComboBox {
    Q_OBJECT
public:
    /// noneText: the entry for "no atlas of its own"; without it there is no such entry.
    explicit AtlasChoice(const QString& noneText, QWidget* parent = nullptr);

    /// `builtin`, a folder, or empty.
    [[nodiscard]] std::string source() const;
    void setSource(const std::string& source);

signals:
    /// By the user.
    void sourceChosen();

private:
    void addSource(const std::string& source);
    void chosen(int index);

    int m_before = 0;
};

} // namespace maury::ui
