#include "ui/pages/what_if_panel.h"

#include "core/base/contract.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/parameter_row.h"
#include "ui/plots/class_probability_plot.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace maury::ui {
namespace {

constexpr int kSpacing = 8;
constexpr int kMargin = 16;
constexpr QSize kLeastPlot(200, 96);
constexpr int kScanned = 41; ///< places of a slider that are looked at
constexpr int kSettleMilliseconds = 200;
constexpr double kLeastSnr = 5.0; ///< noise that a slider may add

} // namespace

WhatIfPanel::WhatIfPanel(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_scanner(workspace)
    , m_answer(new QLabel(this))
    , m_flipsShown(new QLabel(this))
    , m_reset(new QPushButton(tr("Reset all"), this))
    , m_probabilities(new ClassProbabilityPlot(this))
{
    using preprocess::WhatIf;
    addSlider("velocity", &WhatIf::velocityKms, -300.0, 300.0, 1000.0, tr("Velocity"), tr("km/s"),
        tr("Move the spectrum; automatic removal of the velocity takes it out again"));
    addSlider("rotation", &WhatIf::rotationKms, 0.0, 400.0, 1000.0, tr("Rotation v sin i"),
        tr("km/s"), tr("Broaden the lines as in a star that rotates"));
    addSlider("blur", &WhatIf::blurAngstrom, 0.0, 10.0, 50.0, tr("Blur (FWHM)"), tr("Å"),
        tr("See the star at a lower resolution"));
    addSlider("snr", &WhatIf::signalToNoise, 0.0, 100.0, 1000.0, tr("Noise at S/N"), {},
        tr("Add noise of this signal-to-noise ratio; 0 adds none"));
    addSlider("tilt", &WhatIf::tilt, -4.0, 4.0, 10.0, tr("Continuum tilt"), {},
        tr("Multiply the flux by a power of the wavelength"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(kMargin, kSpacing, kMargin, kSpacing);
    layout->setHorizontalSpacing(kMargin);
    layout->setVerticalSpacing(kSpacing / 2);
    QList<ParameterRow*> rows;
    for (const Slider& slider : m_sliders) {
        layout->addWidget(slider.row, static_cast<int>(rows.size()), 0);
        rows.append(slider.row);
    }
    alignLabels(rows);
    m_answer->setWordWrap(true);
    m_answer->setAccessibleName(tr("Answers as it is and as it is changed"));
    m_flipsShown->setWordWrap(true);
    m_flipsShown->setAccessibleName(tr("Where the type flips"));
    m_reset->setToolTip(tr("Back to the spectrum as it is"));
    m_reset->setStatusTip(m_reset->toolTip());
    layout->addWidget(m_answer, 0, 1, 2, 1, Qt::AlignTop);
    layout->addWidget(m_flipsShown, 2, 1, 2, 1, Qt::AlignTop);
    layout->addWidget(m_reset, 4, 1, Qt::AlignLeft);
    m_probabilities->setMinimumSize(kLeastPlot);
    layout->addWidget(m_probabilities, 0, 2, 6, 1);
    layout->setColumnStretch(0, 3);
    layout->setColumnStretch(1, 2);
    layout->setColumnStretch(2, 3);
    layout->setRowStretch(5, 1);
    connect(m_reset, &QPushButton::clicked, this, [this] { change(m_reset->text(), {}); });
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMilliseconds);
    connect(&m_settle, &QTimer::timeout, this, &WhatIfPanel::scan);
    connect(&m_scanner, &FlipScanner::scanned, this, &WhatIfPanel::takeFlips);
    showTexts();
}

void WhatIfPanel::addSlider(const std::string& id, double preprocess::WhatIf::*member, double low,
    double high, double fieldHigh, const QString& label, const QString& unit, const QString& tip)
{
    ParameterSpec spec;
    spec.label = label;
    spec.unit = unit;
    spec.toolTip = tip;
    spec.paper = 0.0;
    spec.low = low;
    spec.high = high;
    spec.fieldLow = low < 0.0 ? -fieldHigh : 0.0;
    spec.fieldHigh = fieldHigh;
    spec.ofPaper = false;
    auto* row = new ParameterRow(spec, this);
    const std::size_t index = m_sliders.size();
    m_sliders.push_back({ id, label, member, row });
    connect(row, &ParameterRow::valueChanged, this, [this, index](double value) {
        if (m_moved != index) {
            m_sliders[m_moved].row->setMarks({});
            m_looked = false;
        }
        m_moved = index;
        preprocess::WhatIf settings = m_settings;
        settings.*(m_sliders[index].member) = value;
        change(m_sliders[index].label, settings);
    });
}

void WhatIfPanel::change(const QString& label, const preprocess::WhatIf& settings)
{
    if (settings == m_settings)
        return;
    const preprocess::WhatIf before = m_settings;
    m_settings = settings;
    showSettings();
    m_settle.start();
    emit edited(label, before);
}

void WhatIfPanel::setSettings(const preprocess::WhatIf& settings)
{
    m_settings = settings;
    showSettings();
    m_settle.start();
}

void WhatIfPanel::resetForNewStar()
{
    m_settings = {};
    m_plain.clear();
    m_changed.clear();
    m_flips.clear();
    m_looked = false;
    m_scanner.cancel();
    m_settle.stop();
    m_spectrum.reset();
    for (const Slider& slider : m_sliders)
        slider.row->setMarks({});
    m_probabilities->setPrediction(nullptr, nullptr);
    showSettings();
    showTexts();
}

void WhatIfPanel::showSettings()
{
    for (const Slider& slider : m_sliders)
        if (slider.row->value() != m_settings.*(slider.member))
            slider.row->setValue(m_settings.*(slider.member));
    m_reset->setEnabled(!m_settings.isNone());
}

void WhatIfPanel::setSpectrum(
    const spectrum::SpectrumPtr& spectrum, const classify::PrepareOptions& options)
{
    m_spectrum = spectrum;
    m_options = options;
}

void WhatIfPanel::showAnswer(
    const classify::Prediction* prediction, const mk::ClassScheme* scheme)
{
    m_changed = prediction != nullptr ? QString::fromStdString(prediction->type) : QString();
    if (m_settings.isNone())
        m_plain = m_changed;
    m_probabilities->setPrediction(prediction, scheme);
    showTexts();
}

void WhatIfPanel::scan()
{
    if (m_spectrum == nullptr)
        return;
    const Slider& slider = m_sliders[m_moved];
    FlipRequest request { m_spectrum, m_options, m_settings, {}, {} };
    const auto [low, high] = slider.row->range();
    for (int i = 0; i < kScanned; ++i) {
        const double value = low + (high - low) * i / (kScanned - 1);
        // 0 is no noise at all; the least that a slider can add is far from it.
        if (slider.id != "snr" || value >= kLeastSnr)
            request.values.append(value);
    }
    request.set = [member = slider.member](preprocess::WhatIf& change, double value) {
        change.*member = value;
    };
    m_scanner.request(request);
}

void WhatIfPanel::takeFlips(const QList<FlipPoint>& points)
{
    m_flips.clear();
    m_looked = !points.isEmpty();
    QList<double> marks;
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (points[i].type == points[i - 1].type)
            continue;
        const double middle = 0.5 * (points[i - 1].value + points[i].value);
        marks.append(middle);
        m_flips.append({ middle, points[i].type });
    }
    m_sliders[m_moved].row->setMarks(marks);
    showTexts();
}

QString WhatIfPanel::answerText() const
{
    return m_answer->text();
}

QString WhatIfPanel::flipText() const
{
    return m_flipsShown->text();
}

void WhatIfPanel::showTexts()
{
    const auto orNone = [](const QString& type) { return type.isEmpty() ? tr("n/a") : type; };
    m_answer->setText(m_settings.isNone()
            ? tr("Move a slider to see what becomes of the answer %1").arg(orNone(m_plain))
            : tr("As it is: %1. Changed: %2").arg(orNone(m_plain), orNone(m_changed)));
    if (!m_looked) {
        m_flipsShown->clear();
        return;
    }
    QStringList flips;
    for (const FlipPoint& flip : m_flips)
        flips << tr("%1 from %2").arg(orNone(flip.type), QLocale().toString(flip.value, 'g', 3));
    const QString& label = m_sliders[m_moved].label;
    m_flipsShown->setText(flips.isEmpty()
            ? tr("%1: the type stays the same along the slider").arg(label)
            : tr("%1: %2").arg(label, flips.join(QStringLiteral(", "))));
}

ParameterRow& WhatIfPanel::row(const std::string& id)
{
    const auto found = std::find_if(m_sliders.begin(), m_sliders.end(),
        [&id](const Slider& slider) { return slider.id == id; });
    EXPECTS(found != m_sliders.end());
    return *found->row;
}

} // namespace maury::ui
