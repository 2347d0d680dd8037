#pragma once

#include <QLabel>

namespace maury::ui {

/// One line of plain text that ends in "…" when there is no room; the tool tip has it all.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setWholeText(const QString& text);
    [[nodiscard]] const QString& wholeText() const { return m_text; }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();

    QString m_text;
};

} // namespace maury::ui
