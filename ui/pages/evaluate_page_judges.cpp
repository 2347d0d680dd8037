// Part of EvaluatePage: the judges of stars.

#include "ui/bridge/error_text.h"
#include "ui/bridge/star_evaluator.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/judges_view.h"

#include <QFileInfo>
#include <QSet>
#include <QTabWidget>

namespace maury::ui {

void EvaluatePage::makeJudges()
{
    m_judges = new JudgesPanel;
    m_mistakes->addList(m_judges, tr("&Judges"));
    m_judgesView = new JudgesView(m_context);
    QTabWidget& pictures = m_plots->pictures();
    pictures.setTabToolTip(pictures.addTab(m_judgesView, tr("S&tar")),
        tr("The selected star, what every judge says of it, and the standards of the two who "
           "differ most"));
    connect(m_judges, &JudgesPanel::judgeRequested, this, &EvaluatePage::judge);
    connect(m_judges, &JudgesPanel::starChosen, this, &EvaluatePage::selectJudged);
    connect(m_judges, &JudgesPanel::starOpened, this, [this](int row) {
        selectJudged(row);
        emit pageRequested(QStringLiteral("spectra"));
    });
    connect(m_judges, &JudgesPanel::saveRequested, this,
        [this](const PlotTable& table) { saveList(table, QStringLiteral("judges.csv")); });
    connect(&m_judging, &StarJudging::judged, this, &EvaluatePage::takeJudged);
    connect(&m_judging, &StarJudging::failed, this, [this](const base::Error& error) {
        m_judges->setBusy(false);
        m_context.status.showMessage(errorText(error), StatusReporter::Severity::Error);
    });
    connect(&m_judging, &StarJudging::gonRefused, this, [this](const base::Error& error) {
        m_context.status.showMessage(
            tr("The Gradient Origin Network does not judge: %1").arg(errorText(error)),
            StatusReporter::Severity::Warning);
    });
    connect(&m_context.status, &StatusReporter::jobsChanged, this,
        [this] { m_judges->setBusy(m_judging.isBusy()); });
    connect(&m_context.workspace, &Workspace::modelChanged, this, [this] {
        m_judges->setOutdated(m_context.workspace.model() != m_judgingModel
            || m_context.workspace.robustModel() != m_judgingRobust);
        showJudgesPossible();
    });
    showJudgesPossible();
}

void EvaluatePage::showJudgesPossible()
{
    m_judges->setPossible(m_context.workspace.hasModel(), m_evaluation != nullptr);
}

void EvaluatePage::judge(JudgesPanel::Stars stars)
{
    if (!m_context.workspace.hasModel())
        return;
    auto orders = starsToJudge(stars);
    if (orders.empty()) {
        m_context.status.showMessage(
            tr("There is no star to judge: open spectra, or choose other stars"));
        return;
    }
    m_judgingModel = m_context.workspace.model();
    m_judgingRobust = m_context.workspace.robustModel();
    m_judging.start(std::move(orders), m_gon);
    m_judges->setBusy(true);
}

StarOrder EvaluatePage::orderOf(const SpectrumEntry& entry) const
{
    return { entry.id, entry.name, entry.file, entry.spectrum,
        m_labelOf ? m_labelOf(entry.id) : QString(), entry.type, {} };
}

StarOrder EvaluatePage::orderOfStandard(int row) const
{
    const auto place = static_cast<std::size_t>(row);
    const SpectrumEntry& entry = *m_context.spectra.entry(m_context.spectra.standardId(place));
    StarOrder order = orderOf(entry);
    const mk::Standard& standard = m_context.workspace.atlas()->standards()[place];
    order.standard = QString::fromStdString(standard.name);
    order.name = order.standard;
    order.published = QString::fromStdString(mk::print(standard.type));
    return order;
}

std::vector<StarOrder> EvaluatePage::starsToJudge(JudgesPanel::Stars stars) const
{
    std::vector<StarOrder> orders;
    const auto atlas = m_context.workspace.atlas();
    if (stars == JudgesPanel::Stars::Opened) {
        for (int row = 0; row < m_context.spectra.openedCount(); ++row) {
            const auto id = m_context.spectra.index(row, 0).data(SpectrumListModel::IdRole);
            const SpectrumEntry& entry = *m_context.spectra.entry(id.value<SpectrumId>());
            if (entry.spectrum != nullptr || !entry.file.isEmpty())
                orders.push_back(orderOf(entry));
        }
    } else if (stars == JudgesPanel::Stars::Evaluation && m_evaluation && m_evaluation->stars) {
        for (const auto& [name, file] : m_evaluation->files)
            orders.push_back({ kNoSpectrum, QString::fromStdString(name),
                QFileInfo(QString::fromStdString(file.string())).absoluteFilePath(), nullptr, {}, m_evaluator->typeOf(name),
                {} });
    } else if (atlas != nullptr) {
        QSet<int> rows;
        if (stars == JudgesPanel::Stars::Evaluation && m_evaluation && m_evaluation->test)
            for (const std::string& name : m_evaluation->test->standardNames)
                if (const auto row = standardRow(
                        *atlas, QString::fromStdString(name).section('/', -1)))
                    rows.insert(*row);
        for (int row = 0; row < static_cast<int>(atlas->standards().size()); ++row)
            if (stars == JudgesPanel::Stars::Standards || rows.contains(row))
                orders.push_back(orderOfStandard(row));
    }
    return orders;
}

void EvaluatePage::takeJudged(const JudgedRows& stars)
{
    m_judges->setBusy(false);
    m_judges->setOutdated(false);
    m_judges->setStars(*stars);
    showEmptyState(false);
    showJudged();
    m_context.status.showMessage(
        tr("%n stars were judged: those on which the judges differ most come first", nullptr,
            static_cast<int>(stars->size())));
}

SpectrumId EvaluatePage::listed(const QString& file)
{
    return m_context.spectra.addFiles({ file }).first();
}

void EvaluatePage::selectJudged(int row)
{
    const JudgedRow& star = m_judges->judges().stars()[static_cast<std::size_t>(row)];
    if (star.id == kNoSpectrum)
        m_judges->setId(row, listed(star.file));
    m_context.selection.setSpectrum(star.id);
    showJudged();
}

void EvaluatePage::showJudged()
{
    const SpectrumId id = m_context.selection.spectrum();
    const SpectrumEntry* entry = m_context.spectra.entry(id);
    auto row = m_judges->judges().rowOf(id);
    if (!row && entry != nullptr)
        if ((row = m_judges->judges().rowOfFile(entry->file)); row) // opened after it was judged
            m_judges->setId(*row, id);
    m_judges->markStar(id);
    const auto atlas = m_context.workspace.atlas();
    m_suspects->markStar(entry != nullptr && entry->standard && atlas
            ? QString::fromStdString(atlas->standards()[*entry->standard].name)
            : QString());
    m_judgesView->showStar(
        id, row ? &m_judges->judges().stars()[static_cast<std::size_t>(*row)] : nullptr);
}

void EvaluatePage::followLabel(SpectrumId star)
{
    if (!m_labelOf)
        return;
    m_judges->setHumanType(star, m_labelOf(star));
    if (star == m_context.selection.spectrum())
        showJudged();
}

} // namespace maury::ui
