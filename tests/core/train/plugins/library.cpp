// A library that is not found by its name (tst_backend_plugin).

extern "C" int libraryThatIsNotThere();

int libraryThatIsNotThere()
{
    return 1;
}
