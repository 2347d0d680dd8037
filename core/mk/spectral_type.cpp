// Reading and printing spectral types as catalogues write them.

#include "core/mk/spectral_type.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

namespace maury::mk {
namespace {

using base::ErrorCode;
using base::failure;

constexpr std::string_view kMkLetters = "OBAFGKM";

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}
bool isMkLetter(char letter)
{
    return kMkLetters.find(letter) != std::string_view::npos;
}

/// Walks through a type from left to right.
class TypeScanner {
public:
    explicit TypeScanner(std::string_view text)
        : m_rest(text)
    {
    }

    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] char at(std::size_t i) const { return i < m_rest.size() ? m_rest[i] : '\0'; }
    void skip(std::size_t letters) { m_rest.remove_prefix(letters); }
    bool take(std::string_view word)
    {
        if (m_rest.substr(0, word.size()) != word)
            return false;
        skip(word.size());
        return true;
    }

    /// A subclass: one digit and perhaps decimals ("0", "9.5").
    std::optional<double> takeSubclass()
    {
        if (!isDigit(at(0)))
            return std::nullopt;
        double value = at(0) - '0';
        skip(1);
        if (at(0) != '.' || !isDigit(at(1)))
            return value;
        skip(1);
        for (double unit = 0.1; isDigit(at(0)); unit /= 10.0) {
            value += unit * (at(0) - '0');
            skip(1);
        }
        return std::min(std::round(10.0 * value) / 10.0, 9.9);
    }

    /// A luminosity numeral with its code: Ia, Iab, Ib, I, II … VI.
    std::optional<double> takeNumeral()
    {
        // The longer before the shorter that they begin with; I alone is the middle of the
        // supergiants.
        constexpr std::array<std::pair<std::string_view, double>, 9> kNumerals { {
            { "III", 3.0 },
            { "II", 2.0 },
            { "IV", 4.0 },
            { "Iab", 0.5 },
            { "Ia", 0.0 },
            { "Ib", 1.0 },
            { "I", 0.5 },
            { "VI", 6.0 },
            { "V", 5.0 },
        } };
        for (const auto& [numeral, code] : kNumerals)
            if (take(numeral))
                return code;
        return std::nullopt;
    }

    [[nodiscard]] bool numeralFollows(std::size_t offset) const
    {
        return at(offset) == 'I' || at(offset) == 'V';
    }

private:
    std::string_view m_rest;
};

/// Everything that a type says, gathered while scanning.
struct Parts {
    double decimal = 0.0;
    std::optional<double> luminosity;
    std::string remainder;
    std::string ignored;
};

/// The end of a range of classes ("-2", "/K0"); of a slash the middle is taken, of a hyphen the
/// beginning.
void takeRange(TypeScanner& scanner, Parts& parts)
{
    const char sign = scanner.at(0);
    if (sign != '-' && sign != '/')
        return;
    TypeScanner ahead = scanner;
    ahead.skip(1);
    double base = 10.0 * std::floor(parts.decimal / 10.0);
    if (isMkLetter(ahead.at(0)) && isDigit(ahead.at(1))) {
        base = 10.0 * static_cast<double>(kMkLetters.find(ahead.at(0)));
        ahead.skip(1);
    }
    const auto subclass = ahead.takeSubclass();
    if (!subclass)
        return;
    const std::size_t length = scanner.rest().size() - ahead.rest().size();
    if (sign == '/')
        parts.decimal = std::round(5.0 * (parts.decimal + base + *subclass)) / 10.0;
    else
        parts.ignored += scanner.rest().substr(0, length);
    scanner = ahead;
}

/// Signs between class and luminosity ("K2-III", "G8+III", "K0: III"): finer than the numbers used
/// here.
void takeSigns(TypeScanner& scanner, Parts& parts)
{
    if ((scanner.at(0) == '-' || scanner.at(0) == '+') && scanner.numeralFollows(1)) {
        parts.ignored += scanner.at(0);
        scanner.skip(1);
    }
}

