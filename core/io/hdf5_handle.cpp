#include "core/io/hdf5_handle.h"

namespace maury::io {
namespace {

std::recursive_mutex& libraryMutex()
{
    static std::recursive_mutex mutex;
    return mutex;
}

/// Prepares the library; says whether it is thread-safe.
bool startLibrary()
{
    // Opening a damaged file can leave objects open inside the library (1.10), over which its
    // clean-up at the program's end stumbles with a page of text on stderr. Our handles close
    // everything.
    H5dont_atexit();
    hbool_t safe = 0;
    return H5is_library_threadsafe(&safe) >= 0 && safe;
}

herr_t appendError(unsigned, const H5E_error2_t* error, void* list)
{
    std::string text = error->func_name == nullptr ? "HDF5" : error->func_name;
    if (error->desc != nullptr)
        text += std::string(": ") + error->desc;
    static_cast<std::vector<std::string>*>(list)->push_back(std::move(text));
    return 0;
}

} // namespace

Hdf5Call::Hdf5Call()
    : m_lock(libraryMutex(), std::defer_lock)
{
    static const bool safe = startLibrary();
    if (!safe)
        m_lock.lock();
    H5Eget_auto2(H5E_DEFAULT, &m_printer, &m_printerData);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Call::~Hdf5Call()
{
    H5Eset_auto2(H5E_DEFAULT, m_printer, m_printerData);
}

void Hdf5Id::reset() noexcept
{
    if (!valid())
        return;
    const Hdf5Call call;
    H5Idec_ref(m_id);
    m_id = H5I_INVALID_HID;
}

std::vector<std::string> libraryErrors()
{
    std::vector<std::string> list;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, appendError, &list);
    return list;
}

} // namespace maury::io
