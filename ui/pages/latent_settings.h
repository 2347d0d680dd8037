#pragma once

#include "core/gon/gon_config.h"

#include <QWidget>

#include <map>
#include <string>

class QComboBox;

namespace maury::ui {

class EditHistory;
class ParameterRow;

/// What a Gradient Origin Network learns from, and the settings of its training.
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
    /// Precondition: there is a setting of that name.
    [[nodiscard]] ParameterRow& row(const std::string& id) { return *m_rows.at(id); }
    [[nodiscard]] QComboBox& sourceBox() { return *m_source; }

signals:
    /// By the user or by undoing.
    void liveChanged(const maury::gon::GonLive& live);
    void sourceChanged();

private:
    void takeRow(const std::string& id, double value);
    void restore(const gon::GonConfig& config);

    EditHistory* m_history;
    gon::GonConfig m_config;
    QComboBox* m_source;
    std::map<std::string, ParameterRow*> m_rows;
};

} // namespace maury::ui
