#pragma once

#include "ui/models/robust_parameters.h"

#include <QObject>

#include <map>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QWidget;

namespace maury::ui {

class LibraryList;
class ParameterRow;

/// The settings of a run of the robust protocol, as three tabs for the panel of the Train page.
/// Every rate, weight and variation may be moved in mid-run.
class RobustTabs : public QObject {
    Q_OBJECT
public:
    explicit RobustTabs(QWidget* panel);

    [[nodiscard]] QWidget* training() { return m_training; }
    [[nodiscard]] QWidget* variations() { return m_variations; }
    [[nodiscard]] QWidget* data() { return m_data; }

    /// What stands in the controls. Errors: OptionInvalid when the hidden layers cannot be read.
    [[nodiscard]] base::Result<RobustRequest> request() const;
    /// Without emitting anything.
    void setRequest(const RobustRequest& request);
    void showLive(const robust::RobustLive& live);
    /// The library to learn from until the user chooses others.
    void setDefaultLibrary(const std::string& source);
    void setRunning(bool active);
    /// Samples a second that a run reached: for the estimate.
    void learnSpeed(double samplesPerSecond);

    /// By the id of RobustParameter. Precondition: there is such a row.
    [[nodiscard]] ParameterRow& row(const std::string& id);
    [[nodiscard]] QLineEdit& hiddenLayers() { return *m_hidden; }
    [[nodiscard]] LibraryList& libraries() { return *m_libraries; }
    [[nodiscard]] QSpinBox& seed() { return *m_seed; }
    [[nodiscard]] QComboBox& precision() { return *m_precision; }
    [[nodiscard]] QComboBox& testStars() { return *m_stars; }
    /// Chooses a table of stars of known type, as if by hand; empty: none.
    void chooseTestStars(const QString& table);
    [[nodiscard]] QString estimate() const;

signals:
    void liveChanged(const maury::robust::RobustLive& live);
    /// By the user.
    void edited();

private:
    void makeRows(QWidget* panel);
    [[nodiscard]] QList<ParameterRow*> rowsOf(ParameterGroup group) const;
    QWidget* makeTraining(QWidget* panel);
    QWidget* makeVariations(QWidget* panel);
    QWidget* makeData(QWidget* panel);
    void starsChosen(int index);
    void showTestStars(const std::string& table);
    void settingEdited();
    void showNumbers();
    void showEstimate();

    std::vector<RobustParameter> m_parameters;
    std::map<std::string, ParameterRow*> m_rows;
    RobustRequest m_request; ///< the numbers of the rows, and what has no control
    double m_samplesPerSecond = 0.0;
    bool m_measured = false;
    bool m_showing = false;
    bool m_librariesChosen = false;

    QLineEdit* m_hidden = nullptr;
    QComboBox* m_backend = nullptr;
    QComboBox* m_precision = nullptr;
    QString m_noDevice; ///< why there is no choice of a precision; empty where there is
    QLabel* m_summary = nullptr;
    LibraryList* m_libraries = nullptr;
    QComboBox* m_stars = nullptr;
    int m_starsBefore = 0;
    QSpinBox* m_seed = nullptr;
    QWidget* m_training = nullptr;
    QWidget* m_variations = nullptr;
    QWidget* m_data = nullptr;
};

} // namespace maury::ui
