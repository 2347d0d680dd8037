#pragma once

#include "core/io/read_options.h"
#include "core/spectrum/spectrum.h"

#include <QComboBox>
#include <QWidget>

#include <optional>

class QCheckBox;
class QFormLayout;

namespace maury::ui {

/// Which of several spectra in a file is shown: visit or aperture, plane of a cube, normalised or
/// not, segment. Shows only the choices that the file has; hidden when it has none.
class FileChoice : public QWidget {
    Q_OBJECT
public:
    explicit FileChoice(QWidget* parent = nullptr);

    /// What the file offers. What was chosen stays when it is the same file, else the first.
    void showSpectrum(const spectrum::Spectrum& spectrum);
    /// What was chosen, as options for reading; without overrides of medium and frame.
    [[nodiscard]] const io::ReadOptions& options() const { return m_options; }
    /// Without emitting; the file is not read again by that.
    void setOptions(const io::ReadOptions& options);
    /// Nothing: all segments.
    [[nodiscard]] std::optional<std::size_t> segment() const { return m_segment; }

    [[nodiscard]] QComboBox& rowBox() { return *m_row; }
    [[nodiscard]] QComboBox& planeBox() { return *m_plane; }
    [[nodiscard]] QComboBox& segmentBox() { return *m_segments; }
    [[nodiscard]] QCheckBox& normalisedBox() { return *m_normalised; }

signals:
    /// The file is to be read again. label: what was changed, in words.
    void readRequested(const QString& label, const maury::io::ReadOptions& before);
    void segmentChanged();

private:
    void apply(const QString& label, const io::ReadOptions& changed);
    void fill(QComboBox& box, int count, int chosen);

    QFormLayout* m_form;
    QComboBox* m_row;
    QComboBox* m_plane;
    QComboBox* m_segments;
    QCheckBox* m_normalised;
    std::filesystem::path m_file; ///< whose choices these are
    io::ReadOptions m_options;
    std::optional<std::size_t> m_segment;
};

} // namespace maury::ui
