#pragma once

#include "ui/pages/page.h"

namespace maury::ui {

/// The spectrum of the selected star with standards over it.
class SpectraPage : public Page {
    Q_OBJECT
public:
    explicit SpectraPage(const PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool usesStarList() const override { return true; }

private:
    PageContext m_context;
};

} // namespace maury::ui
