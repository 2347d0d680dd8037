#include "core/store/where.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr const char* kNone = "none";
constexpr const char* kPlace = "--where";

/// Shorter names that people use.
std::string columnNameOf(const std::string& word)
{
    static const std::map<std::string, std::string> kShort { { "ra", "ra_deg" },
        { "dec", "dec_deg" }, { "sn", "snr" }, { "name", "object" }, { "sptype", "type" },
        { "velocity", "velocity_kms" }, { "r", "resolving_power" } };
    const std::string lower = base::lowerCase(word);
    const auto found = kShort.find(lower);
    return found == kShort.end() ? lower : found->second;
}

bool isTextColumn(const std::string& name)
{
    const auto columns = textColumns();
    return std::any_of(columns.begin(), columns.end(),
        [&name](const TextColumn& column) { return column.name == name; });
}

bool isNumberColumn(const std::string& name)
{
    const auto columns = numberColumns();
    return std::any_of(columns.begin(), columns.end(),
        [&name](const NumberColumn& column) { return column.name == name; });
}

std::string allColumns()
{
    std::string names;
    for (const TextColumn& column : textColumns())
        names += (names.empty() ? "" : ", ") + std::string(column.name);
    for (const NumberColumn& column : numberColumns())
        names += ", " + std::string(column.name);
    return names;
}

std::optional<double> numberOf(const std::string& text)
{
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end && std::isfinite(value) ? std::optional(value)
                                                                       : std::nullopt;
}

struct Token {
    enum Kind { Word, Quoted, Operator, Open, Close, End };
    Kind kind = End;
    std::string text;
};

bool isOperatorChar(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Result<std::vector<Token>> tokensOf(const std::string& text)
{
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const auto takeWhile = [&](const auto& accepts) {
            const std::size_t from = at;
            while (at < text.size() && accepts(text[at]))
                ++at;
            return text.substr(from, at - from);
        };
        if (isSpace(c)) {
            ++at;
        } else if (c == '(' || c == ')') {
            tokens.push_back({ c == '(' ? Token::Open : Token::Close, std::string(1, c) });
            ++at;
        } else if (c == '"') {
            const std::size_t end = text.find('"', at + 1);
            if (end == std::string::npos)
                return failure(ErrorCode::OptionInvalid, kPlace, text.substr(at), "a closing \"");
            tokens.push_back({ Token::Quoted, text.substr(at + 1, end - at - 1) });
            at = end + 1;
        } else if (isOperatorChar(c)) {
            tokens.push_back({ Token::Operator, takeWhile(isOperatorChar) });
        } else {
            tokens.push_back({ Token::Word, takeWhile([](char each) {
                return !isSpace(each) && !isOperatorChar(each) && each != '(' && each != ')'
                    && each != '"';
            }) });
        }
    }
    tokens.push_back({ Token::End, "the end" });
    return tokens;
}

/// Columns that were read already.
class Columns {
public:
    explicit Columns(const Store& store)
        : m_store(store)
    {
    }
    [[nodiscard]] std::size_t rows() const { return m_store.size(); }
    Result<const std::vector<std::string>*> texts(const std::string& name)
    {
        return get(m_texts, name, [this](const std::string& column) { return m_store.texts(column); });
    }
    Result<const std::vector<double>*> numbers(const std::string& name)
    {
        return get(
            m_numbers, name, [this](const std::string& column) { return m_store.numbers(column); });
    }

private:
    template <typename T, typename Read>
    static Result<const std::vector<T>*> get(
        std::map<std::string, std::vector<T>>& known, const std::string& name, const Read& read)
    {
        auto found = known.find(name);
        if (found == known.end()) {
            auto values = read(name);
            if (!values)
                return Unexpected(values.error());
            found = known.emplace(name, *std::move(values)).first;
        }
        return &found->second;
    }

    const Store& m_store;
    std::map<std::string, std::vector<std::string>> m_texts;
    std::map<std::string, std::vector<double>> m_numbers;
};

bool holds(const std::string& text, const std::string& lowerPart)
{
    return base::lowerCase(text).find(lowerPart) != std::string::npos;
}

bool compare(double value, const std::string& how, double with)
{
    if (std::isnan(with)) // none
        return how == "=" ? std::isnan(value) : !std::isnan(value);
    if (how == "!=")
        return !(value == with);
    return how == "=" ? value == with
        : how == "<"  ? value < with
        : how == "<=" ? value <= with
        : how == ">"  ? value > with
                      : value >= with;
}

} // namespace

struct Where::Node {
    enum Kind { And, Or, Not, Compare, Search };
    using Truth = std::vector<char>; ///< one a row

