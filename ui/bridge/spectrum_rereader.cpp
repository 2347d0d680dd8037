#include "ui/bridge/spectrum_rereader.h"

#include "ui/bridge/when_done.h"

#include <QtConcurrent>

namespace maury::ui {

SpectrumRereader::SpectrumRereader(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

SpectrumRereader::~SpectrumRereader()
{
    cancel();
    m_pool.waitForDone();
}

void SpectrumRereader::request(
    SpectrumId id, const io::SpectrumFiles& files, const io::ReadOptions& options)
{
    using Read = base::Result<spectrum::SpectrumPtr>;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [files, options] { return std::make_shared<Read>(io::readSpectrumFiles(files, options)); }),
        [this, id, generation = ++m_generation](const std::shared_ptr<Read>& result) {
            if (generation != m_generation)
                return;
            if (*result)
                emit read(id, **result);
            else
                emit failed(id, result->error());
        });
}

} // namespace maury::ui