/// Peculiarities may stand before the luminosity class ("K1pIII", "B8mIV"); looks past them for a
/// numeral.
void takePeculiaritiesBeforeLuminosity(TypeScanner& scanner, Parts& parts)
{
    constexpr std::string_view kMarks = ":?*() ";
    std::size_t length = 0;
    while (std::islower(static_cast<unsigned char>(scanner.at(length))) != 0
        || (scanner.at(length) != '\0'
            && kMarks.find(scanner.at(length)) != std::string_view::npos))
        ++length;
    if (length == 0 || !scanner.numeralFollows(length))
        return;
    for (const char letter : scanner.rest().substr(0, length))
        if (letter != ' ')
            parts.remainder += letter;
    scanner.skip(length);
}

/// a, ab or b after II … V subdivide the class ("IIIb"): kept, not counted.
void takeSubdivision(TypeScanner& scanner, Parts& parts)
{
    while (scanner.at(0) == 'a' || scanner.at(0) == 'b') {
        parts.remainder += scanner.at(0);
        scanner.skip(1);
    }
}

void takeLuminosity(TypeScanner& scanner, Parts& parts)
{
    // A hypergiant: "G2 0" and "G20-Ia" are older than "G2 Ia0".
    if (scanner.take("0")) {
        parts.remainder += '0';
        scanner.take("-");
        parts.luminosity = scanner.takeNumeral().value_or(0.0);
        return;
    }
    parts.luminosity = scanner.takeNumeral();
    if (!parts.luminosity)
        return;
    const bool wholeClass = *parts.luminosity >= 2.0;
    if (wholeClass)
        takeSubdivision(scanner, parts);
    if (scanner.at(0) != '-' && scanner.at(0) != '/')
        return;
    TypeScanner ahead = scanner;
    ahead.skip(1);
    const auto second = ahead.takeNumeral();
    if (!second)
        return;
    // Half steps are what can be printed; a quarter ("Ia-Iab", "III-IIIb") keeps its first class.
    const double middle = 0.5 * (*parts.luminosity + *second);
    if (std::abs(*second - *parts.luminosity) < 1.0)
        return;
    parts.luminosity = std::round(2.0 * middle) / 2.0;
    scanner = ahead;
    if (*second >= 2.0)
        takeSubdivision(scanner, parts);
}

/// Everything behind the luminosity class: a companion is ignored, the rest kept.
void takeRest(TypeScanner& scanner, Parts& parts)
{
    std::string_view rest = scanner.rest();
    std::size_t end = std::min(rest.find("..."), rest.size());
    for (std::size_t i = 0; i < end; ++i) {
        const bool beforeStar = i + 1 < rest.size()
            && (std::isupper(static_cast<unsigned char>(rest[i + 1])) != 0 || rest[i + 1] == '.'
                || std::islower(static_cast<unsigned char>(rest[i + 1])) != 0);
        if (rest[i] == '+' && beforeStar)
            end = i;
    }
    parts.remainder += base::trim(rest.substr(0, end));
    parts.ignored += rest.substr(end);
}

base::Unexpected notMk(std::string_view text, const char* reason)
{
    return failure(ErrorCode::TypeUnparsable, {}, "\"" + std::string(text) + "\", " + reason,
        "an MK type such as G2V");
}

/// Letters outside O … M whose sequences are not the MK one: what can be read is kept whole.
base::Result<SpectralType> parseOtherSequence(std::string_view text)
{
    SpectralType type;
    // R and N are the old classes of the carbon stars.
    const bool oldCarbon = text[0] == 'R' || text[0] == 'N';
    type.letter = oldCarbon ? 'C' : text[0];
    type.remainder = std::string(oldCarbon ? text : text.substr(1));
    const auto digit = std::find_if(text.begin(), text.end(), isDigit);
    TypeScanner scanner(text.substr(static_cast<std::size_t>(digit - text.begin())));
    type.subclass = scanner.takeSubclass().value_or(0.0);
    if (digit == text.end() && text[0] != 'W')
        return notMk(text, "a class without its number");
    return type;
}

