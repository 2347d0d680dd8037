#include "app/gui/tour.h"

#include "app/gui/main_window.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QTimer>

#include <chrono>

namespace maury::gui {

namespace {

// Queued replots and layouts of a page that was just shown are done after this.
constexpr std::chrono::milliseconds kSettle { 300 };

} // namespace

Tour::Tour(MainWindow& window, const QString& folder)
    : m_window(window)
    , m_folder(folder)
{
}

void Tour::start(const std::function<void(base::Result<void>)>& done)
{
    m_done = done;
    if (!QDir().mkpath(m_folder)) {
        m_done(base::failure(base::ErrorCode::WriteFailed, m_folder.toStdString(),
            "a folder that cannot be made", "a folder for the pictures"));
        return;
    }
    prepare(0);
}

void Tour::prepare(int page)
{
    if (page == m_window.pages().size()) {
        takeStyle(Style::Light);
        return;
    }
    m_window.showPage(page);
    m_window.pages().at(page)->prepareTour([this, page] { prepare(page + 1); });
}

void Tour::takeStyle(Style style)
{
    m_style = style;
    applyAppearance(*qApp, style);
    picture(0, -1);
}

void Tour::picture(int page, int view)
{
    if (page == m_window.pages().size()) {
        if (m_style == Style::Light)
            takeStyle(Style::Dark);
        else
            m_done({});
        return;
    }
    ui::Page& shown = *m_window.pages().at(page);
    const QStringList views = shown.tourViews();
    m_window.showPage(page);
    shown.showTourView(view < 0 ? QString() : views.at(view));
    QString name = view < 0 ? shown.identifier() : shown.identifier() + "-" + views.at(view);
    if (m_style == Style::Dark)
        name += "-dark";
    QTimer::singleShot(kSettle, this, [this, page, view, name] { save(page, view, name); });
}

void Tour::save(int page, int view, const QString& name)
{
    const ui::Page& shown = *m_window.pages().at(page);
    if (shown.isTourBusy()) {
        QTimer::singleShot(kSettle, this, [this, page, view, name] { save(page, view, name); });
        return;
    }
    const QString file = QDir(m_folder).filePath(name + ".png");
    if (!m_window.grab().save(file)) {
        m_done(base::failure(base::ErrorCode::WriteFailed, file.toStdString()));
        return;
    }
    const bool last = view + 1 == shown.tourViews().size();
    picture(last ? page + 1 : page, last ? -1 : view + 1);
}

} // namespace maury::gui
