#include "app/gui/tour.h"

#include "app/gui/main_window.h"

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
        picture(0);
        return;
    }
    m_window.showPage(page);
    m_window.pages().at(page)->prepareTour([this, page] { prepare(page + 1); });
}

void Tour::picture(int page)
{
    if (page == m_window.pages().size()) {
        m_done({});
        return;
    }
    m_window.showPage(page);
    QTimer::singleShot(kSettle, this, [this, page] {
        const QString file
            = QDir(m_folder).filePath(m_window.pages().at(page)->identifier() + ".png");
        if (!m_window.grab().save(file)) {
            m_done(base::failure(base::ErrorCode::WriteFailed, file.toStdString()));
            return;
        }
        picture(page + 1);
    });
}

} // namespace maury::gui
