#include "core/project/label_exchange.h"
#include "core/project/project.h"
#include "core/project/sqlite.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"

#include <QRandomGenerator>

#include <fstream>
#include <iterator>

#include <unistd.h>

using namespace maury;
using namespace maury::project;
using namespace maury::test;
using base::ErrorCode;

namespace {

Star star(const std::string& name, std::vector<std::string> files = {})
{
    return { 0, name, "G2V", 12.5, {}, std::move(files) };
}

Label label(const std::string& type, std::optional<int> quality = {})
{
    Label made;
    made.type = type;
    made.quality = quality;
    made.seconds = 3.5;
    made.timeUtc = "2026-01-31T12:00:00.000Z";
    return made;
}

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

/// Files may not be written while it lives, also when the tests run as root.
class OrdinaryUser {
public:
    OrdinaryUser()
    {
        constexpr uid_t kNobody = 65534;
        if (::geteuid() == 0)
            m_changed = ::seteuid(kNobody) == 0;
    }
    ~OrdinaryUser()
    {
        if (m_changed && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

private:
    bool m_changed = false;
};

/// A project of ten stars.
struct Fixture {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "work.maury";
    std::vector<StarId> stars;
    std::optional<Project> project;

    Fixture()
    {
        auto made = Project::create(file);
        if (!made)
            qFatal("%s", base::describe(made.error()).c_str());
        project.emplace(std::move(*made));
        std::vector<Star> ten;
        for (int i = 0; i < 10; ++i)
            ten.push_back(star("HD " + std::to_string(i), { "/data/" + std::to_string(i) }));
        const auto ids = project->addStars(ten);
        if (!ids)
            qFatal("%s", base::describe(ids.error()).c_str());
        stars = *ids;
    }
    void reopen()
    {
        project.reset();
        auto opened = Project::open(file);
        if (!opened)
            qFatal("%s", base::describe(opened.error()).c_str());
        project.emplace(std::move(*opened));
    }
};

} // namespace

class TestProject : public QObject {
    Q_OBJECT
private slots:
    void starsAreKnownByFileAndName()
    {
        Fixture f;
        QVERIFY(!std::filesystem::exists(f.folder / "work.maury.part"));
        // The same file is the same star; another file of this name is another star.
        const auto again = f.project->addStars(std::vector {
            star("new name", { "/data/3" }), star("HD 3", { "/elsewhere/3" }), star("HD 20") });
        QVERIFY_RESULT(again);
        QCOMPARE((*again)[0], f.stars[3]);
        const auto all = f.project->stars();
        QVERIFY_RESULT(all);
        QCOMPARE(all->size(), std::size_t { 12 });
        QCOMPARE((*all)[10].name, std::string("HD 3 (2)"));
        // A star without files (from imported labels) gets them when they come.
        const auto found = f.project->addStars(std::vector { star("HD 20", { "/data/20" }) });
        QVERIFY_RESULT(found);
        QCOMPARE(found->front(), (*again)[2]);
        QCOMPARE(f.project->stars()->back().files, std::vector<std::string> { "/data/20" });

        Star known;
        known.id = f.stars[0];
        known.catalogueType = "K0III";
        known.decDeg = -4.0;
        QVERIFY_RESULT(f.project->describeStar(known));
        f.reopen();
        const Star first = f.project->stars()->front();
        QCOMPARE(first.catalogueType, std::string("K0III"));
        QCOMPARE(first.raDeg, std::optional(12.5));
        QCOMPARE(first.decDeg, std::optional(-4.0));
    }

    void labelsAreThereAfterReopening()
    {
        Fixture f;
        LabelState state { label("K0 III", 2), label("G8 III", 4) };
        state.draft->flags.odd = true;
        state.draft->notes = "Ca II K \"strong\", CN weak";
        QVERIFY_RESULT(f.project->record(f.stars[2], "anna", state));
        QVERIFY_RESULT(f.project->record(f.stars[2], "ben", { {}, label("G9 III") }));
        f.reopen();
        const auto anna = f.project->labelState(f.stars[2], "anna");
        QVERIFY_RESULT(anna);
        QVERIFY(*anna == state);
        QVERIFY(*f.project->labelState(f.stars[3], "anna") == LabelState {});
        const auto all = f.project->labels();
        QVERIFY_RESULT(all);
        QCOMPARE(all->size(), std::size_t { 2 });
        QVERIFY((*all)[0].state == state);
        const auto accepted = f.project->acceptedLabels();
        QVERIFY_RESULT(accepted);
        QCOMPARE(accepted->size(), std::size_t { 2 });
        QCOMPARE((*accepted)[1].star, std::string("HD 2"));
        QCOMPARE((*accepted)[1].label.type, std::string("G9 III"));
    }

