#include "core/io/hdf5_sink.h"

#include <hdf5.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <limits>
#include <memory>

#include <unistd.h>

namespace maury::io {

void Hdf5Sink::write(std::uint64_t address, const void* bytes, std::size_t size)
{
    const char* next = static_cast<const char*>(bytes);
    while (size > 0 && m_error == 0) {
        const ssize_t written = ::pwrite(m_descriptor, next, size, static_cast<off_t>(address));
        if (written < 0) {
            m_error = errno == EINTR ? 0 : errno;
            continue;
        }
        next += written;
        address += static_cast<std::uint64_t>(written);
        size -= static_cast<std::size_t>(written);
    }
}

void Hdf5Sink::read(std::uint64_t address, void* bytes, std::size_t size) const
{
    char* next = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t count = ::pread(m_descriptor, next, size, static_cast<off_t>(address));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        next += count;
        address += static_cast<std::uint64_t>(count);
        size -= static_cast<std::size_t>(count);
    }
    // Beyond the end of the file there are zeros, as in the library's own drivers.
    std::memset(next, 0, size);
}

void Hdf5Sink::truncate(std::uint64_t size)
{
    if (m_error == 0 && ::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0)
        m_error = errno;
}

namespace {

/// What the library calls an open file: its own part must come first.
struct DriverFile {
    H5FD_t common {};
    Hdf5Sink* sink = nullptr;
    haddr_t endOfAddresses = 0;
    haddr_t endOfFile = 0;
};

struct DriverSettings {
    Hdf5Sink* sink;
};

DriverFile* driverFile(H5FD_t* file)
{
    return reinterpret_cast<DriverFile*>(file);
}
const DriverFile* driverFile(const H5FD_t* file)
{
    return reinterpret_cast<const DriverFile*>(file);
}

H5FD_t* openFile(const char*, unsigned, hid_t accessList, haddr_t)
{
    const auto* settings = static_cast<const DriverSettings*>(H5Pget_driver_info(accessList));
    if (settings == nullptr)
        return nullptr;
    auto file = std::make_unique<DriverFile>();
    file->sink = settings->sink;
    return &file.release()->common;
}

herr_t closeFile(H5FD_t* file)
{
    const std::unique_ptr<DriverFile> owned(driverFile(file));
    return 0;
}

herr_t queryFeatures(const H5FD_t*, unsigned long* flags)
{
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE
        | H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

haddr_t endOfAddresses(const H5FD_t* file, H5FD_mem_t)
{
    return driverFile(file)->endOfAddresses;
}

herr_t setEndOfAddresses(H5FD_t* file, H5FD_mem_t, haddr_t address)
{
    driverFile(file)->endOfAddresses = address;
    return 0;
}

haddr_t endOfFile(const H5FD_t* file, H5FD_mem_t)
{
    return driverFile(file)->endOfFile;
}

herr_t readBytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* bytes)
{
    driverFile(file)->sink->read(address, bytes, size);
    return 0;
}

herr_t writeBytes(
    H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* bytes)
{
    DriverFile* own = driverFile(file);
    own->sink->write(address, bytes, size);
    own->endOfFile = std::max<haddr_t>(own->endOfFile, address + size);
    return 0;
}

herr_t truncateFile(H5FD_t* file, hid_t, hbool_t)
{
    DriverFile* own = driverFile(file);
    if (own->endOfAddresses != own->endOfFile)
        own->sink->truncate(own->endOfAddresses);
    own->endOfFile = own->endOfAddresses;
    return 0;
}

H5FD_class_t driverClass()
{
    static constexpr H5FD_mem_t kFreeLists[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
    H5FD_class_t driver {};
    driver.name = "maury-sink";
    driver.maxaddr = static_cast<haddr_t>(std::numeric_limits<std::int64_t>::max());
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.fapl_size = sizeof(DriverSettings);
    driver.open = openFile;
    driver.close = closeFile;
    driver.query = queryFeatures;
    driver.get_eoa = endOfAddresses;
    driver.set_eoa = setEndOfAddresses;
    driver.get_eof = endOfFile;
    driver.read = readBytes;
    driver.write = writeBytes;
    driver.truncate = truncateFile;
    std::copy(std::begin(kFreeLists), std::end(kFreeLists), std::begin(driver.fl_map));
    return driver;
}

} // namespace

std::int64_t createAccessList(Hdf5Sink& sink)
{
    const H5FD_class_t driver = driverClass();
    const hid_t driverId = H5FDregister(&driver);
    const hid_t list = driverId < 0 ? H5I_INVALID_HID : H5Pcreate(H5P_FILE_ACCESS);
    const DriverSettings settings { &sink };
    if (list >= 0 && H5Pset_driver(list, driverId, &settings) < 0) {
        H5Pclose(list);
        H5FDunregister(driverId);
        return H5I_INVALID_HID;
    }
    // The list and the file keep their own references to the driver.
    if (driverId >= 0)
        H5FDunregister(driverId);
    return list;
}

} // namespace maury::io
