#include "core/store/sealed_file.h"

#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"

#include <fstream>
#include <iterator>
#include <numeric>

#include <sys/wait.h>
#include <unistd.h>

using namespace maury;
using base::ErrorCode;
using store::SealedFile;
using store::SealedHead;

namespace {

constexpr std::uint64_t kStart = SealedHead::kBytes;

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

std::string text(std::size_t size, char first)
{
    std::string made(size, first);
    for (std::size_t i = 0; i < size; ++i)
        made[i] = static_cast<char>(first + static_cast<char>(i % 23));
    return made;
}

base::Result<void> make(const std::filesystem::path& file, const std::string& contents)
{
    auto sealed = SealedFile::create(file);
    if (!sealed)
        return base::Unexpected(sealed.error());
    (*sealed)->write(kStart, contents.data(), contents.size());
    return (*sealed)->commit();
}

/// What a reader sees behind the head.
base::Result<std::string> contents(const std::filesystem::path& file)
{
    auto sealed = SealedFile::openToRead(file);
    if (!sealed)
        return base::Unexpected(sealed.error());
    std::string all((*sealed)->size() - kStart, '\0');
    if (!(*sealed)->read(kStart, all.data(), all.size()))
        return base::Unexpected((*sealed)->damage().value());
    return all;
}

/// Overwrites some bytes, adds some, and commits.
base::Result<void> change(const std::filesystem::path& file, std::uint64_t at,
    const std::string& over, const std::string& added)
{
    auto sealed = SealedFile::openToChange(file);
    if (!sealed)
        return base::Unexpected(sealed.error());
    (*sealed)->write(kStart + at, over.data(), over.size());
    (*sealed)->write((*sealed)->size(), added.data(), added.size());
    return (*sealed)->commit();
}

std::string changed(std::string before, std::uint64_t at, const std::string& over,
    const std::string& added)
{
    return before.replace(at, over.size(), over) + added;
}

auto filesIn(const test::TemporaryFolder& folder)
{
    return std::distance(std::filesystem::directory_iterator(folder.path()), {});
}

} // namespace

class TestSealedFile : public QObject {
    Q_OBJECT
private slots:
    // A head that nothing follows has no digests, and no memory for them.
    void headsComeBack()
    {
        for (const std::uint64_t blocks : { 0U, 1U, 5U }) {
            store::SealedHead head;
            head.size += blocks * head.blockBytes();
            head.generation = 7;
            for (std::uint64_t block = 0; block < blocks; ++block)
                head.digests.push_back(1000 + block);
            const auto read = store::decodeHead(store::encode(head));
            QVERIFY(read.has_value());
            QCOMPARE(read->size, head.size);
            QCOMPARE(read->generation, head.generation);
            QCOMPARE(read->digests, head.digests);
        }
    }

