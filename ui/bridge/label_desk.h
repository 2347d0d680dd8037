#pragma once

#include "core/project/label_exchange.h"
#include "core/project/project.h"
#include "ui/models/selection.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace maury::ui {

class EditHistory;
class SpectrumListModel;
struct SpectrumEntry;

/// Where labels are written: holds the user's project and what its classifier says about the star
/// at hand. Every change is committed to the project before the call returns and can be undone.
class LabelDesk : public QObject {
    Q_OBJECT
public:
    /// What the label of a star is worth in lists.
    enum class Progress { None, Draft, Accepted };

    /// Both outlive the desk; history may be null.
    LabelDesk(SpectrumListModel& spectra, EditHistory* history, QObject* parent = nullptr);
    ~LabelDesk() override;

    /// From now on labels go here; its stars with files are listed if wished. Errors: those of
    /// Project.
    [[nodiscard]] base::Result<void> setProject(
        project::Project project, const QString& classifier, bool listStars);
    [[nodiscard]] const project::Project* project() const { return m_project.get(); }
    [[nodiscard]] QString classifier() const { return m_classifier; }
    /// Errors: those of Project.
    [[nodiscard]] base::Result<void> setClassifier(const QString& name);
    [[nodiscard]] bool canWrite() const { return m_project != nullptr && !m_project->isReadOnly(); }
    /// Reads labels anew, after some were imported.
    [[nodiscard]] base::Result<void> reload();
    [[nodiscard]] base::Result<project::ImportReport> import(
        const QString& file, const project::ImportOptions& options);

    /// What atlas and model the labels from now on were made with.
    void setSources(const QString& atlas, const QString& model);
    /// The star at hand, whose seconds are counted; kNoSpectrum while the page is hidden.
    void show(SpectrumId star);
    [[nodiscard]] SpectrumId star() const { return m_star; }
    /// The draft, else what was accepted, else an empty label.
    [[nodiscard]] project::Label label() const;
    [[nodiscard]] const project::LabelState& state() const { return m_state; }
    [[nodiscard]] Progress progress(SpectrumId star) const;
    /// The accepted label of a listed star; nothing without one.
    [[nodiscard]] std::optional<project::Label> accepted(SpectrumId star) const;
    /// Whether somebody else says another type than this classifier.
    [[nodiscard]] bool isDisputed(SpectrumId star) const;

    /// Opened stars become stars of the project, those that are not yet. A moment of work each:
    /// callers take many in turns. False with a message when it could not be written.
    bool join(const QList<SpectrumId>& stars);

    /// Changes the draft of the star at hand. text: for the menu ("Quality"); equal keys merge in
    /// the history. False when it could not be written: then nothing has changed.
    bool edit(const QString& text, const QString& key,
        const std::function<void(project::Label&)>& change);
    /// Makes the draft the accepted label; without a type in it, and unless the spectrum is marked
    /// as bad, with this one.
    bool accept(const std::string& typeAtHand);
    /// Adds a training run to the project, if there is one (JSON).
    void keepRun(const std::string& summary);
    /// A message about the project, for whoever shows labels.
    void tell(const QString& text) { emit told(text); }
    /// Keeps what the file of the star at hand says of it, and how it was prepared (JSON).
    void keepRecipe(const std::string& recipe);

signals:
    /// Another project, or other labels than before in many places.
    void projectChanged();
    void classifierChanged(const QString& name);
    /// What is said about a star has changed, by a key or by undoing one.
    void changed(maury::ui::SpectrumId star);
    /// This star should be shown: undoing has changed it, or the last session ended there.
    void wanted(maury::ui::SpectrumId star);
    void failed(const maury::base::Error& error);
    void told(const QString& text);

private:
    struct Known {
        project::StarId star = 0;
        project::LabelState state;
        bool disputed = false;
    };

    [[nodiscard]] const Known* known(SpectrumId star) const;
    [[nodiscard]] bool write(const QString& text, const QString& key, project::LabelState state);
    void restore(SpectrumId star, project::EntryId entry);
    [[nodiscard]] project::Label stamped(project::Label label) const;
    [[nodiscard]] double secondsSpent() const;
    [[nodiscard]] project::Star starOf(const SpectrumEntry& entry) const;
    [[nodiscard]] base::Result<project::StarId> ensureStar(const SpectrumEntry& entry);
    [[nodiscard]] std::optional<project::StarId> idOf(SpectrumId star) const;
    [[nodiscard]] base::Result<void> readStars(bool list);
    bool reported(const base::Error& error);

    SpectrumListModel& m_spectra;
    EditHistory* m_history;
    std::unique_ptr<project::Project> m_project;
    QString m_classifier;
    QString m_atlas;
    QString m_model;
    QHash<SpectrumId, project::StarId> m_ids;
    QHash<QString, project::StarId> m_files; ///< the project's spectra, by path
    QHash<project::StarId, Known> m_known;
    SpectrumId m_place = kNoSpectrum; ///< where the last session ended
    SpectrumId m_star = kNoSpectrum;
    project::LabelState m_state;
    double m_secondsBefore = 0.0;
    QElapsedTimer m_clock;
};

} // namespace maury::ui
