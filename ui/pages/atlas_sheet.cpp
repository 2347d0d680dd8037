#include "ui/pages/atlas_sheet.h"

#include "ui/models/axis_text.h"
#include "ui/models/line_markers.h"
#include "ui/models/trace.h"
#include "ui/pages/plate_panel.h"
#include "ui/plots/plate_view.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>

#include <map>
#include <utility>

namespace maury::ui {

namespace {

constexpr QSize kFirstSize { 960, 720 };

} // namespace

AtlasSheet::AtlasSheet(mk::AtlasPtr atlas, std::shared_ptr<const mk::LineList> lines,
    StatusReporter& status, QWidget* parent)
    : QDialog(parent)
    , m_atlas(std::move(atlas))
    , m_lines(std::move(lines))
    , m_sequences(new QComboBox(this))
    , m_plates(new PlatePanel(this))
{
    EXPECTS(m_atlas != nullptr);
    setWindowTitle(tr("Atlas sheet"));
    m_sequences->setAccessibleName(tr("Sequence"));
    m_plates->view().reportTo(status);
    m_plates->view().setAxisText(wavelengthAxisText(spectrum::Medium::Air, spectrum::Frame::Rest));
    auto* form = new QFormLayout;
    form->addRow(tr("Sequence"), m_sequences);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* save = buttons->addButton(tr("Export…"), QDialogButtonBox::ActionRole);
    save->setToolTip(tr("Write the sheet as PDF, SVG or PNG"));
    connect(save, &QPushButton::clicked, this,
        [this] { m_plates->view().actions().first()->trigger(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_plates, 1);
    layout->addWidget(buttons);
    listSequences();
    connect(m_sequences, &QComboBox::currentIndexChanged, this, &AtlasSheet::showSequence);
    showSequence(m_sequences->currentIndex());
    resize(kFirstSize);
}

void AtlasSheet::listSequences()
{
    std::map<double, std::vector<std::size_t>> byLuminosity;
    std::map<double, std::vector<std::size_t>> byClass;
    for (std::size_t row = 0; row < m_atlas->standards().size(); ++row) {
        const mk::Standard& standard = m_atlas->standards()[row];
        byLuminosity[-standard.luminosityCode].push_back(row); // dwarfs first
        byClass[standard.temperatureCode].push_back(row);
    }
    for (auto& [luminosity, rows] : byLuminosity) {
        m_sequences->addItem(tr("Spectral classes of luminosity %1")
                                 .arg(QString::fromStdString(mk::printLuminosity(-luminosity))));
        m_rows.push_back(std::move(rows));
    }
    for (auto& [code, rows] : byClass) {
        if (rows.size() < 2)
            continue;
        m_sequences->addItem(
            tr("Luminosities at %1")
                .arg(QString::fromStdString(mk::printClass(mk::decimalFromTemperatureCode(code)))));
        m_rows.push_back(std::move(rows));
    }
}

void AtlasSheet::showSequence(int sequence)
{
    const auto& rows = m_rows[static_cast<std::size_t>(sequence)];
    QVector<Trace> strips;
    for (const std::size_t row : rows)
        strips.append(standardTrace(*m_atlas, row));
    m_plates->view().setStrips(strips);
    if (m_lines != nullptr) {
        // Those that matter at the type in the middle of the sheet.
        const mk::Standard& middle = m_atlas->standards()[rows[rows.size() / 2]];
        m_plates->view().setMarkers(lineMarkers(*m_lines, mk::decimalSubclass(middle.type)));
    }
}

} // namespace maury::ui
