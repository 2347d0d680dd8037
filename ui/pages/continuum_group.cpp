#include "ui/pages/continuum_group.h"

#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace maury::ui {

using preprocess::ContinuumMethod;
using preprocess::ContinuumSettings;

namespace {

constexpr ContinuumMethod kPolynomials[] = { ContinuumMethod::Polynomial, ContinuumMethod::Chebyshev };

ParameterSpec spec(const QString& label, const QString& unit, const QString& tip, double usual,
    double low, double high)
{
    ParameterSpec spec;
    spec.label = label;
    spec.unit = unit;
    spec.toolTip = tip;
    spec.paper = usual;
    spec.low = spec.fieldLow = low;
    spec.high = spec.fieldHigh = high;
    spec.ofPaper = false;
    return spec;
}

ParameterSpec whole(ParameterSpec spec)
{
    spec.whole = true;
    return spec;
}

} // namespace

ContinuumGroup::ContinuumGroup(QWidget* parent)
    : QWidget(parent)
    , m_method(new QComboBox(this))
    , m_unit(new QComboBox(this))
    , m_weighted(new QCheckBox(tr("Weight by errors"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* label = new QLabel(tr("Continuum"), this);
    label->setBuddy(m_method);
    addChoice(*m_method, tr("Upper envelope"), ContinuumMethod::Envelope);
    addChoice(*m_method, tr("Gaussian mean"), ContinuumMethod::Gaussian);
    addChoice(*m_method, tr("Polynomial"), ContinuumMethod::Polynomial);
    addChoice(*m_method, tr("Chebyshev"), ContinuumMethod::Chebyshev);
    addChoice(*m_method, tr("Running median"), ContinuumMethod::Median);
    addChoice(*m_method, tr("Running percentile"), ContinuumMethod::Percentile);
    m_unit->addItem(tr("Width in Å"), false);
    m_unit->addItem(tr("Width in km/s"), true);
    m_unit->setAccessibleName(tr("Unit of the width"));
    m_weighted->setToolTip(tr("Pixels with small errors count for more, where the file has errors"));
    m_weighted->setStatusTip(m_weighted->toolTip());
    for (QWidget* each : QList<QWidget*> { label, m_method, m_unit, m_weighted })
        head->addWidget(each);
    head->addStretch(1);
    layout->addLayout(head);
    addRows(*layout);
    connect(m_method, &QComboBox::activated, this, [this] {
        ContinuumSettings changed = preprocess::usualContinuum(choice<ContinuumMethod>(*m_method));
        changed.envelope = m_settings.envelope;
        apply(tr("Continuum"), changed);
    });
    connect(m_unit, &QComboBox::activated, this, [this] {
        ContinuumSettings changed = m_settings;
        changed.widthInKms = m_unit->currentData().toBool();
        // About the same width at 5000 Å.
        constexpr double kKmsPerAngstrom = 60.0;
        if (changed.widthInKms != m_settings.widthInKms)
            changed.width *= changed.widthInKms ? kKmsPerAngstrom : 1.0 / kKmsPerAngstrom;
        apply(m_unit->accessibleName(), changed);
    });
    connect(m_weighted, &QCheckBox::toggled, this, [this](bool weighted) {
        ContinuumSettings changed = m_settings;
        changed.weighted = weighted;
        apply(m_weighted->text(), changed);
    });
    showSettings();
}

QString ContinuumGroup::tipOf(ContinuumMethod method)
{
    switch (method) {
    case ContinuumMethod::Envelope:
        return tr("A smooth curve along the upper edge, past the broad lines");
    case ContinuumMethod::Gaussian:
        return tr("The mean flux around each pixel, weighted by a Gaussian");
    case ContinuumMethod::Polynomial:
        return tr("A polynomial through the pixels that are in no line");
    case ContinuumMethod::Chebyshev:
        return tr("A Chebyshev polynomial through the pixels that are in no line");
    case ContinuumMethod::Median:
        return tr("The median flux of the pixels around each one");
    case ContinuumMethod::Percentile:
        return tr("A percentile of the flux of the pixels around each one");
    }
    return {};
}

ParameterRow* ContinuumGroup::addRow(QVBoxLayout& layout, const ParameterSpec& rowSpec,
    const Get& get, const Set& set, const QList<ContinuumMethod>& methods)
{
    auto* row = new ParameterRow(rowSpec, this);
    layout.addWidget(row);
    m_rows.append({ row, get, methods });
    connect(
        row, &ParameterRow::valueChanged, this, [this, set, label = rowSpec.label](double value) {
            ContinuumSettings changed = m_settings;
            set(changed, value);
            apply(label, changed);
        });
    return row;
}

void ContinuumGroup::addRows(QVBoxLayout& layout)
{
    const ContinuumSettings usual;
    const QList<ContinuumMethod> envelope { ContinuumMethod::Envelope };
    const QList<ContinuumMethod> polynomials(std::begin(kPolynomials), std::end(kPolynomials));
    addRow(layout,
        spec(tr("Continuum at"), tr("%"),
            tr("Percentile of the flux around each point that the continuum is drawn through"),
            usual.envelope.percentile, 50.0, 100.0),
        [](const auto& settings) { return settings.envelope.percentile; },
        [](auto& settings, double value) { settings.envelope.percentile = value; }, envelope);
    addRow(layout,
        spec(tr("Points every"), tr("Å"),
            tr("Distance of the points that the continuum is drawn through"),
            usual.envelope.stepAngstrom, 5.0, 400.0),
        [](const auto& settings) { return settings.envelope.stepAngstrom; },
        [](auto& settings, double value) { settings.envelope.stepAngstrom = value; }, envelope);
    addRow(layout,
        whole(spec(tr("Degree"), {}, tr("Degree of the polynomial through these points"),
            usual.envelope.degree, 0.0, 12.0)),
        [](const auto& settings) { return double(settings.envelope.degree); },
        [](auto& settings, double value) {
            settings.envelope.degree = static_cast<int>(std::lround(value));
        },
        envelope);
    ParameterSpec width = spec(tr("Width"), {},
        tr("Standard deviation of the Gaussian; whole width of the running window"), usual.width,
        5.0, 500.0);
    width.fieldLow = 0.1;
    width.fieldHigh = 1e5;
    width.logarithmic = true;
    m_width = addRow(
        layout, width, [](const auto& settings) { return settings.width; },
        [](auto& settings, double value) { settings.width = value; },
        { ContinuumMethod::Gaussian, ContinuumMethod::Median, ContinuumMethod::Percentile });
    addRow(layout,
        spec(tr("Percentile"), tr("%"), tr("Of the flux within the window"), usual.percentile, 1.0,
            100.0),
        [](const auto& settings) { return settings.percentile; },
        [](auto& settings, double value) { settings.percentile = value; },
        { ContinuumMethod::Percentile });
    m_degree = addRow(layout,
        whole(spec(tr("Degree"), {}, tr("Degree of the polynomial"), usual.degree, 0.0, 12.0)),
        [](const auto& settings) { return double(settings.degree); },
        [](auto& settings, double value) {
            settings.degree = static_cast<int>(std::lround(value));
        },
        polynomials);
    addRow(layout,
        spec(tr("Clip below"), tr("σ"),
            tr("Pixels farther below the curve than this are left out of the next round"),
            usual.clipLow, 0.05, 5.0),
        [](const auto& settings) { return settings.clipLow; },
        [](auto& settings, double value) { settings.clipLow = value; }, polynomials);
    addRow(layout,
        spec(tr("Clip above"), tr("σ"),
            tr("Pixels farther above the curve than this are left out of the next round"),
            usual.clipHigh, 0.5, 10.0),
        [](const auto& settings) { return settings.clipHigh; },
        [](auto& settings, double value) { settings.clipHigh = value; }, polynomials);
    addRow(layout,
        whole(spec(tr("Rounds"), {}, tr("How often the curve is drawn and pixels are left out"),
            usual.rounds, 1.0, 30.0)),
        [](const auto& settings) { return double(settings.rounds); },
        [](auto& settings, double value) {
            settings.rounds = static_cast<int>(std::lround(value));
        },
        polynomials);
    addRow(layout,
        spec(tr("Part at gaps of"), tr("Å"),
            tr("Longer stretches without data part the spectrum into pieces of their own"),
            usual.splitGapAngstrom, 0.0, 200.0),
        [](const auto& settings) { return settings.splitGapAngstrom; },
        [](auto& settings, double value) { settings.splitGapAngstrom = value; },
        { ContinuumMethod::Gaussian, ContinuumMethod::Polynomial, ContinuumMethod::Chebyshev,
            ContinuumMethod::Median, ContinuumMethod::Percentile });
}

QList<ParameterRow*> ContinuumGroup::rows() const
{
    QList<ParameterRow*> rows;
    for (const Row& row : m_rows)
        rows << row.row;
    return rows;
}

void ContinuumGroup::apply(const QString& label, const ContinuumSettings& changed)
{
    if (changed == m_settings)
        return;
    m_settings = changed;
    showSettings();
    emit edited(label);
}

void ContinuumGroup::setSettings(const ContinuumSettings& settings)
{
    m_settings = settings;
    showSettings();
}

void ContinuumGroup::setLocked(const QString& reason)
{
    for (QWidget* control : QList<QWidget*> { m_method, m_unit, m_weighted })
        lock(*control, reason);
    for (const Row& row : std::as_const(m_rows))
        row.row->setLocked(reason);
}

void ContinuumGroup::showSettings()
{
    const QSignalBlocker quietMethod(m_method);
    const QSignalBlocker quietUnit(m_unit);
    const QSignalBlocker quietWeighted(m_weighted);
    const ContinuumMethod method = m_settings.method;
    choose(*m_method, method);
    m_method->setToolTip(tipOf(method));
    m_method->setStatusTip(m_method->toolTip());
    m_unit->setCurrentIndex(m_settings.widthInKms ? 1 : 0);
    m_weighted->setChecked(m_settings.weighted);
    const bool isEnvelope = method == ContinuumMethod::Envelope;
    const bool isPolynomial
        = method == ContinuumMethod::Polynomial || method == ContinuumMethod::Chebyshev;
    m_unit->setVisible(!isEnvelope && !isPolynomial);
    m_weighted->setVisible(!isEnvelope);
    for (const Row& row : std::as_const(m_rows)) {
        row.row->setVisible(row.methods.contains(method));
        // A row that the user is dragging keeps its slider.
        if (const double value = row.get(m_settings); row.row->value() != value)
            row.row->setValue(value);
    }
}

} // namespace maury::ui
