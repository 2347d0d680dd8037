#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

#include <functional>

class QAction;
class QStackedLayout;

namespace maury::ui {

class EditHistory;
class EmptyState;
class Selection;
class SpectrumListModel;
class StatusReporter;
class Workspace;

/// What every page may use; the window owns it and it outlives the pages.
struct PageContext {
    Workspace& workspace;
    SpectrumListModel& spectra;
    Selection& selection;
    StatusReporter& status;
    EditHistory* history = nullptr; ///< null: what the user sets is not recorded
};

/// A page of the workbench: one task, its views in the middle and its controls in the inspector.
class Page : public QWidget {
    Q_OBJECT
public:
    /// identifier: English, never translated ("spectra"): names settings and the tour's picture.
    Page(const QString& identifier, const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] const QString& identifier() const { return m_identifier; }
    [[nodiscard]] const QString& title() const { return m_title; }

    /// The page has become the visible one: bring up to date what was not refreshed while hidden.
    virtual void onShown() { }
    /// Another page takes its place.
    virtual void onHidden() { }
    /// The controls of this page for the inspector dock; none hides the dock while this page is
    /// shown. Created by the page's constructor; the window takes it as a child.
    [[nodiscard]] virtual QWidget* inspector() { return nullptr; }
    /// Whether the list of stars stands beside this page.
    [[nodiscard]] virtual bool usesStarList() const { return false; }
    /// Actions for the menu named like the page; each with text, shortcut and status tip.
    [[nodiscard]] virtual QList<QAction*> pageActions() const { return {}; }
    /// Brings the page into the state that the tour shows and calls `ready` once, now or later.
    virtual void prepareTour(const std::function<void()>& ready) { ready(); }
    /// Views of this page of which the tour saves a picture each, <identifier>-<view>.png, beside
    /// that of the page itself.
    [[nodiscard]] virtual QStringList tourViews() const { return {}; }
    /// Brings one of them up; an empty name: what <identifier>.png shows.
    virtual void showTourView(const QString& /*view*/) { }
    /// Whether what that view shows is still being computed: the tour waits for it.
    [[nodiscard]] virtual bool isTourBusy() const { return false; }

signals:
    /// Asks the window to show another page.
    void pageRequested(const QString& identifier);

protected:
    /// What the page shows when it is not empty; to be called once.
    void setContent(QWidget* content);
    /// Where the empty state shall stand in place of `view` only, beside what the content has more:
    /// a part of the content that holds `view`.
    [[nodiscard]] QWidget* placeForEmptyState(QWidget* view);
    /// What it shows while there is nothing to show; `act` does what the button says.
    void setEmptyState(const QString& heading, const QString& text, const QString& button,
        const std::function<void()>& act);
    void showEmptyState(bool empty);

private:
    QString m_identifier;
    QString m_title;
    EmptyState* m_empty;
    QStackedLayout* m_layout;
    QStackedLayout* m_emptyPlace; ///< the empty state, then what it stands for
};

} // namespace maury::ui
