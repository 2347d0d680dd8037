// A plug-in that needs a library which is not there (tst_backend_plugin).

extern "C" int libraryThatIsNotThere();
extern "C" const void* mauryBackendPlugin();

const void* mauryBackendPlugin()
{
    return libraryThatIsNotThere() == 0 ? "" : nullptr;
}
