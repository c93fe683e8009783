// A desk with the sample exam, for whoever works on the terminal: assay-sample-desk FOLDER
// writes FOLDER/room-code and prints its address; commands are lines on standard input.
#include <iostream>

#include "tests/terminal/sample_room_fixture.h"

int main(int argc, char** argv) {
    using namespace assay;
    if (argc != 2) {
        std::cerr << "usage: assay-sample-desk FOLDER\n";
        return 2;
    }
    test::SampleRoom room(argv[1]);
    room.room_code_file();
    std::cout << room.address() << std::endl;
    std::string line;
    while (std::getline(std::cin, line) && line != "quit") {
        if (line.starts_with("answers ")) {
            const auto found = room.answers(std::stoul(line.substr(8)));
            std::cout << (found.ok() ? std::to_string(found->size()) : to_string(found.error()))
                      << std::endl;
            continue;
        }
        if (line.starts_with("state ")) {
            std::cout << room.candidate(std::stoul(line.substr(6))).state << std::endl;
            continue;
        }
        const Status done = room.command(line);
        std::cout << (done.ok() ? "ok" : to_string(done.error())) << std::endl;
    }
    return 0;
}