    /// What a project says: the table that is exported, and the drafts.
    static void contents(const Fixture& f, std::string& exported, std::vector<LabelState>& states)
    {
        const auto file = f.folder / "contents.ecsv";
        const auto labels = f.project->acceptedLabels();
        QVERIFY_RESULT(labels);
        QVERIFY_RESULT(writeLabels(file, *labels));
        exported = bytesOf(file);
        for (const StarId id : f.stars)
            states.push_back(*f.project->labelState(id, "anna"));
    }

    void fiveHundredActionsUndoneLeaveTheSameBytes()
    {
        Fixture f;
        QVERIFY_RESULT(f.project->record(f.stars[1], "anna", { label("A0 V"), label("A1 V", 3) }));
        std::string before;
        std::vector<LabelState> statesBefore;
        contents(f, before, statesBefore);

        struct Done {
            StarId star;
            EntryId before;
            EntryId after;
        };
        std::vector<Done> done;
        QRandomGenerator random(5);
        for (int i = 0; i < 500; ++i) {
            const StarId id = f.stars[static_cast<std::size_t>(random.bounded(10))];
            LabelState state = *f.project->labelState(id, "anna");
            if (!state.draft)
                state.draft = label("G0 V");
            switch (random.bounded(6)) {
            case 0:
                state.draft->type = QString("K%1 III").arg(random.bounded(8)).toStdString();
                break;
            case 1:
                state.draft->quality = random.bounded(5);
                break;
            case 2:
                state.draft->flags.odd = !state.draft->flags.odd;
                break;
            case 3:
                state.draft->notes += "x";
                break;
            case 4:
                state.accepted = std::exchange(state.draft, std::nullopt);
                break;
            default:
                state = {};
            }
            const auto last = f.project->lastEntry(id, "anna");
            QVERIFY_RESULT(last);
            const auto entry = f.project->record(id, "anna", state);
            QVERIFY_RESULT(entry);
            done.push_back({ id, *last, *entry });
        }
        std::string between;
        std::vector<LabelState> statesBetween;
        contents(f, between, statesBetween);
        for (auto step = done.rbegin(); step != done.rend(); ++step)
            QVERIFY_RESULT(f.project->restore(step->star, "anna", step->before));
        std::string after;
        std::vector<LabelState> statesAfter;
        contents(f, after, statesAfter);
        QVERIFY(between != before);
        QCOMPARE(after, before);
        QVERIFY(statesAfter == statesBefore);

        for (const Done& step : done)
            QVERIFY_RESULT(f.project->restore(step.star, "anna", step.after));
        std::string redone;
        std::vector<LabelState> statesRedone;
        contents(f, redone, statesRedone);
        QCOMPARE(redone, between);
        QVERIFY(statesRedone == statesBetween);
        // The entry of another star is none of this one.
        const auto foreign = f.project->restore(f.stars[0], "ben", done[0].after);
        QVERIFY(!foreign);
        QCOMPARE(foreign.error().code, ErrorCode::ValueMissing);
    }

    void theHistoryCannotBeRewritten()
    {
        Fixture f;
        QVERIFY_RESULT(f.project->record(f.stars[1], "anna", { label("A0 V"), {} }));
        f.project.reset();
        const auto database = Database::open(f.file, Database::Access::Write);
        QVERIFY_RESULT(database);
        for (const char* sql : { "UPDATE labels SET type = 'B0'", "DELETE FROM labels",
                 "UPDATE history SET draft = NULL", "DELETE FROM history" })
            QVERIFY(!database->execute(sql));
    }

