#pragma once

#include "app/gui/appearance.h"
#include "core/base/result.h"

#include <QObject>
#include <QString>

#include <functional>

namespace maury::gui {

class MainWindow;

/// Brings every page into the state that its prepareTour() makes and saves a picture of each:
/// FOLDER/<identifier>.png, and <identifier>-<view>.png of its further views; then the same in the
/// dark, ending in -dark.png.
class Tour : public QObject {
    Q_OBJECT
public:
    Tour(MainWindow& window, const QString& folder);
    /// Calls `done` once, with WriteFailed when a picture could not be saved.
    void start(const std::function<void(base::Result<void>)>& done);

private:
    void prepare(int page);
    /// view: a place in Page::tourViews(); −1 = the page itself.
    void picture(int page, int view);
    /// Saves the page as it stands, once it is computed, and goes on.
    void save(int page, int view, const QString& name);
    void takeStyle(Style style);

    MainWindow& m_window;
    QString m_folder;
    Style m_style = Style::Light;
    std::function<void(base::Result<void>)> m_done;
};

} // namespace maury::gui
