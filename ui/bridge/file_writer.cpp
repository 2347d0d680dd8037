#include "ui/bridge/file_writer.h"

#include <QFileInfo>
#include <QSaveFile>

namespace maury::ui {

base::Result<void> writeFile(const QString& file, const QByteArray& bytes)
{
    // Renaming would put a plain file in the place of a device, if the system let it.
    if (const QFileInfo there(file); there.exists() && !there.isFile())
        return base::failure(base::ErrorCode::WriteFailed, file.toStdString(),
            there.isDir() ? "a folder" : "a device", "a file");
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit())
        return {};
    return base::failureIn({ base::ErrorCode::WriteFailed, file.toStdString(), {}, {}, {} },
        out.errorString().toStdString());
}

} // namespace maury::ui