    void recipesRunsAndSessions()
    {
        Fixture f;
        QVERIFY_RESULT(f.project->keepRecipe("/data/1", "{\"a\":1}"));
        QVERIFY_RESULT(f.project->keepRecipe("/data/1", "{\"a\":2}"));
        QCOMPARE(*f.project->recipeOf("/data/1"), std::string("{\"a\":2}"));
        QCOMPARE(*f.project->recipeOf("/data/2"), std::string());
        QVERIFY(!f.project->keepRecipe("/nowhere", "{}"));
        QVERIFY_RESULT(f.project->addRun("{\"epochs\":60}"));
        QVERIFY(!*f.project->lastSession());
        QVERIFY_RESULT(f.project->beginSession("anna"));
        QVERIFY_RESULT(f.project->keepPlace(f.stars[4]));
        f.reopen();
        QCOMPARE(f.project->runs()->front().summary, std::string("{\"epochs\":60}"));
        const auto session = f.project->lastSession();
        QVERIFY_RESULT(session);
        QVERIFY(*session);
        QCOMPARE((*session)->classifier, std::string("anna"));
        QCOMPARE((*session)->star, std::optional(f.stars[4]));
        // The next session begins where this one ended.
        QVERIFY_RESULT(f.project->beginSession("ben"));
        QCOMPARE((*f.project->lastSession())->star, std::optional(f.stars[4]));
    }

    void oneProgramWritesOthersRead()
    {
        Fixture f;
        const auto second = Project::open(f.file);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::WriteFailed);
        QVERIFY(QString::fromStdString(second.error().found)
                    .contains(QString::number(QCoreApplication::applicationPid())));
        QVERIFY(QString::fromStdString(second.error().expected).contains("read-only"));
        auto reader = Project::open(f.file, Project::Access::ReadOnly);
        QVERIFY_RESULT(reader);
        QVERIFY(reader->isReadOnly());
        QCOMPARE(reader->stars()->size(), std::size_t { 10 });
        QVERIFY_RESULT(f.project->record(f.stars[0], "anna", { label("B0 V"), {} }));
        QVERIFY(*reader->labelState(f.stars[0], "anna") == (LabelState { label("B0 V"), {} }));
        const auto refused = reader->record(f.stars[0], "ben", { label("B1 V"), {} });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WriteFailed);
        QVERIFY_RESULT(Project::copy(f.file, f.folder / "copy.maury"));
        QVERIFY(!Project::copy(f.file, f.folder / "copy.maury"));
        const auto copy = Project::open(f.folder / "copy.maury");
        QVERIFY_RESULT(copy);
        QVERIFY(*copy->labelState(f.stars[0], "anna") == (LabelState { label("B0 V"), {} }));
    }

