#include "ui/bridge/error_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace maury::ui {

namespace {

using base::ErrorCode;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::ErrorText)
public:
    static QString ofFile(ErrorCode code);
    static QString ofContent(ErrorCode code);
    static QString ofWork(ErrorCode code);
    static QString details(const base::Error& error);
};

QString Text::ofFile(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileMissing:
        return tr("There is no such file or folder");
    case ErrorCode::FileUnreadable:
        return tr("The file cannot be opened for reading");
    case ErrorCode::FileEmpty:
        return tr("The file is empty");
    case ErrorCode::FileTruncated:
        return tr("The file ends too early");
    case ErrorCode::FileDamaged:
        return tr("The file is damaged");
    case ErrorCode::FormatUnknown:
        return tr("This is not a format that can be read");
    case ErrorCode::FormatVersion:
        return tr("The file was written in another version of the format");
    case ErrorCode::WriteFailed:
        return tr("The file could not be written");
    default:
        return {};
    }
}

QString Text::ofContent(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ValueMissing:
        return tr("A needed value is missing");
    case ErrorCode::ValueInvalid:
        return tr("A value cannot be used");
    case ErrorCode::WavelengthsInvalid:
        return tr("The wavelengths cannot be used");
    case ErrorCode::CoverageInsufficient:
        return tr("The spectrum does not cover the range");
    case ErrorCode::AtlasEmpty:
        return tr("There are no standard spectra");
    case ErrorCode::ClassesInsufficient:
        return tr("Too few classes are left to train on");
    case ErrorCode::TypeUnparsable:
        return tr("This is not a spectral type");
    case ErrorCode::ModelMismatch:
        return tr("Model and data do not fit together");
    default:
        return {};
    }
}

QString Text::ofWork(ErrorCode code)
{
    switch (code) {
    case ErrorCode::OptionInvalid:
        return tr("The setting is out of range");
    case ErrorCode::OptionUnknown:
        return tr("The setting is not known");
    case ErrorCode::BackendUnavailable:
        return tr("The backend cannot be used");
    case ErrorCode::BackendFailed:
        return tr("The backend failed");
    case ErrorCode::TrainingDiverged:
        return tr("The training diverged");
    case ErrorCode::LibraryFailed:
        return tr("A library reported an error");
    case ErrorCode::Cancelled:
        return tr("Cancelled");
    default:
        return {};
    }
}

QString Text::details(const base::Error& error)
{
    const QString found = QString::fromStdString(error.found);
    const QString expected = QString::fromStdString(error.expected);
    if (!found.isEmpty() && !expected.isEmpty())
        return tr("found %1, expected %2").arg(found, expected);
    if (!found.isEmpty())
        return tr("found %1").arg(found);
    return expected.isEmpty() ? QString() : tr("expected %1").arg(expected);
}

} // namespace

QString sentenceText(base::ErrorCode code)
{
    for (const QString& text : { Text::ofFile(code), Text::ofContent(code), Text::ofWork(code) })
        if (!text.isEmpty())
            return text;
    return {};
}

QString errorText(const base::Error& error)
{
    QString text = sentenceText(error.code);
    if (!error.place.empty())
        text = Text::tr("%1: %2").arg(QString::fromStdString(error.place), text);
    if (const QString details = Text::details(error); !details.isEmpty())
        text = Text::tr("%1: %2").arg(text, details);
    QStringList context;
    for (const std::string& line : error.context)
        context.append(QString::fromStdString(line));
    return context.isEmpty() ? text : text + " (" + context.join("; ") + ")";
}

} // namespace maury::ui
