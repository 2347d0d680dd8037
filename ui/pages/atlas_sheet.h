#pragma once

#include "core/mk/atlas.h"
#include "core/mk/line_list.h"

#include <QDialog>

#include <memory>
#include <vector>

class QComboBox;

namespace maury::ui {

class PlatePanel;
class StatusReporter;

/// A sheet of a spectral atlas: a whole sequence of spectral classes at one luminosity, or of
/// luminosities at one class, as photographic strips that can be exported.
class AtlasSheet : public QDialog {
    Q_OBJECT
public:
    /// lines may be null.
    AtlasSheet(mk::AtlasPtr atlas, std::shared_ptr<const mk::LineList> lines,
        StatusReporter& status, QWidget* parent = nullptr);

    [[nodiscard]] QComboBox& sequences() { return *m_sequences; }
    [[nodiscard]] PlatePanel& plates() { return *m_plates; }

private:
    void listSequences();
    void showSequence(int sequence);

    mk::AtlasPtr m_atlas;
    std::shared_ptr<const mk::LineList> m_lines;
    std::vector<std::vector<std::size_t>> m_rows; ///< of the atlas, by sequence
    QComboBox* m_sequences;
    PlatePanel* m_plates;
};

} // namespace maury::ui