    Kind kind = Compare;
    std::unique_ptr<Node> left;
    std::unique_ptr<Node> right;
    std::string column;
    std::string how;
    std::string text; ///< lower case
    double number = 0.0; ///< NaN: none

    [[nodiscard]] Result<Truth> evaluate(Columns& columns) const
    {
        switch (kind) {
        case And:
        case Or:
            return combined(columns);
        case Not: {
            auto truth = left->evaluate(columns);
            if (truth)
                for (char& value : *truth)
                    value = value == 0 ? 1 : 0;
            return truth;
        }
        case Search:
            return found(columns);
        case Compare:
            break;
        }
        return isTextColumn(column) ? comparedTexts(columns) : comparedNumbers(columns);
    }

private:
    [[nodiscard]] Result<Truth> combined(Columns& columns) const
    {
        auto first = left->evaluate(columns);
        if (!first)
            return first;
        const auto second = right->evaluate(columns);
        if (!second)
            return second;
        for (std::size_t i = 0; i < first->size(); ++i)
            (*first)[i] = kind == And ? (*first)[i] & (*second)[i] : (*first)[i] | (*second)[i];
        return first;
    }
    [[nodiscard]] Result<Truth> found(Columns& columns) const
    {
        Truth truth(columns.rows(), 0);
        for (const char* name : { "object", "type", "survey", "file" }) {
            const auto texts = columns.texts(name);
            if (!texts)
                return Unexpected(texts.error());
            for (std::size_t i = 0; i < truth.size(); ++i)
                if (truth[i] == 0 && holds((**texts)[i], text))
                    truth[i] = 1;
        }
        return truth;
    }
    [[nodiscard]] Result<Truth> comparedTexts(Columns& columns) const
    {
        const auto texts = columns.texts(column);
        if (!texts)
            return Unexpected(texts.error());
        const bool isPart = how == "~" || how == "!~";
        const bool isNot = how.front() == '!';
        Truth truth(columns.rows(), 0);
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const std::string& value = (**texts)[i];
            const bool fits = isPart ? holds(value, text)
                                     : base::lowerCase(value) == (text == kNone ? "" : text);
            truth[i] = fits != isNot ? 1 : 0;
        }
        return truth;
    }
    [[nodiscard]] Result<Truth> comparedNumbers(Columns& columns) const
    {
        const auto values = columns.numbers(column);
        if (!values)
            return Unexpected(values.error());
        Truth truth(columns.rows(), 0);
        for (std::size_t i = 0; i < truth.size(); ++i)
            truth[i] = compare((**values)[i], how, number) ? 1 : 0;
        return truth;
    }
};

/// Recursive descent; `or` binds less than `and`, which binds less than `not`.
class Where::Parser {
public:
    using Parsed = Result<std::unique_ptr<Node>>;

    explicit Parser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Parsed parse()
    {
        auto node = either();
        if (node && next().kind != Token::End)
            return failure(ErrorCode::OptionInvalid, kPlace, next().text, "and, or, or the end");
        return node;
    }

private:
    static constexpr int kDeepest = 200;

