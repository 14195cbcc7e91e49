# What every target of ours shares: one INTERFACE target with warnings, strict Qt macros and hardening, and
# the functions by which each folder of src/ becomes a library of the same name.

include(KithFast)

add_library(kith_options INTERFACE)
target_compile_features(kith_options INTERFACE cxx_std_20)
target_compile_options(kith_options INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wcast-align -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum
    $<$<BOOL:${KITH_WERROR}>:-Werror>
    -fstack-protector-strong)
target_compile_definitions(kith_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_KEYWORDS QT_NO_FOREACH QT_STRICT_ITERATORS
    QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
target_include_directories(kith_options INTERFACE "${CMAKE_SOURCE_DIR}/src")

if(KITH_SANITIZE)
    add_compile_options(-fsanitize=${KITH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${KITH_SANITIZE})
    if(KITH_FUZZ)
        add_compile_options(-fsanitize=fuzzer-no-link) # coverage in the libraries, for libFuzzer to steer by
    endif()
else()
    target_compile_definitions(kith_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()
if(NOT APPLE)
    target_compile_options(kith_options INTERFACE -fcf-protection -fstack-clash-protection)
    target_link_options(kith_options INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

# kith_library(NAME SOURCES file... [USES kith folder or library...])
#
# Makes the static library kith_NAME of the folder it is called in. USES is exactly the arrow list of
# ARCHITECTURE.md; tests/lint checks the includes against it.
function(kith_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
    add_library(kith_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(kith_${name} PUBLIC kith_options ${ARG_USES})
endfunction()

# kith_test(NAME LABEL label SOURCES file... [USES library...] [TIMEOUT seconds])
#
# One Qt Test program, run by CTest under its label (unit, process, gui).
function(kith_test name)
    cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;USES" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE kith_options Qt6::Test ${ARG_USES})
    kith_share_headers(${name} USES ${ARG_USES})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()
