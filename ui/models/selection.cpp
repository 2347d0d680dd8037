#include "ui/models/selection.h"

namespace maury::ui {

void Selection::setSpectrum(SpectrumId spectrum)
{
    if (m_spectrum == spectrum)
        return;
    m_spectrum = spectrum;
    emit spectrumChanged(spectrum);
}

void Selection::setStandards(const QList<int>& rows)
{
    if (m_standards == rows)
        return;
    m_standards = rows;
    emit standardsChanged(rows);
}

void Selection::setGroup(const QList<SpectrumId>& spectra)
{
    if (m_group == spectra)
        return;
    m_group = spectra;
    emit groupChanged();
}

} // namespace maury::ui