    [[nodiscard]] const Token& next() const { return m_tokens[m_at]; }
    [[nodiscard]] bool isWord(const char* word) const
    {
        return next().kind == Token::Word && base::lowerCase(next().text) == word;
    }
    Parsed joined(Node::Kind kind, Parsed left, Parsed right)
    {
        if (!left)
            return left;
        if (!right)
            return right;
        auto node = std::make_unique<Node>();
        node->kind = kind;
        node->left = *std::move(left);
        node->right = *std::move(right);
        return node;
    }
    Parsed either()
    {
        Parsed node = all();
        while (node && isWord("or")) {
            ++m_at;
            node = joined(Node::Or, std::move(node), all());
        }
        return node;
    }
    Parsed all()
    {
        Parsed node = term();
        while (node && (isWord("and") || (!isWord("or") && next().kind != Token::Close
                           && next().kind != Token::End))) {
            if (isWord("and"))
                ++m_at;
            node = joined(Node::And, std::move(node), term());
        }
        return node;
    }
    Parsed term()
    {
        if (++m_depth > kDeepest)
            return failure(ErrorCode::OptionInvalid, kPlace, "a condition nested this deep",
                "a simpler one");
        Parsed node = isWord("not") ? negated() : next().kind == Token::Open ? inside() : comparison();
        --m_depth;
        return node;
    }
    Parsed negated()
    {
        ++m_at;
        Parsed operand = term();
        if (!operand)
            return operand;
        auto node = std::make_unique<Node>();
        node->kind = Node::Not;
        node->left = *std::move(operand);
        return node;
    }
    Parsed inside()
    {
        ++m_at;
        Parsed node = either();
        if (!node)
            return node;
        if (next().kind != Token::Close)
            return failure(ErrorCode::OptionInvalid, kPlace, next().text, ")");
        ++m_at;
        return node;
    }
    Parsed comparison()
    {
        if (next().kind != Token::Word && next().kind != Token::Quoted)
            return failure(ErrorCode::OptionInvalid, kPlace, next().text, "the name of a column");
        const Token subject = m_tokens[m_at++];
        auto node = std::make_unique<Node>();
        if (next().kind != Token::Operator || subject.kind == Token::Quoted) {
            node->kind = Node::Search;
            node->text = base::lowerCase(subject.text);
            return node;
        }
        node->column = columnNameOf(subject.text);
        node->how = m_tokens[m_at++].text == "==" ? "=" : m_tokens[m_at - 1].text;
        if (next().kind != Token::Word && next().kind != Token::Quoted)
            return failure(ErrorCode::OptionInvalid, kPlace, next().text, "what to compare with");
        const Token object = m_tokens[m_at++];
        if (auto checked = complete(*node, object.text); !checked)
            return Unexpected(checked.error());
        return node;
    }
    static Result<void> complete(Node& node, const std::string& object)
    {
        const auto isOneOf = [&node](std::initializer_list<const char*> names) {
            return std::find(names.begin(), names.end(), node.how) != names.end();
        };
        node.text = base::lowerCase(object);
        if (isTextColumn(node.column))
            return isOneOf({ "=", "!=", "~", "!~" })
                ? Result<void>()
                : failure(ErrorCode::OptionInvalid, kPlace, node.column + " " + node.how,
                      "=, !=, ~ or !~ for a text");
        if (!isNumberColumn(node.column))
            return failure(ErrorCode::OptionInvalid, kPlace, "column " + node.column, allColumns());
        const auto number = node.text == kNone ? Entry::kNone : numberOf(object);
        const bool fits = number
            && (std::isnan(*number) ? isOneOf({ "=", "!=" })
                                    : isOneOf({ "=", "!=", "<", "<=", ">", ">=" }));
        if (!fits)
            return failure(ErrorCode::OptionInvalid, kPlace,
                fmt::format("{} {} {}", node.column, node.how, object),
                "a comparison with a number, or with none");
        node.number = *number;
        return {};
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
};

Where::Where(std::unique_ptr<Node> root)
    : m_root(std::move(root))
{
}
Where::~Where() = default;
Where::Where(Where&&) noexcept = default;
Where& Where::operator=(Where&&) noexcept = default;

Result<Where> Where::parse(const std::string& text)
{
    auto tokens = tokensOf(text);
    if (!tokens)
        return Unexpected(tokens.error());
    if (tokens->size() == 1)
        return Where(nullptr);
    auto root = Parser(*std::move(tokens)).parse();
    if (!root)
        return Unexpected(root.error());
    return Where(*std::move(root));
}

Result<std::vector<std::uint64_t>> Where::rows(const Store& store) const
{
    std::vector<std::uint64_t> rows(store.size());
    std::iota(rows.begin(), rows.end(), std::uint64_t { 0 });
    if (m_root == nullptr)
        return rows;
    Columns columns(store);
    const auto truth = m_root->evaluate(columns);
    if (!truth)
        return Unexpected(truth.error());
    std::erase_if(rows, [&truth](std::uint64_t row) { return (*truth)[row] == 0; });
    return rows;
}

Result<std::vector<std::uint64_t>> sorted(const Store& store, std::vector<std::uint64_t> rows,
    const std::string& column, bool descending)
{
    const auto order = [&](const auto& values, const auto& isNone) {
        std::stable_sort(rows.begin(), rows.end(), [&](std::uint64_t a, std::uint64_t b) {
            if (isNone(values[a]) || isNone(values[b]))
                return !isNone(values[a]) && isNone(values[b]);
            return descending ? values[b] < values[a] : values[a] < values[b];
        });
    };
    if (isTextColumn(column)) {
        const auto texts = store.texts(column);
        if (!texts)
            return Unexpected(texts.error());
        order(*texts, [](const std::string& text) { return text.empty(); });
        return rows;
    }
    EXPECTS(isNumberColumn(column));
    const auto numbers = store.numbers(column);
    if (!numbers)
        return Unexpected(numbers.error());
    order(*numbers, [](double value) { return std::isnan(value); });
    return rows;
}

} // namespace maury::store
