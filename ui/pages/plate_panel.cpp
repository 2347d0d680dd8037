#include "ui/pages/plate_panel.h"

#include "ui/plots/plate_view.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace maury::ui {

PlatePanel::PlatePanel(QWidget* parent)
    : QWidget(parent)
    , m_view(new PlateView(this))
{
    const auto add = [this](const QString& text, const QString& tip) {
        auto* box = new QCheckBox(text, this);
        box->setToolTip(tip);
        return box;
    };
    m_boxes = { { { add(tr("Negative"), tr("Light lines on dark, as on the plate itself")),
                      &PlateStyle::negative },
        { add(tr("Colour"), tr("Each wavelength in its colour")), &PlateStyle::colour },
        { add(tr("67 Å/mm"), tr("The scale of a photographic plate, else that of the plot")),
            &PlateStyle::plateScale } } };
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(16);
    for (const auto& [check, field] : m_boxes) {
        check->setChecked(m_view->style().*field);
        row->addWidget(check);
        connect(check, &QCheckBox::toggled, this, [this, field = field](bool on) {
            PlateStyle style = m_view->style();
            style.*field = on;
            m_view->setStyle(style);
            emit styleChanged();
        });
    }
    row->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
}

QCheckBox& PlatePanel::box(bool PlateStyle::*wanted)
{
    for (const auto& [check, field] : m_boxes)
        if (field == wanted)
            return *check;
    return *m_boxes.front().first;
}

} // namespace maury::ui
