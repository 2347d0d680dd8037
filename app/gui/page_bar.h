#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;

namespace maury::gui {

/// The row of pages at the top, and at its right end what the program works with: model and
/// backend.
class PageBar : public QWidget {
    Q_OBJECT
public:
    explicit PageBar(QWidget* parent = nullptr);
    void addPage(const QString& title, const QString& tip);
    void setCurrent(int page);
    /// Short text and an explanation for the tool tip.
    void setModelText(const QString& text, const QString& tip);

signals:
    void pageChosen(int page);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_buttons;
    QHBoxLayout* m_pages;
    QLabel* m_model;
};

} // namespace maury::gui
