// Types stars in a project without end, for a test that kills it: after every committed key it says
// how many there were.

#include "core/project/project.h"

#include <cstdio>
#include <string>

#include <unistd.h>

using namespace maury::project;

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    auto project = Project::open(argv[1]);
    if (!project) {
        std::fputs(maury::base::describe(project.error()).c_str(), stderr);
        return 1;
    }
    const auto stars = project->stars();
    if (!stars || stars->empty())
        return 1;
    for (std::size_t key = 1;; ++key) {
        // Every third key accepts, and the next star comes.
        Label label;
        label.type = "G2 V";
        label.notes = std::to_string(key);
        LabelState state;
        (key % 3 == 0 ? state.accepted : state.draft) = label;
        const StarId star = (*stars)[(key / 3) % stars->size()].id;
        if (!project->record(star, "typist", state))
            return 1;
        const std::string said = std::to_string(key) + "\n";
        if (::write(STDOUT_FILENO, said.data(), said.size()) < 0)
            return 1;
    }
}
