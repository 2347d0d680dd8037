#pragma once

#include "core/gon/gon_config.h"

#include <QWidget>

#include <map>
#include <string>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;

namespace maury::ui {

class EditHistory;
class ParameterRow;

/// What a Gradient Origin Network learns from, of which kind it is, and the settings of its training.
class LatentSettings : public QWidget {
    Q_OBJECT
public:
    enum class Source { Standards, Opened, Store };

    /// history: may be null.
    explicit LatentSettings(EditHistory* history, QWidget* parent = nullptr);

    [[nodiscard]] const gon::GonConfig& config() const { return m_config; }
    /// Without emitting liveChanged().
    void setConfig(const gon::GonConfig& config);
    [[nodiscard]] Source source() const;
    /// A run goes on: only what may change in mid-run can be set.
    void setActive(bool active);
    /// Why no run can begin with these choices; empty when it can. It is shown here, too.
    [[nodiscard]] QString obstacle() const;
    /// Precondition: there is a setting of that name.
    [[nodiscard]] ParameterRow& row(const std::string& id) { return *m_rows.at(id); }
    [[nodiscard]] QComboBox& sourceBox() { return *m_source; }
    [[nodiscard]] QComboBox& decoderBox() { return *m_decoder; }
    [[nodiscard]] QComboBox& inferenceBox() { return *m_inference; }
    [[nodiscard]] QCheckBox& variationalBox() { return *m_variational; }
    [[nodiscard]] QComboBox& backendBox() { return *m_backend; }

signals:
    /// By the user or by undoing.
    void liveChanged(const maury::gon::GonLive& live);
    void sourceChanged();
    /// Anything but the source; in whatever way.
    void configChanged();

private:
    void makeChoices(QFormLayout& form);
    [[nodiscard]] QWidget* makeRows();
    void connectChoices();
    void takeSource(Source source);
    void takeKinds();
    void takeRow(const std::string& id, double value);
    /// Shows a change by the user and records it.
    void take(const gon::GonConfig& config, const QString& text, const QString& key);
    void restore(const gon::GonConfig& config);
    void showChoices();
    void updateLocks();

    EditHistory* m_history;
    gon::GonConfig m_config;
    Source m_shownSource = Source::Standards;
    bool m_active = false;
    QComboBox* m_source;
    QComboBox* m_decoder;
    QComboBox* m_inference;
    QCheckBox* m_variational;
    QComboBox* m_backend;
    QLabel* m_obstacle;
    std::map<std::string, ParameterRow*> m_rows;
};

} // namespace maury::ui
