#include "app/gui/main_window.h"
#include "app/gui/translations.h"
#include "app/gui/workbench.h"
#include "core/base/resource_paths.h"
#include "tests/ui/support/translation_file.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/error_text.h"
#include "ui/models/run_parameters.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>
#include <QTranslator>

#include <memory>

using namespace maury;
using test::TranslatedText;

namespace {

const QString kTranslations = QStringLiteral(MAURY_SOURCE_DIR "/translations/");
const QString kFrench = kTranslations + "maury_fr.ts";

QString shareFolder()
{
    return QString::fromStdString((base::shareFolder() / "translations").string());
}

QStringList headersOf(const QTableView& table)
{
    QStringList texts;
    for (int column = 0; table.model() != nullptr && column < table.model()->columnCount();
         ++column)
        texts << table.model()->headerData(column, Qt::Horizontal).toString();
    return texts;
}

/// What a widget says: on its face, in its tips and to a screen reader.
QStringList textsOf(const QWidget& widget)
{
    QStringList texts { widget.windowTitle(), widget.toolTip(), widget.statusTip(),
        widget.accessibleName(), widget.accessibleDescription() };
    for (const char* name : { "text", "title", "placeholderText", "prefix", "suffix" })
        texts << widget.property(name).toString();
    for (const QAction* action : widget.actions())
        texts << action->text() << action->statusTip() << action->toolTip();
    if (const auto* combo = qobject_cast<const QComboBox*>(&widget))
        for (int i = 0; i < combo->count(); ++i)
            texts << combo->itemText(i);
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
        for (int i = 0; i < tabs->count(); ++i)
            texts << tabs->tabText(i) << tabs->tabToolTip(i);
    if (const auto* table = qobject_cast<const QTableView*>(&widget))
        texts << headersOf(*table);
    return texts;
}

/// Labels and buttons that get less width than their words need, or are seen only after scrolling
/// sideways.
QStringList clipped(const QWidget& window)
{
    QStringList texts;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const QString text = widget->property("text").toString();
        const bool words = qobject_cast<const QLabel*>(widget) != nullptr
            || qobject_cast<const QAbstractButton*>(widget) != nullptr;
        if (!words || text.isEmpty() || !widget->isVisible())
            continue;
        bool cut = widget->width() < widget->minimumSizeHint().width();
        for (const QWidget* place = widget; place != nullptr; place = place->parentWidget()) {
            const auto* area = qobject_cast<const QAbstractScrollArea*>(place);
            if (area == nullptr)
                continue;
            const int left = widget->mapTo(area->viewport(), QPoint(0, 0)).x();
            cut = cut || left < 0 || left + widget->width() > area->viewport()->width();
        }
        if (cut)
            texts << text;
    }
    return texts;
}

/// The workbench as `maury --lang fr` opens it, with a settings folder of its own.
class FrenchWorkbench {
public:
    FrenchWorkbench()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
            QString::fromStdString(m_folder.path().string()));
        m_workbench = std::make_unique<gui::Workbench>(gui::CommandLine {});
        m_usable = std::make_unique<QSignalSpy>(m_workbench.get(), &gui::Workbench::usable);
    }
    [[nodiscard]] gui::MainWindow& window() { return m_workbench->window(); }
    [[nodiscard]] bool waitUntilUsable() { return m_usable->size() == 1 || m_usable->wait(60'000); }

private:
    test::TemporaryFolder m_folder;
    std::unique_ptr<gui::Workbench> m_workbench;
    std::unique_ptr<QSignalSpy> m_usable;
};

} // namespace

