#pragma once

#include <QList>
#include <QObject>

namespace maury::ui {

/// Names a spectrum of the star list for as long as the program runs; never reused.
using SpectrumId = qint64;
inline constexpr SpectrumId kNoSpectrum = -1;

/// What is selected, for every view of the program: one spectrum of the star list and the standards
/// that it is compared with (rows of the workspace's atlas, at most two). Views set it and follow
/// it.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] SpectrumId spectrum() const { return m_spectrum; }
    [[nodiscard]] const QList<int>& standards() const { return m_standards; }

    void setSpectrum(SpectrumId spectrum);
    /// Rows of Atlas::standards(), the most important first.
    void setStandards(const QList<int>& rows);

signals:
    void spectrumChanged(maury::ui::SpectrumId spectrum);
    void standardsChanged(const QList<int>& rows);

private:
    SpectrumId m_spectrum = kNoSpectrum;
    QList<int> m_standards;
};

} // namespace maury::ui
