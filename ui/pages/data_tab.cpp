#include "ui/pages/data_tab.h"

#include "ui/pages/atlas_choice.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace maury::ui {

DataTab::DataTab(const QList<ParameterRow*>& rows, QWidget* parent)
    : QWidget(parent)
    , m_trainAtlas(new AtlasChoice({}, this))
    , m_testAtlas(new AtlasChoice(tr("Other variations of the same standards"), this))
    , m_edges(new QComboBox(this))
    , m_fresh(new QCheckBox(tr("Augment anew for every epoch"), this))
    , m_seed(new QSpinBox(this))
{
    makeControls();
    auto* columns = makeColumns(this);
    auto* left = addColumn(*columns);
    auto* form = makeForm();
    addField(*form, tr("Training atlas"), m_trainAtlas, tr("The standards to learn from"));
    addField(*form, tr("Test atlas"), m_testAtlas, tr("The standards to be tested with"));
    addField(*form, tr("Edges"), m_edges,
        tr("What stands where a standard has no data: most files have zeros there, whose number "
           "gives a star away"));
    addField(*form, tr("Seed"), m_seed,
        tr("The same seed gives the same data, weights and order again"));
    left->addLayout(form);
    left->addStretch();
    auto* right = addColumn(*columns);
    for (ParameterRow* row : rows)
        right->addWidget(row);
    alignLabels(rows);
    right->addWidget(m_fresh);
    right->addStretch();
}

void DataTab::makeControls()
{
    addChoice(*m_edges, tr("As in the files (the paper's)"), dataset::EdgePixels::AsRead);
    addChoice(*m_edges, tr("Nearest value"), dataset::EdgePixels::Filled);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setKeyboardTracking(false);
    m_fresh->setToolTip(tr("Every epoch sees new variations, and the augmentation may change in "
                           "mid-run; the paper augments once"));
    m_fresh->setStatusTip(m_fresh->toolTip());
    connect(m_trainAtlas, &AtlasChoice::sourceChosen, this, [this] { m_atlasChosen = true; });
    for (AtlasChoice* atlas : { m_trainAtlas, m_testAtlas })
        connect(atlas, &AtlasChoice::sourceChosen, this, &DataTab::edited);
    connect(m_edges, &QComboBox::currentIndexChanged, this, &DataTab::edited);
    connect(m_fresh, &QCheckBox::toggled, this, &DataTab::edited);
    connect(m_seed, &QSpinBox::valueChanged, this, &DataTab::edited);
}

void DataTab::showRequest(const RunRequest& request)
{
    m_trainAtlas->setSource(request.trainAtlas);
    m_testAtlas->setSource(request.testAtlas);
    choose(*m_edges, request.config.edges);
    m_fresh->setChecked(request.config.freshEveryEpoch);
    m_seed->setValue(static_cast<int>(request.config.seed));
}

void DataTab::write(RunRequest& request) const
{
    request.trainAtlas = m_trainAtlas->source();
    request.testAtlas = m_testAtlas->source();
    request.config.edges = choice<dataset::EdgePixels>(*m_edges);
    request.config.freshEveryEpoch = m_fresh->isChecked();
    request.config.seed = static_cast<std::uint64_t>(m_seed->value());
}

void DataTab::setLocked(const QString& reason)
{
    for (QWidget* control : QList<QWidget*> { m_trainAtlas, m_testAtlas, m_edges, m_fresh, m_seed })
        lock(*control, reason);
}

void DataTab::setDefaultAtlas(const std::string& source)
{
    if (!m_atlasChosen)
        m_trainAtlas->setSource(source);
}

} // namespace maury::ui
