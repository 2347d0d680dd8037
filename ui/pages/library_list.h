#pragma once

#include "ui/bridge/run_request.h"

#include <QTableWidget>
#include <QWidget>

class QToolButton;

namespace maury::ui {

/// The libraries that a robust run learns from, each with its resolution, which its files do not
/// tell.
class LibraryList : public QWidget {
    Q_OBJECT
public:
    explicit LibraryList(QWidget* parent = nullptr);

    [[nodiscard]] std::vector<RunLibrary> libraries() const;
    /// Without emitting edited().
    void setLibraries(const std::vector<RunLibrary>& libraries);
    /// As if the user had added it; one that is listed already is not added again.
    void addLibrary(const std::string& source);
    void setLocked(const QString& reason);

    [[nodiscard]] QTableWidget& table() { return *m_table; }
    [[nodiscard]] QToolButton& removeButton() { return *m_remove; }

signals:
    void edited();

private:
    void append(const RunLibrary& library);
    void askForFolder();
    void removeChosen();

    QTableWidget* m_table;
    QToolButton* m_add;
    QToolButton* m_builtin;
    QToolButton* m_remove;
    bool m_showing = false;
};

} // namespace maury::ui