    void whatIsWrittenIsRead()
    {
        const test::TemporaryFolder folder;
        const std::string written = text(200'000, 'a');
        QVERIFY_RESULT(make(folder / "s", written));
        QCOMPARE(bytesOf(folder / "s").size(), kStart + written.size());
        const auto read = contents(folder / "s");
        QVERIFY_RESULT(read);
        QVERIFY(*read == written);
        const auto sealed = SealedFile::openToRead(folder / "s");
        QVERIFY_RESULT(sealed);
        QVERIFY_RESULT((*sealed)->verify());
        // The head reads as zeros, and so does what lies beyond the end.
        std::string around(20, 'x');
        QVERIFY((*sealed)->read(kStart - 10, around.data(), 20));
        QVERIFY(around == std::string(10, '\0') + written.substr(0, 10));
        QVERIFY((*sealed)->read(kStart + written.size() - 10, around.data(), 20));
        QVERIFY(around == written.substr(written.size() - 10) + std::string(10, '\0'));
        QCOMPARE(filesIn(folder), 1);
    }

    void withoutCommitNothingHappens()
    {
        const test::TemporaryFolder folder;
        {
            auto sealed = SealedFile::create(folder / "s");
            QVERIFY_RESULT(sealed);
            (*sealed)->write(kStart, "abc", 3);
        }
        QCOMPARE(filesIn(folder), 0);
        QVERIFY_RESULT(make(folder / "s", text(70'000, 'a')));
        const std::string before = bytesOf(folder / "s");
        {
            auto sealed = SealedFile::openToChange(folder / "s");
            QVERIFY_RESULT(sealed);
            (*sealed)->write(kStart + 5, "abc", 3);
            (*sealed)->write((*sealed)->size(), "tail", 4);
        }
        QVERIFY(bytesOf(folder / "s") == before);
        QCOMPARE(filesIn(folder), 1);
    }

    void changesAreSeenByTheNextReader()
    {
        const test::TemporaryFolder folder;
        std::string expected = text(150'000, 'a');
        QVERIFY_RESULT(make(folder / "s", expected));
        for (const std::uint64_t at : { 0U, 65'530U, 149'990U }) {
            QVERIFY_RESULT(change(folder / "s", at, "0123456789", text(40'000, 'k')));
            expected = changed(expected, at, "0123456789", text(40'000, 'k'));
            const auto read = contents(folder / "s");
            QVERIFY_RESULT(read);
            QVERIFY(*read == expected);
        }
        QCOMPARE(filesIn(folder), 1);
    }

    void filesShrinkToo()
    {
        const test::TemporaryFolder folder;
        const std::string before = text(150'000, 'a');
        QVERIFY_RESULT(make(folder / "s", before));
        {
            auto sealed = SealedFile::openToChange(folder / "s");
            QVERIFY_RESULT(sealed);
            (*sealed)->write(kStart + 100'000, "end", 3);
            (*sealed)->truncate(kStart + 100'003);
            QVERIFY_RESULT((*sealed)->commit());
        }
        const auto read = contents(folder / "s");
        QVERIFY_RESULT(read);
        QVERIFY(*read == before.substr(0, 100'000) + "end");
        QCOMPARE(bytesOf(folder / "s").size(), kStart + 100'003);
    }

    void blocksGrowWithTheFile()
    {
        const test::TemporaryFolder folder;
        {
            auto sealed = SealedFile::create(folder / "s");
            QVERIFY_RESULT(sealed);
            // More blocks of the first size than the head has room for; most of it is a hole.
            (*sealed)->write(kStart, "first", 5);
            (*sealed)->write(kStart + (SealedHead::kMostBlocks << SealedHead::kFirstBlockBits),
                "last", 4);
            QVERIFY_RESULT((*sealed)->commit());
        }
        const auto sealed = SealedFile::openToRead(folder / "s");
        QVERIFY_RESULT(sealed);
        std::string last(4, ' ');
        QVERIFY((*sealed)->read((*sealed)->size() - 4, last.data(), 4));
        QVERIFY(last == "last");
    }

    void everyDamagedByteIsNoticed()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(make(folder / "s", text(70'000, 'a')));
        const std::string whole = bytesOf(folder / "s");
        for (std::size_t at = 0; at < whole.size(); at += at < 600 ? 37 : 4099) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            const auto read = contents(folder.write("d", damaged));
            QVERIFY2(!read, qPrintable(QString("byte %1").arg(at)));
            const auto code = read.error().code;
            QVERIFY(code == ErrorCode::FileDamaged || (at < 8 && code == ErrorCode::FormatUnknown));
        }
    }

    void everyTruncationIsAnError()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(make(folder / "s", text(70'000, 'a')));
        const std::string whole = bytesOf(folder / "s");
        for (std::size_t size = 0; size < whole.size(); size += size < 20 ? 1 : 5003) {
            const auto read = contents(folder.write("d", whole.substr(0, size)));
            QVERIFY2(!read, qPrintable(QString("%1 bytes").arg(size)));
            const auto code = read.error().code;
            QVERIFY(size == 0 ? code == ErrorCode::FileEmpty
                    : size < 8 ? code == ErrorCode::FormatUnknown
                               : code == ErrorCode::FileTruncated);
        }
    }

    void whatIsNoStore()
    {
        const test::TemporaryFolder folder;
        const auto code = [](const std::filesystem::path& file) {
            return SealedFile::openToRead(file).error().code;
        };
        QVERIFY(code(folder / "none") == ErrorCode::FileMissing);
        QVERIFY(code(folder.path()) == ErrorCode::FileUnreadable);
        QVERIFY(code(folder.write("text", "a plain text")) == ErrorCode::FormatUnknown);
        const auto missing = SealedFile::create(folder / "no folder" / "s");
        QVERIFY(!missing && missing.error().code == ErrorCode::WriteFailed);
    }

    // The journal as a program leaves it that was killed after writing it and before using it.
    void aChangeThatWasWrittenDownIsCompleted()
    {
        const test::TemporaryFolder folder;
        const std::string before = text(150'000, 'a');
        QVERIFY_RESULT(make(folder / "s", before));
        const std::string old = bytesOf(folder / "s");
        QVERIFY_RESULT(change(folder / "s", 10, "changed", text(30'000, 'k')));
        const std::string after = bytesOf(folder / "s");
        // Every state between: what was added is there, of what was overwritten only a part.
        const auto journal = [&] {
            store::Journal made { store::decodeHead(std::as_bytes(std::span(after))).value(), {} };
            const auto block = std::as_bytes(std::span(after)).subspan(kStart, 65536);
            made.patches.emplace(kStart, std::vector(block.begin(), block.end()));
            return made;
        }();
        for (const std::size_t written : { std::size_t { 0 }, std::size_t { 1000 },
                 std::size_t { kStart }, std::size_t { kStart + 15 }, after.size() }) {
            const std::string torn
                = after.substr(0, written) + old.substr(std::min(written, old.size()))
                + after.substr(std::max(written, old.size()));
            const auto file = folder.write("t", torn);
            QVERIFY_RESULT(store::writeJournal(file, std::as_bytes(std::span(old)).first(kStart), journal));
            const auto read = contents(file);
            QVERIFY_RESULT(read);
            QVERIFY(*read == changed(before, 10, "changed", text(30'000, 'k')));
            QVERIFY_RESULT(SealedFile::openToChange(file));
            QVERIFY(!std::filesystem::exists(store::journalOf(file)));
            QVERIFY(bytesOf(file) == after);
        }
        // An incomplete journal, and one of another file, mean nothing.
        const auto file = folder.write("u", old);
        QVERIFY_RESULT(store::writeJournal(file, std::as_bytes(std::span(after)).first(kStart), journal));
        QVERIFY(contents(file).value() == before);
        const std::string whole = bytesOf(store::journalOf(file));
        QVERIFY_RESULT(store::writeJournal(file, std::as_bytes(std::span(old)).first(kStart), journal));
        const std::string good = bytesOf(store::journalOf(file));
        folder.write("u.journal", good.substr(0, good.size() - 100));
        QVERIFY(contents(file).value() == before);
        QVERIFY(whole.size() == good.size());
    }

    void aFullDiskLeavesTheFileAsItWas()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(make(folder / "s", text(100'000, 'a')));
        const std::string before = bytesOf(folder / "s");
        {
            const test::FileSizeLimit limit(kStart + 150'000);
            const auto result = change(folder / "s", 0, "over", text(100'000, 'k'));
            QVERIFY(!result && result.error().code == ErrorCode::WriteFailed);
            const auto made = make(folder / "new", text(200'000, 'a'));
            QVERIFY(!made && made.error().code == ErrorCode::WriteFailed);
        }
        QVERIFY(bytesOf(folder / "s") == before);
        QCOMPARE(filesIn(folder), 1);
    }

    // A program that dies in mid-change takes nothing with it.
    void aKilledProgramLeavesTheFileAsItWas()
    {
        const test::TemporaryFolder folder;
        const std::string before = text(100'000, 'a');
        QVERIFY_RESULT(make(folder / "s", before));
        const pid_t child = ::fork();
        if (child == 0) {
            auto sealed = SealedFile::openToChange(folder / "s");
            if (sealed) {
                (*sealed)->write(kStart, "over", 4);
                (*sealed)->write((*sealed)->size(), "tail", 4);
            }
            ::_exit(sealed ? 7 : 1); // without any clean-up
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(WEXITSTATUS(status), 7);
        QVERIFY(contents(folder / "s").value() == before);
        QVERIFY_RESULT(change(folder / "s", 0, "more", "tail"));
        QVERIFY(contents(folder / "s").value() == changed(before, 0, "more", "tail"));
    }

    void readersAndWritersKeepApart()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(make(folder / "s", "contents"));
        {
            const auto first = SealedFile::openToRead(folder / "s");
            const auto second = SealedFile::openToRead(folder / "s");
            QVERIFY_RESULT(first);
            QVERIFY_RESULT(second);
            const auto writer = SealedFile::openToChange(folder / "s");
            QVERIFY(!writer && writer.error().code == ErrorCode::WriteFailed);
        }
        const auto writer = SealedFile::openToChange(folder / "s");
        QVERIFY_RESULT(writer);
        const auto reader = SealedFile::openToRead(folder / "s");
        QVERIFY(!reader && reader.error().code == ErrorCode::FileUnreadable);
    }
};

QTEST_GUILESS_MAIN(TestSealedFile)
#include "tst_sealed_file.moc"