class TestTranslations : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("maury");
        QCoreApplication::setApplicationName("tst_translations");
        gui::installTranslations(*qApp, "fr");
    }

    void isComplete_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("French") << "maury_fr.ts" << QStringList();
        QTest::newRow("English plurals") << "maury_en.ts" << QStringList("-pluralonly");
    }

    // lupdate on a copy of the file: a text that came to the sources since would show as
    // unfinished.
    void isComplete()
    {
        QFETCH(const QString, name);
        QFETCH(const QStringList, options);
        if (!QFileInfo::exists(MAURY_LUPDATE))
            QSKIP("lupdate is not installed: " MAURY_LUPDATE);
        const test::TemporaryFolder folder;
        const auto copy = QString::fromStdString((folder / name.toStdString()).string());
        QVERIFY(QFile::copy(kTranslations + name, copy));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(MAURY_SOURCE_DIR));
        const QStringList always { "-silent", "-no-obsolete", "-locations", "none", "-I", ".", "ui",
            "app/gui", "-ts", copy };
        lupdate.start(QStringLiteral(MAURY_LUPDATE), options + always);
        QVERIFY2(lupdate.waitForFinished(120'000), qPrintable(lupdate.errorString()));
        QCOMPARE(lupdate.exitCode(), 0);

        const auto texts = test::readTranslations(copy);
        QVERIFY(!texts.isEmpty());
        QStringList missing;
        for (const TranslatedText& text : texts)
            if (!text.finished || text.forms.isEmpty() || text.forms.contains(QString()))
                missing << text.context + ": " + text.source;
        QVERIFY2(missing.isEmpty(),
            qPrintable("missing in translations/" + name + ":\n" + missing.join('\n')));
    }

    void pluralsAreEnglish()
    {
        QTranslator english;
        QVERIFY(english.load("maury_en", shareFolder()));
        const auto rows = [&](int count) {
            return english.translate("maury::ui::TableWindow", "%n rows", nullptr, count);
        };
        QCOMPARE(rows(1), QString("%n row"));
        QCOMPARE(rows(2), QString("%n rows"));
    }

    void frenchKeepsWhatTheProgramNeeds()
    {
        for (const TranslatedText& text : test::readTranslations(kFrench))
            for (const QString& form : text.forms)
                for (const QString& wrong : test::differences(text.source, form))
                    QFAIL(qPrintable(
                        text.context + ": " + text.source + " → " + form + ": " + wrong));
    }

    void differencesAreFound()
    {
        QVERIFY(test::differences("&Save %1 of %2…", "&Enregistrer %2 de %1…").isEmpty());
        QCOMPARE(test::differences("%1 of %2", "%1 sur %1").size(), 1);
        QCOMPARE(test::differences("%n rows", "lignes").size(), 1);
        QCOMPARE(test::differences("&Save", "Enregistrer").size(), 1);
        QCOMPARE(test::differences(" mm", "mm").size(), 1);
        QCOMPARE(test::differences("Save…", "Enregistrer").size(), 1);
        QCOMPARE(test::differences("<b>%1</b>", "%1").size(), 1);
    }

    void errorsAndSettingsSpeakFrench()
    {
        QCOMPARE(ui::errorText({ base::ErrorCode::FileEmpty, "étoile.fits", {}, {}, {} }),
            QString("étoile.fits\u202f: Le fichier est vide"));
        QCOMPARE(ui::parameterLabel("lr"), QString("Taux d’apprentissage"));
    }

    void theWindowSpeaksFrench()
    {
        FrenchWorkbench workbench;
        QStringList titles;
        for (const ui::Page* page : workbench.window().pages())
            titles << page->title();
        QCOMPARE(titles.mid(0, 3), QStringList({ "Spectres", "Classer", "Apprentissage" }));
        QVERIFY(workbench.waitUntilUsable());

        // No widget shows an English text that has another French one: a wrong context would.
        QSet<QString> english;
        QSet<QString> french;
        for (const TranslatedText& text : test::readTranslations(kFrench)) {
            english << text.source;
            for (const QString& form : text.forms)
                french << form;
        }
        english -= french;
        QSet<QString> left;
        for (const QWidget* widget : workbench.window().findChildren<QWidget*>())
            for (const QString& text : textsOf(*widget))
                if (english.contains(text))
                    left << text;
        QVERIFY2(left.isEmpty(), qPrintable(QStringList(left.values()).join('\n')));
    }

    void frenchFitsASmallScreen()
    {
        FrenchWorkbench workbench;
        QVERIFY(workbench.waitUntilUsable());
        gui::MainWindow& window = workbench.window();
        window.resize(1024, 700);
        window.show();
        for (int page = 0; page < window.pages().size(); ++page) {
            window.showPage(page);
            for (QTabBar* tabs : window.findChildren<QTabBar*>())
                for (int tab = tabs->count() - 1; tab >= 0 && tabs->isVisible(); --tab) {
                    tabs->setCurrentIndex(tab);
                    QCoreApplication::processEvents();
                    const QString place = window.pages()[page]->title() + ", " + tabs->tabText(tab);
                    QVERIFY2(window.size() == QSize(1024, 700), qPrintable(place));
                    const QStringList cut = clipped(window);
                    QVERIFY2(cut.isEmpty(), qPrintable(place + ": " + cut.join(" | ")));
                }
        }
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
