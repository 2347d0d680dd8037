#pragma once

#include "core/preprocess/continuum.h"
#include "ui/models/parameter_spec.h"

#include <QComboBox>
#include <QWidget>

#include <functional>

class QCheckBox;
class QVBoxLayout;

namespace maury::ui {

class ParameterRow;

/// How the continuum is drawn: the method, and the settings that this method uses.
class ContinuumGroup : public QWidget {
    Q_OBJECT
public:
    explicit ContinuumGroup(QWidget* parent = nullptr);

    [[nodiscard]] const preprocess::ContinuumSettings& settings() const { return m_settings; }
    /// Without emitting edited().
    void setSettings(const preprocess::ContinuumSettings& settings);
    /// Disables all with the reason in the tool tips; an empty reason enables them.
    void setLocked(const QString& reason);

    [[nodiscard]] QComboBox& method() { return *m_method; }
    [[nodiscard]] ParameterRow& width() { return *m_width; }
    [[nodiscard]] ParameterRow& degree() { return *m_degree; }
    /// The rows, for alignment with others.
    [[nodiscard]] QList<ParameterRow*> rows() const;

signals:
    /// By the user. label: what was changed, in words.
    void edited(const QString& label);

private:
    using Set = std::function<void(preprocess::ContinuumSettings&, double)>;
    using Get = std::function<double(const preprocess::ContinuumSettings&)>;
    /// A setting and the methods that use it.
    struct Row {
        ParameterRow* row;
        Get get;
        QList<preprocess::ContinuumMethod> methods;
    };
    ParameterRow* addRow(QVBoxLayout& layout, const ParameterSpec& spec, const Get& get,
        const Set& set, const QList<preprocess::ContinuumMethod>& methods);
    void addRows(QVBoxLayout& layout);
    [[nodiscard]] static QString tipOf(preprocess::ContinuumMethod method);
    void apply(const QString& label, const preprocess::ContinuumSettings& changed);
    void showSettings();

    preprocess::ContinuumSettings m_settings;
    QComboBox* m_method;
    QComboBox* m_unit;
    QCheckBox* m_weighted;
    ParameterRow* m_width = nullptr;
    ParameterRow* m_degree = nullptr;
    QList<Row> m_rows;
};

} // namespace maury::ui
