#include "ui/pages/file_choice.h"

#include "ui/pages/settings_form.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QSignalBlocker>

namespace maury::ui {

FileChoice::FileChoice(QWidget* parent)
    : QWidget(parent)
    , m_form(makeForm())
    , m_row(new QComboBox(this))
    , m_plane(new QComboBox(this))
    , m_segments(new QComboBox(this))
    , m_normalised(new QCheckBox(tr("Normalised spectrum"), this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    setLayout(m_form);
    addField(*m_form, tr("Spectrum"), m_row,
        tr("Which of the spectra in this file is shown: combination, visit, aperture"));
    addField(*m_form, tr("Plane"), m_plane, tr("Which plane of the file is shown"));
    addField(*m_form, tr("Segment"), m_segments,
        tr("Which segment is drawn as in the file and exported"));
    m_normalised->setToolTip(tr("The normalised spectrum of the survey, at rest"));
    m_normalised->setStatusTip(m_normalised->toolTip());
    m_form->addRow(m_normalised);
    connect(m_row, &QComboBox::activated, this, [this](int row) {
        io::ReadOptions changed = m_options;
        changed.row = row;
        apply(tr("Spectrum"), changed);
    });
    connect(m_plane, &QComboBox::activated, this, [this](int plane) {
        io::ReadOptions changed = m_options;
        changed.plane = plane;
        apply(tr("Plane"), changed);
    });
    connect(m_normalised, &QCheckBox::toggled, this, [this](bool normalised) {
        io::ReadOptions changed = m_options;
        changed.normalised = normalised;
        apply(m_normalised->text(), changed);
    });
    connect(m_segments, &QComboBox::activated, this, [this](int at) {
        m_segment = at == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(at - 1));
        emit segmentChanged();
    });
    hide();
}

void FileChoice::apply(const QString& label, const io::ReadOptions& changed)
{
    const io::ReadOptions before = m_options;
    m_options = changed;
    emit readRequested(label, before);
}

void FileChoice::fill(QComboBox& box, int count, int chosen)
{
    const QSignalBlocker quiet(&box);
    box.clear();
    for (int i = 0; i < count; ++i)
        box.addItem(tr("%1 of %2").arg(i + 1).arg(count));
    box.setCurrentIndex(chosen);
    m_form->setRowVisible(&box, count > 1);
}

void FileChoice::showSpectrum(const spectrum::Spectrum& spectrum)
{
    if (spectrum.file != m_file || spectrum.file.empty()) {
        m_file = spectrum.file;
        m_options = {};
        m_segment.reset();
    }
    const auto segments = spectrum.segments.size();
    if (m_segment && *m_segment >= segments)
        m_segment.reset();
    fill(*m_row, spectrum.rows, m_options.row);
    fill(*m_plane, spectrum.planes, m_options.plane);
    {
        const QSignalBlocker quiet(m_segments);
        m_segments->clear();
        m_segments->addItem(tr("All"));
        for (const spectrum::Segment& segment : spectrum.segments)
            m_segments->addItem(tr("%1–%2 Å")
                                    .arg(segment.wavelengthAngstrom.front(), 0, 'f', 0)
                                    .arg(segment.wavelengthAngstrom.back(), 0, 'f', 0));
        m_segments->setCurrentIndex(m_segment ? static_cast<int>(*m_segment) + 1 : 0);
        m_form->setRowVisible(m_segments, segments > 1);
    }
    const bool hasBoth = spectrum.format.starts_with("galah");
    {
        const QSignalBlocker quiet(m_normalised);
        m_normalised->setChecked(m_options.normalised);
        m_form->setRowVisible(m_normalised, hasBoth);
    }
    setVisible(spectrum.rows > 1 || spectrum.planes > 1 || segments > 1 || hasBoth);
}

void FileChoice::setOptions(const io::ReadOptions& options)
{
    m_options = options;
    const QSignalBlocker quietRow(m_row);
    const QSignalBlocker quietPlane(m_plane);
    const QSignalBlocker quietNormalised(m_normalised);
    m_row->setCurrentIndex(options.row);
    m_plane->setCurrentIndex(options.plane);
    m_normalised->setChecked(options.normalised);
}

} // namespace maury::ui
