#include "ui/pages/backend_choice.h"

#include "core/train/backend.h"
#include "ui/pages/settings_form.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QListView>
#include <QStandardItemModel>

namespace maury::ui {
namespace {

constexpr int kCharacters = 16;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::BackendChoice)
};

} // namespace

MissingBackends fillBackends(QComboBox& box)
{
    MissingBackends missing;
    box.addItem(Text::tr("Automatic"), QStringLiteral("auto"));
    for (const auto& backend : train::listBackends()) {
        const auto name = QString::fromStdString(backend.name);
        const auto detail
            = QString::fromStdString(backend.available ? backend.device : backend.reason);
        box.addItem(backend.available ? Text::tr("%1 (%2)").arg(name, detail)
                                      : Text::tr("%1: %2").arg(name, detail),
            name);
        auto* items = qobject_cast<QStandardItemModel*>(box.model());
        items->item(box.count() - 1)->setEnabled(backend.available);
        box.setItemData(box.count() - 1, detail, Qt::ToolTipRole);
        if (backend.available)
            continue;
        missing.reasons.append(Text::tr("No %1: %2").arg(name, detail));
        if (backend.name == "cuda")
            missing.noDevice = missing.reasons.last();
    }
    // The box is narrow, its list is not.
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.setMinimumContentsLength(kCharacters);
    box.view()->setMinimumWidth(box.view()->sizeHintForColumn(0));
    return missing;
}

void addPrecisions(QComboBox& box)
{
    addChoice(box, Text::tr("TF32 (fast)"), train::Precision::Tf32);
    addChoice(box, Text::tr("FP32 (exact)"), train::Precision::Fp32);
}

QString precisionTip()
{
    return Text::tr("Of the factors of products on a GPU, 11 bits or 24; what computes elsewhere "
                    "does so in FP32");
}

} // namespace maury::ui