/// Old prefixes: c supergiant, g giant, sg subgiant, d dwarf, sd subdwarf ("gM3", "sdF5").
std::optional<double> takePrefix(TypeScanner& scanner, std::string& ignored)
{
    constexpr std::array<std::pair<std::string_view, double>, 5> kPrefixes { {
        { "sd", 6.0 },
        { "sg", 4.0 },
        { "c", 0.5 },
        { "g", 3.0 },
        { "d", 5.0 },
    } };
    for (const auto& [prefix, code] : kPrefixes) {
        TypeScanner ahead = scanner;
        if (!ahead.take(prefix))
            continue;
        const bool uncertain = ahead.take(":");
        ahead.take(" ");
        if (!isMkLetter(ahead.at(0)))
            continue;
        ignored += uncertain ? ":" : "";
        scanner = ahead;
        return code;
    }
    return std::nullopt;
}

/// kA2hA5mF0: types from the K line, the hydrogen lines and the metals. The hydrogen type counts.
std::optional<SpectralType> parseMetallicLined(std::string_view text)
{
    if (text.empty() || text[0] != 'k')
        return std::nullopt;
    const std::size_t hydrogen = text.find('h');
    if (hydrogen == std::string_view::npos || hydrogen + 2 >= text.size()
        || !isMkLetter(text[hydrogen + 1]) || !isDigit(text[hydrogen + 2]))
        return std::nullopt;
    TypeScanner scanner(text.substr(hydrogen + 2));
    SpectralType type;
    type.letter = text[hydrogen + 1];
    type.subclass = *scanner.takeSubclass();
    for (std::size_t i = 0; i < text.size() && !type.luminosityCode; ++i) {
        TypeScanner numeral(text.substr(i));
        type.luminosityCode = numeral.takeNumeral();
    }
    type.remainder = std::string(text);
    return type;
}

} // namespace

base::Result<SpectralType> parseSpectralType(std::string_view text)
{
    const std::string_view whole = base::trim(text, " \t\r\n\"'");
    if (whole.empty())
        return failure(ErrorCode::TypeUnparsable, {}, "nothing", "an MK type such as G2V");
    TypeScanner scanner(whole);
    // print() writes the hydrogen type before: "A5 kA2hA5mF0".
    const std::size_t printed = whole.find(" k");
    if (const auto metallic
        = parseMetallicLined(printed == std::string_view::npos ? whole : whole.substr(printed + 1)))
        return *metallic;
    if (whole[0] == 'D')
        return notMk(whole, "a white dwarf");
    if (std::string_view("WCSLTYRN").find(whole[0]) != std::string_view::npos)
        return parseOtherSequence(whole);

    Parts parts;
    const auto prefix = takePrefix(scanner, parts.ignored);
    const std::string_view kSubdwarfs = "OB";
    if (prefix == 6.0 && kSubdwarfs.find(scanner.at(0)) != std::string_view::npos)
        return notMk(whole, "a hot subdwarf");
    if (!isMkLetter(scanner.at(0)))
        return notMk(whole, "which does not begin with a spectral class");
    const std::size_t letter = kMkLetters.find(scanner.at(0));
    scanner.skip(1);
    const auto subclass = scanner.takeSubclass();
    if (!subclass)
        return notMk(whole, "a class without its number");
    if (isDigit(scanner.at(0))
        && (scanner.at(0) != '0' || isDigit(scanner.at(1)) || whole[0] == 'M'))
        return notMk(whole, "a subclass of two digits");
    parts.decimal = 10.0 * static_cast<double>(letter) + *subclass;
    takeRange(scanner, parts);
    takeSigns(scanner, parts);
    takePeculiaritiesBeforeLuminosity(scanner, parts);
    takeLuminosity(scanner, parts);
    takeRest(scanner, parts);
    if (!parts.luminosity)
        parts.luminosity = prefix;

    SpectralType type = typeFromDecimal(parts.decimal, parts.luminosity);
    type.remainder = std::move(parts.remainder);
    type.ignored = std::move(parts.ignored);
    return type;
}

std::string print(const SpectralType& type)
{
    if (!isMkLetter(type.letter))
        return std::string(1, type.letter) + type.remainder;
    std::string text = printClass(decimalSubclass(type));
    if (type.luminosityCode)
        text += " " + printLuminosity(*type.luminosityCode);
    // A blank keeps "A2 kA2hA5" and "B9 pSi" apart from what stands before.
    if (!type.remainder.empty() && (!type.luminosityCode || type.remainder[0] == 'k'))
        text += " ";
    return text + type.remainder;
}

} // namespace maury::mk
