#include "ui/pages/answer_header.h"

#include "core/mk/spectral_type.h"
#include "ui/bridge/doubt_text.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/icons.h"
#include "ui/plots/plot_theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace maury::ui {

namespace {

constexpr int kIconSize = 16;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::AnswerHeader)
};

/// "K3.4 ± 0.6 III" where the model knows how sure it is, else its type as printed.
QString typeText(const classify::Prediction& prediction)
{
    if (!prediction.decimalSubclass || !prediction.subclassSigma)
        return QString::fromStdString(prediction.type);
    // Rounded first: 39.96 is G0.0, not F10.0.
    const double decimal = std::round(10.0 * *prediction.decimalSubclass) / 10.0;
    const double whole = 10.0 * std::floor(decimal / 10.0);
    const QString letter = QString::fromStdString(mk::printClass(whole)).left(1);
    return QStringLiteral("%1%2 ± %3 %4")
        .arg(letter, numberText(decimal - whole, 1), numberText(*prediction.subclassSigma, 1),
            QString::fromStdString(prediction.luminosityClass));
}

QString answerTip(const classify::Prediction& prediction)
{
    if (prediction.guess)
        return Text::tr("The best guess: the spectrum is unlike all that answers were calibrated "
                        "on, so that every type is as probable as any other");
    if (prediction.subclassSigma && prediction.subclassSigmaCalibrated)
        return Text::tr("Decimal subclass with its uncertainty and luminosity class, then the "
                        "probabilities of the spectral class and of I, III or V; calibrated on "
                        "standards that were held out");
    if (prediction.subclassSigma)
        return Text::tr("Decimal subclass with the width of the network's own answer, which does "
                        "not foretell its error: this model is not calibrated");
    return Text::tr("Spectral type with the probabilities that the network gives to its spectral "
                    "class and its luminosity class");
}

} // namespace

AnswerHeader::AnswerHeader(QWidget* parent)
    : QWidget(parent)
    , m_star(new QLabel(this))
    , m_answer(new QLabel(this))
    , m_legend(new QLabel(this))
    , m_verdictIcon(new QLabel(this))
    , m_verdict(new ElidedLabel(this))
{
    m_star->setTextFormat(Qt::PlainText);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_star->setFont(large);
    m_answer->setFont(large);
    QFont strong = large;
    strong.setBold(true);
    m_star->setFont(strong);
    m_star->setAccessibleName(tr("Star"));
    m_answer->setAccessibleName(tr("Answer of the model"));
    m_legend->setAccessibleName(tr("Legend"));
    m_legend->setTextFormat(Qt::RichText);
    m_verdict->setAccessibleName(tr("Whether the answer can be believed"));
    m_verdictIcon->setFixedSize(kIconSize, kIconSize);
    // Both lines keep their height, so that the plot does not jump from star to star.
    m_star->setMinimumHeight(QFontMetrics(strong).height());
    m_verdict->setMinimumHeight(fontMetrics().height());

    auto* first = new QHBoxLayout;
    first->setSpacing(16);
    first->addWidget(m_star);
    first->addWidget(m_answer);
    first->addStretch(1);
    auto* second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_verdictIcon);
    second->addWidget(m_verdict, 1);
    second->addWidget(m_legend);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void AnswerHeader::showStar(const SpectrumEntry& entry)
{
    const bool standard = entry.standard.has_value();
    QString name = standard ? entry.type : entry.name;
    m_star->setText(name);
    m_star->setToolTip(entry.file);
    m_answer->clear();
    if (standard)
        m_answer->setText(tr("standard %1").arg(entry.name));
    else if (!entry.type.isEmpty())
        m_answer->setText(tr("%1 in the file").arg(entry.type));
    if (entry.state == SpectrumEntry::State::Failed)
        setVerdict(Level::Error, entry.reason);
    else if (entry.state == SpectrumEntry::State::Waiting)
        setVerdict(Level::None, tr("Waiting to be read"));
    else
        setVerdict(Level::None, {});
}

void AnswerHeader::showAnalysis(const Analysis& analysis)
{
    if (analysis.preparationError) {
        setVerdict(Level::Warning,
            tr("Shown as in the file. %1").arg(errorText(*analysis.preparationError)));
        return;
    }
    if (analysis.predictionError) {
        setVerdict(Level::Warning, errorText(*analysis.predictionError));
        return;
    }
    if (!analysis.prediction)
        return;
    const classify::Prediction& prediction = *analysis.prediction;
    QString answer = m_answer->text();
    answer += (answer.isEmpty() ? "" : "   ")
        + QStringLiteral("→  %1   p %2 / %3")
              .arg(typeText(prediction), numberText(prediction.scProbability, 2),
                  numberText(prediction.lcProbability, 2));
    if (prediction.velocityKms)
        answer += QStringLiteral("   v ") + quantityText(*prediction.velocityKms, 0, tr("km/s"));
    if (prediction.edgeOfGrid)
        answer += QStringLiteral("   ") + tr("edge of the grid");
    m_answer->setText(answer);
    m_answer->setToolTip(answerTip(prediction));
    if (prediction.conformity.ok)
        setVerdict(Level::Good, tr("Like the spectra that the model was trained on"));
    else
        setVerdict(
            Level::Warning, tr("Unreliable: %1").arg(doubtTexts(prediction.conformity).join("; ")));
}

void AnswerHeader::showLegend(const QStringList& standards)
{
    m_standards = standards;
    paintLegend();
}

QString AnswerHeader::answer() const
{
    return m_answer->text();
}

void AnswerHeader::setVerdict(Level level, const QString& text)
{
    m_level = level;
    m_verdict->setWholeText(text);
    showVerdict();
}

void AnswerHeader::showVerdict()
{
    const PlotTheme theme = PlotTheme::from(palette());
    QPalette colours = palette();
    QIcon mark;
    if (m_level == Level::Warning) {
        colours.setColor(QPalette::WindowText, theme.warning);
        mark = icon(Symbol::Warning);
    } else if (m_level == Level::Error) {
        colours.setColor(QPalette::WindowText, theme.error);
        mark = icon(Symbol::Error);
    } else if (m_level == Level::Good) {
        mark = icon(Symbol::Good);
    }
    m_verdictIcon->setVisible(!mark.isNull());
    m_verdictIcon->setPixmap(mark.pixmap(QSize(kIconSize, kIconSize), devicePixelRatioF()));
    m_verdict->setPalette(colours);
}

void AnswerHeader::paintLegend()
{
    const PlotTheme theme = PlotTheme::from(palette());
    const auto item = [](const QColor& colour, const QString& name) {
        return QStringLiteral("<span style='color:%1'>━━</span>&nbsp;%2")
            .arg(colour.name(), name.toHtmlEscaped().replace(' ', "&nbsp;"));
    };
    QStringList items { item(theme.star, tr("star")) };
    const QColor colours[] { theme.standardFirst, theme.standardSecond };
    for (qsizetype i = 0; i < m_standards.size() && i < 2; ++i)
        items << item(colours[i], m_standards[i]);
    m_legend->setText(items.join("&nbsp;&nbsp;&nbsp; "));
}

void AnswerHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showVerdict();
        paintLegend();
    }
}

} // namespace maury::ui
