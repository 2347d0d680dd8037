#pragma once

#include "core/classify/classifier.h"
#include "ui/models/nearest_model.h"
#include "ui/models/standard_grid.h"

#include <QLabel>
#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace maury::ui {

class ClassProbabilityPlot;

/// What the Spectra page compares with what, and how it shows it.
struct CompareSettings {
    bool nearest = true; ///< follow the nearest standard, else `standard`
    int standard = -1; ///< row of the atlas
    bool second = false; ///< draw a second standard
    bool keep = false; ///< keep the standard for the next star
    bool rectify = true;
    bool removeVelocity = true;
    bool asInFile = false; ///< the whole spectrum as in the file, without standards
    bool markers = true;

    bool operator==(const CompareSettings&) const = default;
};

/// Which standards the Spectra page compares with a star, and how: star, standard, the nearest
/// standards, the answer of the model.
class ComparePanel : public QWidget {
    Q_OBJECT
public:
    explicit ComparePanel(QWidget* parent = nullptr);

    [[nodiscard]] const CompareSettings& settings() const { return m_settings; }
    /// Puts back what belongs to one star: rectifying, velocity and, unless kept, the standard.
    void resetForNewStar();
    void setAtlas(const mk::AtlasPtr& atlas);
    /// The standard that is drawn (row of the atlas), also when it was not chosen here.
    void showStandard(int row);
    /// Draws this standard from now on, as if the user had chosen it.
    void chooseStandard(int row);
    void showNearest(std::vector<classify::NearestStandard> nearest);
    /// Null: no model has answered.
    void showProbabilities(const classify::Prediction* prediction, const mk::ClassScheme* scheme);
    /// As they were: for undo. Without emitting edited().
    void setSettings(const CompareSettings& settings);
    /// Steps through the grid of standards: later classes, fainter luminosities.
    void stepClass(int steps);
    void stepLuminosity(int steps);
    void toggleMarkers();
    void toggleRectify();
    /// The switch of a setting. Precondition: it has one.
    [[nodiscard]] QCheckBox& check(bool CompareSettings::*field);

signals:
    /// By the user. label: what was changed, in words.
    void edited(const QString& label, const maury::ui::CompareSettings& before);

private:
    QWidget* makeStandardGroup();
    QWidget* makeStarGroup();
    QWidget* makeNearestGroup();
    QWidget* makeProbabilityGroup();
    QCheckBox* makeCheck(const QString& text, const QString& tip, bool CompareSettings::*field);
    void change(bool CompareSettings::*field, bool value);
    [[nodiscard]] QString labelOf(bool CompareSettings::*field) const;
    void fillLuminosities(int spectralClass);
    void showSettings();

    CompareSettings m_settings;
    int m_shown = -1; ///< row of the standard that is drawn
    mk::AtlasPtr m_atlas;
    StandardGrid m_grid;
    NearestModel m_nearestModel;
    QComboBox* m_class = nullptr;
    QComboBox* m_luminosity = nullptr;
    QList<std::pair<QCheckBox*, bool CompareSettings::*>> m_checks;
    QTableView* m_nearestView = nullptr;
    ClassProbabilityPlot* m_probabilities = nullptr;
};

} // namespace maury::ui
