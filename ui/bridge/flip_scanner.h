#pragma once

#include "core/classify/prepare.h"
#include "core/preprocess/what_if.h"
#include "core/spectrum/spectrum.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace maury::ui {

class Workspace;

/// The printed type of a changed spectrum at one place of a slider.
struct FlipPoint {
    double value = 0.0;
    QString type; ///< empty where there is no answer
};

/// What is asked: the type at each of `values`, which `set` puts into `change`.
struct FlipRequest {
    spectrum::SpectrumPtr spectrum;
    classify::PrepareOptions options;
    preprocess::WhatIf change;
    QList<double> values;
    std::function<void(preprocess::WhatIf&, double)> set;
};

/// Types a spectrum along one slider on a background thread of low priority. Only the last request
/// is answered.
class FlipScanner : public QObject {
    Q_OBJECT
public:
    explicit FlipScanner(const Workspace& workspace, QObject* parent = nullptr);
    ~FlipScanner() override;

    void request(const FlipRequest& request);
    void cancel();

signals:
    /// In the order of the values.
    void scanned(const QList<maury::ui::FlipPoint>& points);

private:
    struct Worker;

    const Workspace& m_workspace;
    std::shared_ptr<Worker> m_worker;
    QThreadPool m_pool;
};

} // namespace maury::ui
