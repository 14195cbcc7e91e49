// What a fuzz target claims: a claim that does not hold ends the run, in every kind of build.
#pragma once

#include <cstdio>
#include <cstdlib>

#define CLAIM(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);              \
            std::abort();                                                                                    \
        }                                                                                                    \
    } while (false)
