#pragma once

#include "core/base/contract.h"
#include "core/base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace maury::base {

/// Wraps an Error so that it converts into any Result<T>: `return Unexpected(error)`.
class Unexpected {
public:
    explicit Unexpected(Error error)
        : m_error(std::move(error))
    {
    }
    [[nodiscard]] Error& error() & { return m_error; }
    [[nodiscard]] Error&& error() && { return std::move(m_error); }

private:
    Error m_error;
};

/// A value or the Error that explains its absence; carries std::expected's names, which g++ 12 lacks.
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Unexpected unexpected)
        : m_state(std::in_place_index<1>, std::move(unexpected).error())
    {
    }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// Precondition: has_value().
    [[nodiscard]] const T& value() const&
    {
        EXPECTS(has_value());
        return std::get<0>(m_state);
    }
    [[nodiscard]] T& value() &
    {
        EXPECTS(has_value());
        return std::get<0>(m_state);
    }
    [[nodiscard]] T&& value() &&
    {
        EXPECTS(has_value());
        return std::get<0>(std::move(m_state));
    }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] T* operator->() { return &value(); }

    /// Precondition: !has_value().
    [[nodiscard]] const Error& error() const
    {
        EXPECTS(!has_value());
        return std::get<1>(m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// Success, or the Error that explains the failure.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Unexpected unexpected)
        : m_error(std::move(unexpected).error())
    {
    }

    [[nodiscard]] bool has_value() const { return !m_error.has_value(); }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] const Error& error() const
    {
        EXPECTS(m_error.has_value());
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

/// Shorthand for `Unexpected(Error{...})`.
[[nodiscard]] inline Unexpected failure(
    ErrorCode code, std::string place, std::string found = {}, std::string expected = {})
{
    return Unexpected(Error { code, std::move(place), std::move(found), std::move(expected), {} });
}

/// The same error with one more line of context ("while reading the atlas …"), for passing upwards.
[[nodiscard]] inline Unexpected failureIn(Error error, std::string context)
{
    error.context.push_back(std::move(context));
    return Unexpected(std::move(error));
}

} // namespace maury::base
