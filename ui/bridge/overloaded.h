#pragma once

namespace maury::ui {

/// Several lambdas as one visitor of a variant.
template <typename... Visitors> struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors> Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace maury::ui
