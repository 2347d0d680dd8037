#include "core/io/multispec_scale.h"

#include "core/io/text_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;
using Term = MultispecScale::Term;
using Function = MultispecScale::Function;

double chebyshevOrLegendre(const Term& term, double pixel)
{
    const double n = (2.0 * pixel - (term.last + term.first)) / (term.last - term.first);
    double sum = 0.0;
    double before = 0.0;
    double value = 1.0;
    for (std::size_t i = 0; i < term.coefficients.size(); ++i) {
        sum += term.coefficients[i] * value;
        const double k = static_cast<double>(i);
        double next = i == 0 ? n : 2.0 * n * value - before;
        if (term.function == Function::Legendre)
            next = ((2.0 * k + 1.0) * n * value - k * before) / (k + 1.0);
        before = value;
        value = next;
    }
    return sum;
}

double spline(const Term& term, double pixel)
{
    const bool isCubic = term.function == Function::CubicSpline;
    const std::size_t extra = isCubic ? 3 : 1;
    const std::size_t pieces = term.coefficients.size() - extra;
    const double s = (pixel - term.first) / (term.last - term.first) * static_cast<double>(pieces);
    const double piece = std::clamp(std::floor(s), 0.0, static_cast<double>(pieces) - 1.0);
    const auto j = static_cast<std::size_t>(piece);
    const double a = piece + 1.0 - s;
    const double b = s - piece;
    const auto c = [&term, j](std::size_t i) { return term.coefficients[j + i]; };
    if (!isCubic)
        return c(0) * a + c(1) * b;
    return c(0) * a * a * a + c(1) * (1.0 + 3.0 * a * (1.0 + a * b))
        + c(2) * (1.0 + 3.0 * b * (1.0 + a * b)) + c(3) * b * b * b;
}

double valueOf(const Term& term, double pixel)
{
    const bool isPolynomial
        = term.function == Function::Chebyshev || term.function == Function::Legendre;
    return isPolynomial ? chebyshevOrLegendre(term, pixel) : spline(term, pixel);
}

/// Takes numbers one after the other; remembers when there was none.
class Numbers {
public:
    explicit Numbers(std::string_view text)
        : m_stream(std::string(text))
    {
    }
    double next()
    {
        std::string word;
        const auto number = m_stream >> word ? parseNumber(word) : std::nullopt;
        m_complete = m_complete && number && std::isfinite(*number);
        return m_complete ? *number : 0.0;
    }
    [[nodiscard]] bool complete() const { return m_complete; }
    [[nodiscard]] bool atEnd() { return (m_stream >> std::ws).eof(); }

private:
    std::istringstream m_stream;
    bool m_complete = true;
};

std::optional<Function> functionOf(double type)
{
    constexpr Function kFunctions[] = { Function::Chebyshev, Function::Legendre,
        Function::CubicSpline, Function::LinearSpline };
    for (int i = 0; i < 4; ++i)
        if (type == i + 1)
            return kFunctions[i];
    return std::nullopt;
}

base::Result<Term> parseTerm(Numbers& numbers, const std::string& place)
{
    constexpr double kMostCoefficients = 1000.0;
    Term term;
    term.weight = numbers.next();
    term.offset = numbers.next();
    const double type = numbers.next();
    const auto function = functionOf(type);
    const double order = numbers.next();
    term.first = numbers.next();
    term.last = numbers.next();
    if (!numbers.complete() || !function || order < 1.0 || order > kMostCoefficients)
        return failure(ErrorCode::ValueInvalid, place,
            fmt::format("a function of type {} and order {}", type, order),
            "a Chebyshev or Legendre polynomial or a spline (type 1 to 4)");
    if (term.last == term.first)
        return failure(ErrorCode::ValueInvalid, place, "a function over no pixels");
    term.function = *function;
    const auto extra = *function == Function::CubicSpline ? 3U
        : *function == Function::LinearSpline             ? 1U
                                                          : 0U;
    for (std::size_t i = 0; i < static_cast<std::size_t>(order) + extra; ++i)
        term.coefficients.push_back(numbers.next());
    if (!numbers.complete())
        return failure(ErrorCode::ValueInvalid, place, "too few coefficients",
            fmt::format("{}", static_cast<std::size_t>(order) + extra));
    return term;
}

} // namespace

double MultispecScale::wavelength(double pixel) const
{
    double value = start + step * (pixel - 1.0);
    if (law == Law::Log10)
        value = std::pow(10.0, value);
    if (law == Law::Sum) {
        value = 0.0;
        for (const Term& term : terms)
            value += term.weight * (term.offset + valueOf(term, pixel));
    }
    return value / (1.0 + redshift);
}

base::Result<MultispecScale> parseMultispecScale(std::string_view text, const std::string& place)
{
    Numbers numbers(text);
    MultispecScale scale;
    const double aperture = numbers.next();
    numbers.next(); // beam
    const double law = numbers.next();
    scale.start = numbers.next();
    scale.step = numbers.next();
    const double pixels = numbers.next();
    scale.redshift = numbers.next();
    numbers.next(); // limits of the aperture
    numbers.next();
    constexpr double kMostPixels = 1e7;
    if (!numbers.complete() || pixels < 1.0 || pixels > kMostPixels || scale.redshift <= -1.0
        || std::abs(aperture) > kMostPixels)
        return failure(ErrorCode::ValueInvalid, place, fmt::format("\"{}\"", text.substr(0, 60)),
            "aperture, beam, law, start, step, pixels, redshift and two limits");
    scale.aperture = static_cast<int>(aperture);
    scale.pixels = static_cast<std::size_t>(pixels);
    constexpr std::size_t kMostTerms = 50;
    if (law == 0.0)
        scale.law = MultispecScale::Law::Linear;
    else if (law == 1.0)
        scale.law = MultispecScale::Law::Log10;
    else if (law == 2.0)
        scale.law = MultispecScale::Law::Sum;
    while (scale.law == MultispecScale::Law::Sum && !numbers.atEnd()
        && scale.terms.size() < kMostTerms) {
        auto term = parseTerm(numbers, place);
        if (!term)
            return base::Unexpected(term.error());
        scale.terms.push_back(*std::move(term));
    }
    return scale;
}

std::vector<std::string> multispecTexts(const std::string& attributes)
{
    std::vector<std::string> texts;
    for (;;) {
        const std::string name = fmt::format("spec{}", texts.size() + 1);
        std::size_t at = attributes.find(name);
        while (at != std::string::npos) {
            const std::size_t after = attributes.find_first_not_of(' ', at + name.size());
            if (after != std::string::npos && attributes[after] == '=')
                break;
            at = attributes.find(name, at + 1);
        }
        const std::size_t open = at == std::string::npos ? at : attributes.find('"', at);
        const std::size_t close = open == std::string::npos ? open : attributes.find('"', open + 1);
        if (close == std::string::npos)
            return texts;
        texts.push_back(attributes.substr(open + 1, close - open - 1));
    }
}

} // namespace maury::io
