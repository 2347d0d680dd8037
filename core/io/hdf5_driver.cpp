#include "core/io/hdf5_bytes.h"

#include <hdf5.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>

namespace maury::io {
namespace {

/// What the library calls an open file: its own part must come first.
struct DriverFile {
    H5FD_t common {};
    Hdf5Bytes* bytes = nullptr;
    haddr_t endOfAddresses = 0;
    haddr_t endOfFile = 0;
};

struct DriverSettings {
    Hdf5Bytes* bytes;
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
    file->bytes = settings->bytes;
    file->endOfFile = settings->bytes->size();
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
    return driverFile(file)->bytes->read(address, bytes, size) ? 0 : -1;
}

herr_t writeBytes(
    H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* bytes)
{
    DriverFile* own = driverFile(file);
    own->bytes->write(address, bytes, size);
    own->endOfFile = std::max<haddr_t>(own->endOfFile, address + size);
    return 0;
}

herr_t truncateFile(H5FD_t* file, hid_t, hbool_t)
{
    DriverFile* own = driverFile(file);
    if (own->endOfAddresses != own->endOfFile)
        own->bytes->truncate(own->endOfAddresses);
    own->endOfFile = own->endOfAddresses;
    return 0;
}

H5FD_class_t driverClass()
{
    static constexpr H5FD_mem_t kFreeLists[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
    H5FD_class_t driver {};
    driver.name = "maury-bytes";
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

std::int64_t createAccessList(Hdf5Bytes& bytes)
{
    const H5FD_class_t driver = driverClass();
    const hid_t driverId = H5FDregister(&driver);
    const hid_t list = driverId < 0 ? H5I_INVALID_HID : H5Pcreate(H5P_FILE_ACCESS);
    const DriverSettings settings { &bytes };
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
