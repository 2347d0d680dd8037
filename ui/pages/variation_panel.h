#pragma once

#include "ui/bridge/variation_preview.h"
#include "ui/models/run_parameters.h"

#include <QWidget>

#include <map>
#include <string>

class QCheckBox;
class QGridLayout;
class QLabel;

namespace maury::ui {

class ParameterRow;

/// What the Spectra page shows of the variations that a network is trained with.
struct VariationSettings {
    bool shown = false;
    int count = 300; ///< the paper's number for each training spectrum
    int highlighted = 1; ///< counted from 1
    dataset::AugmentationSettings augmentation;

    bool operator==(const VariationSettings&) const = default;
};

/// The sliders of the augmentation with the variations of the shown spectrum.
class VariationPanel : public QWidget {
    Q_OBJECT
public:
    explicit VariationPanel(QWidget* parent = nullptr);

    [[nodiscard]] const VariationSettings& settings() const { return m_settings; }
    /// Without emitting edited().
    void setSettings(const VariationSettings& settings);
    /// What the highlighted variation did to the spectrum.
    void showDrawn(const dataset::Variation& drawn);
    void clearDrawn();

    /// By the id of RunParameter, or "count" and "highlighted". Precondition: there is such a row.
    [[nodiscard]] ParameterRow& row(const std::string& id);
    [[nodiscard]] QCheckBox& shown() { return *m_shown; }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    /// By the user. label: what was changed, in words.
    void edited(const QString& label, const maury::ui::VariationSettings& before);
    /// Train with these sigmas.
    void trainRequested(const maury::dataset::AugmentationSettings& augmentation);

private:
    void makeRows();
    ParameterRow* addRow(const std::string& id, const ParameterSpec& spec,
        const std::function<void(VariationSettings&, double)>& set);
    [[nodiscard]] QWidget* makeControls();
    void arrange(int columns);
    [[nodiscard]] int widthOf(int columns) const;
    void change(const QString& label, const VariationSettings& settings);
    void showSettings();

    VariationSettings m_settings;
    std::vector<RunParameter> m_parameters; ///< of the augmentation
    std::map<std::string, ParameterRow*> m_rows;
    QCheckBox* m_shown = nullptr;
    QLabel* m_drawn = nullptr;
    QWidget* m_controls = nullptr;
    QGridLayout* m_grid = nullptr;
    int m_columns = 0;
};

} // namespace maury::ui