    void aLockOfAnotherDatabaseProgramIsSaid()
    {
        Fixture f;
        const auto other = Database::open(f.file, Database::Access::Write);
        QVERIFY_RESULT(other);
        QVERIFY_RESULT(other->execute("BEGIN IMMEDIATE"));
        const auto refused = f.project->record(f.stars[0], "anna", { label("B0 V"), {} });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WriteFailed);
        QVERIFY(QString::fromStdString(base::describe(refused.error())).contains("locked"));
        QVERIFY_RESULT(other->execute("ROLLBACK"));
        QVERIFY_RESULT(f.project->record(f.stars[0], "anna", { label("B0 V"), {} }));
    }

    void afterAFullDiskNothingIsLost()
    {
        Fixture f;
        QVERIFY_RESULT(f.project->record(f.stars[0], "anna", { label("B0 V"), {} }));
        Label large = label("B2 V");
        large.notes = std::string(200'000, 'x');
        {
            const FileSizeLimit full(60'000);
            const auto refused = f.project->record(f.stars[0], "anna", { large, {} });
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::WriteFailed);
        }
        QVERIFY(*f.project->labelState(f.stars[0], "anna") == (LabelState { label("B0 V"), {} }));
        QVERIFY_RESULT(f.project->record(f.stars[0], "anna", { large, {} }));
        f.reopen();
        QVERIFY(*f.project->labelState(f.stars[0], "anna") == (LabelState { large, {} }));
        {
            const FileSizeLimit full(1'000);
            const auto none = Project::create(f.folder / "new.maury");
            QVERIFY(!none);
            QCOMPARE(none.error().code, ErrorCode::WriteFailed);
        }
        QVERIFY(!std::filesystem::exists(f.folder / "new.maury"));
        QVERIFY(!std::filesystem::exists(f.folder / "new.maury.part"));
    }

    void aReadOnlyDiskCanBeRead()
    {
        Fixture f;
        QVERIFY_RESULT(f.project->record(f.stars[0], "anna", { label("B0 V"), {} }));
        f.project.reset();
        std::filesystem::permissions(f.file, std::filesystem::perms(0444));
        std::filesystem::permissions(f.folder.path(), std::filesystem::perms(0555));
        {
            const OrdinaryUser user;
            const auto refused = Project::open(f.file);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::WriteFailed);
            QVERIFY(QString::fromStdString(refused.error().expected).contains("read-only"));
            const auto none = Project::create(f.folder / "new.maury");
            QVERIFY(!none);
            QCOMPARE(none.error().code, ErrorCode::WriteFailed);
            const auto reader = Project::open(f.file, Project::Access::ReadOnly);
            QVERIFY_RESULT(reader);
            QVERIFY(*reader->labelState(f.stars[0], "anna") == (LabelState { label("B0 V"), {} }));
        }
        std::filesystem::permissions(f.folder.path(), std::filesystem::perms(0755));
    }

    void damagedFilesAreRefusedUntouched_data()
    {
        QTest::addColumn<int>("damage");
        QTest::addColumn<int>("code");
        QTest::newRow("no bytes") << 0 << static_cast<int>(ErrorCode::FileEmpty);
        QTest::newRow("text") << 1 << static_cast<int>(ErrorCode::FileDamaged);
        QTest::newRow("cut off") << 2 << static_cast<int>(ErrorCode::FileDamaged);
        QTest::newRow("zeros inside") << 3 << static_cast<int>(ErrorCode::FileDamaged);
        QTest::newRow("newer") << 4 << static_cast<int>(ErrorCode::FormatVersion);
        QTest::newRow("another program") << 5 << static_cast<int>(ErrorCode::FormatUnknown);
    }
    void damagedFilesAreRefusedUntouched()
    {
        QFETCH(int, damage);
        QFETCH(int, code);
        Fixture f;
        QVERIFY_RESULT(f.project->record(f.stars[0], "anna", { label("B0 V"), label("B1 V") }));
        f.project.reset();
        std::string bytes = bytesOf(f.file);
        if (damage == 0)
            bytes.clear();
        else if (damage == 1)
            bytes = "star,type\n" + std::string(5000, 'x');
        else if (damage == 2)
            bytes.resize(bytes.size() / 2);
        else if (damage == 3)
            std::fill(bytes.begin() + 4096, bytes.begin() + 12288, '\0');
        else if (damage == 4)
            bytes[63] = 9; // user_version of the header, big endian from byte 60
        else
            bytes[70] = '?'; // application_id, from byte 68
        f.folder.write("work.maury", bytes);
        for (const auto access : { Project::Access::Write, Project::Access::ReadOnly }) {
            const auto refused = Project::open(f.file, access);
            QVERIFY(!refused);
            QVERIFY2(static_cast<int>(refused.error().code) == code,
                base::describe(refused.error()).c_str());
            QCOMPARE(QString::fromStdString(refused.error().place),
                QString::fromStdString(f.file.string()));
        }
        QVERIFY(bytesOf(f.file) == bytes);
    }

    void whatIsNoFileIsSaid()
    {
        const TemporaryFolder folder;
        const auto missing = Project::open(folder / "none.maury");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::FileMissing);
        const auto directory = Project::open(folder.path());
        QVERIFY(!directory);
        QCOMPARE(directory.error().code, ErrorCode::FileUnreadable);
        const auto nowhere = Project::create(folder / "no folder/work.maury");
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, ErrorCode::WriteFailed);
        QVERIFY_RESULT(Project::openOrCreate(folder / "new#1?.maury"));
        QVERIFY_RESULT(Project::open(folder / "new#1?.maury"));
        QVERIFY(!Project::create(folder / "new#1?.maury"));
    }
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
