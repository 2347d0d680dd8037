#pragma once

#include "ui/bridge/store_browser.h"
#include "ui/models/catalogue_model.h"
#include "ui/models/selection.h"
#include "ui/pages/page.h"

#include <QHash>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace maury::ui {

class NoticeBar;
class RowTable;

/// Browses a store of spectra: a table of its catalogue, conditions on it, and what was chosen goes
/// to the Spectra page or into a store of its own.
class SurveysPage : public Page {
    Q_OBJECT
public:
    explicit SurveysPage(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_actions; }
    void prepareTour(const std::function<void()>& ready) override;

    void openStore(const QString& file);
    /// The chosen lines become stars of the list, of which the first is selected.
    void showChosen();
    /// The chosen lines, or all that are shown when fewer than two are chosen.
    [[nodiscard]] std::vector<std::uint64_t> rowsToSave() const;
    void save(const QString& file) { m_browser.save(rowsToSave(), file); }
    [[nodiscard]] const CatalogueModel& catalogue() const { return m_catalogue; }

signals:
    /// A store is open and its table filled.
    void storeOpened();

private:
    void makeContent();
    [[nodiscard]] QWidget* makeFilter();
    [[nodiscard]] QWidget* makeButtons();
    void makeActions();
    void connectBrowser();
    void askForStore();
    void askWhereToSave();
    void takeStore();
    void takeSpectra(const std::vector<std::uint64_t>& rows,
        const std::vector<spectrum::SpectrumPtr>& spectra);
    void find();
    void updateCounts();
    [[nodiscard]] std::vector<std::uint64_t> chosenRows() const;

    PageContext m_context;
    StoreBrowser m_browser;
    CatalogueModel m_catalogue;
    RowTable* m_table = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_summary = nullptr;
    QWidget* m_inspector = nullptr;
    NoticeBar* m_notice = nullptr;
    QPushButton* m_show = nullptr;
    QPushButton* m_save = nullptr;
    QList<QAction*> m_actions;
    QTimer m_typing; ///< a condition is looked for when its typing has paused
    QHash<quint64, SpectrumId> m_listed; ///< row of the store → its line of the star list
    std::unique_ptr<QTemporaryDir> m_tourFolder;
    std::function<void()> m_ready;
};

} // namespace maury::ui
