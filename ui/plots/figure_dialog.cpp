#include "ui/plots/figure_dialog.h"

#include "ui/bridge/number_text.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>

#include <algorithm>

namespace maury::ui {

namespace {

constexpr double kSmallestMm = 20.0;
constexpr double kLargestMm = 1000.0;
constexpr int kLowestDpi = 72;
constexpr int kHighestDpi = 1200;
constexpr double kMmPerInch = 25.4;

const QString kFormatKey = QStringLiteral("figure/format");
const QString kWidthKey = QStringLiteral("figure/widthMm");
const QString kHeightKey = QStringLiteral("figure/heightMm");
const QString kDpiKey = QStringLiteral("figure/dotsPerInch");

void explain(QWidget& field, const QString& name, const QString& tip)
{
    field.setAccessibleName(name);
    field.setToolTip(tip);
    field.setStatusTip(tip);
}

} // namespace

FigureDialog::FigureDialog(QWidget* parent)
    : QDialog(parent)
    , m_format(new QComboBox(this))
    , m_width(new QDoubleSpinBox(this))
    , m_height(new QDoubleSpinBox(this))
    , m_unit(new QComboBox(this))
    , m_resolution(new QSpinBox(this))
    , m_result(new QLabel(this))
{
    setWindowTitle(tr("Export figure"));
    const QSettings saved;
    const auto kept = [&saved](const QString& key, double value, double low, double high) {
        return std::clamp(saved.value(key, value).toDouble(), low, high);
    };
    m_settings.widthMm = kept(kWidthKey, m_settings.widthMm, kSmallestMm, kLargestMm);
    m_settings.heightMm = kept(kHeightKey, m_settings.heightMm, kSmallestMm, kLargestMm);
    m_settings.dotsPerInch
        = static_cast<int>(kept(kDpiKey, m_settings.dotsPerInch, kLowestDpi, kHighestDpi));
    makeFields();
    m_format->setCurrentIndex(std::max(0, m_format->findText(saved.value(kFormatKey).toString())));
    changeUnit();
}

void FigureDialog::makeFields()
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->setSpacing(8);
    for (const auto format : { FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png })
        m_format->addItem(figureSuffix(format).toUpper(), static_cast<int>(format));
    explain(*m_format, tr("Format"), tr("PDF and SVG stay sharp at any size; PNG has pixels"));
    m_unit->addItems({ tr("mm"), tr("pixels") });
    explain(*m_unit, tr("Unit of width and height"), tr("Unit of width and height"));
    explain(*m_width, tr("Width"), tr("Width of the figure"));
    explain(*m_height, tr("Height"), tr("Height of the figure"));
    m_resolution->setRange(kLowestDpi, kHighestDpi);
    m_resolution->setSuffix(tr(" dots per inch"));
    m_resolution->setValue(m_settings.dotsPerInch);
    explain(*m_resolution, tr("Resolution"), tr("Pixels per inch of a PNG; journals ask for 300"));
    form->addRow(tr("&Format"), m_format);
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height"), m_height);
    form->addRow(tr("&Unit"), m_unit);
    form->addRow(tr("&Resolution"), m_resolution);
    form->addRow(QString(), m_result);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Save)->setText(tr("&Save as…"));
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &FigureDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &FigureDialog::reject);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &FigureDialog::changeUnit);
    connect(m_resolution, &QSpinBox::valueChanged, this, [this](int value) {
        m_settings.dotsPerInch = value;
        changeUnit();
    });
    const auto take = [this](double& mm, double value) {
        mm = inPixels() ? value * kMmPerInch / m_settings.dotsPerInch : value;
        describe();
    };
    connect(m_width, &QDoubleSpinBox::valueChanged, this,
        [this, take](double value) { take(m_settings.widthMm, value); });
    connect(m_height, &QDoubleSpinBox::valueChanged, this,
        [this, take](double value) { take(m_settings.heightMm, value); });
    connect(m_format, &QComboBox::currentIndexChanged, this, &FigureDialog::describe);
}

bool FigureDialog::inPixels() const
{
    return m_unit->currentIndex() == 1;
}

void FigureDialog::changeUnit()
{
    const double perMm = inPixels() ? m_settings.dotsPerInch / kMmPerInch : 1.0;
    const auto show = [&](QDoubleSpinBox& field, double mm) {
        const QSignalBlocker quiet(field);
        field.setDecimals(0);
        field.setRange(kSmallestMm * perMm, kLargestMm * perMm);
        field.setSuffix(inPixels() ? tr(" px") : tr(" mm"));
        field.setValue(mm * perMm);
    };
    show(*m_width, m_settings.widthMm);
    show(*m_height, m_settings.heightMm);
    describe();
}

void FigureDialog::describe()
{
    m_resolution->setEnabled(inPixels() || format() == FigureFormat::Png);
    const QSize pixels = figurePixels(m_settings);
    const QString size
        = tr("%1 × %2 mm")
              .arg(numberText(m_settings.widthMm, 0), numberText(m_settings.heightMm, 0));
    m_result->setText(format() == FigureFormat::Png
            ? tr("%1, %2 × %3 pixels")
                  .arg(size, countText(pixels.width()), countText(pixels.height()))
            : size);
}

FigureFormat FigureDialog::format() const
{
    return static_cast<FigureFormat>(m_format->currentData().toInt());
}

FigureSettings FigureDialog::settings() const
{
    return m_settings;
}

void FigureDialog::accept()
{
    QSettings kept;
    kept.setValue(kFormatKey, m_format->currentText());
    kept.setValue(kWidthKey, m_settings.widthMm);
    kept.setValue(kHeightKey, m_settings.heightMm);
    kept.setValue(kDpiKey, m_settings.dotsPerInch);
    QDialog::accept();
}

} // namespace maury::ui
