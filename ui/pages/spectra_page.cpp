#include "ui/pages/spectra_page.h"

namespace maury::ui {

SpectraPage::SpectraPage(const PageContext& context, QWidget* parent)
    : Page("spectra", tr("Spectra"), parent)
    , m_context(context)
{
    setEmptyState(tr("No spectrum yet"),
        tr("Open a file or a folder of spectra, or drop them on this window."), {}, [] {});
}

} // namespace maury::ui
