#include "ui/bridge/run_text.h"

#include <QCoreApplication>

namespace maury::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::RunText)
};

} // namespace

QString relationText(mk::AtlasRelation relation)
{
    switch (relation) {
    case mk::AtlasRelation::Same:
        return Text::tr("The test set holds other variations of the training stars: it shows that "
                        "the network has learned them, not how well it types other stars.");
    case mk::AtlasRelation::Smoothed:
        return Text::tr("The test library shows the training stars again, smoothed, as in the "
                        "paper: it shows that the program is right, not how well it types other "
                        "stars.");
    case mk::AtlasRelation::Independent:
        return Text::tr("The spectra of the test library are not those of the training stars.");
    }
    return {};
}

QString atlasText(const std::string& name)
{
    return name == "builtin" ? Text::tr("the built-in atlas") : QString::fromStdString(name);
}

} // namespace maury::ui
