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

} // namespace maury::ui
