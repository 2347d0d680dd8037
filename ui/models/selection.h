#pragma once

#include <QList>
#include <QObject>

namespace maury::ui {

/// Names a spectrum of the star list for as long as the program runs; never reused.
using SpectrumId = qint64;
inline constexpr SpectrumId kNoSpectrum = -1;

/// What is selected, for every view of the program: one spectrum of the star list, the standards
/// that it is compared with (rows of the workspace's atlas, at most two), and a group of spectra that
/// were chosen together. Views set it and follow it.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] SpectrumId spectrum() const { return m_spectrum; }
    [[nodiscard]] const QList<int>& standards() const { return m_standards; }

    /// Spectra that a lasso or the like has chosen; empty: no group is.
    [[nodiscard]] const QList<SpectrumId>& group() const { return m_group; }

    void setSpectrum(SpectrumId spectrum);
    /// Rows of Atlas::standards(), the most important first.
    void setStandards(const QList<int>& rows);
    void setGroup(const QList<SpectrumId>& spectra);

signals:
    void spectrumChanged(maury::ui::SpectrumId spectrum);
    void standardsChanged(const QList<int>& rows);
    void groupChanged();

private:
    SpectrumId m_spectrum = kNoSpectrum;
    QList<int> m_standards;
    QList<SpectrumId> m_group;
};

} // namespace maury::ui
