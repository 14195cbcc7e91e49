# Compiling faster without changing what is compiled.
#
# KITH_UNITY  several sources of one library are compiled as one, in a seventh of the time, and LLD links, where it is.
#             packaging/build-and-test.sh builds so; lint_tidy and macos_compile_check_x86_64 read and compile every
#             source by itself, so that an include that is missing is found. Off for everybody else, whose builds are
#             mostly of one file.
# KITH_PCH    headers of the standard library and of Qt are read once for all the tests, which are a hundred programs
#             of a source or two. Switch it off to use ccache, which keeps no objects made with them.
option(KITH_UNITY "Compile several sources of a library as one" OFF)
option(KITH_PCH "Precompile headers of the standard library and of Qt for the tests" ON)

# Set here for every target, tests left out (tests/CMakeLists.txt).
if(KITH_UNITY)
    set(CMAKE_UNITY_BUILD ON)
    set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)
    # Where there are tests, a hundred programs are linked. The package is linked as everybody else's programs are.
    find_program(KITH_LLD ld.lld)
    if(KITH_LLD AND KITH_TESTS)
        add_link_options(-fuse-ld=lld)
    endif()
endif()

set(KITH_PCH_STANDARD
    <algorithm> <array> <cerrno> <chrono> <cstdint> <cstring> <deque> <functional> <memory> <optional> <span> <string>
    <string_view> <utility> <variant> <vector>)
set(KITH_PCH_QT
    ${KITH_PCH_STANDARD}
    <QByteArray> <QCoreApplication> <QDateTime> <QDir> <QFile> <QHash> <QJsonDocument> <QJsonObject> <QList> <QObject>
    <QPointer> <QSet> <QString> <QStringList> <QTimer>)
set(KITH_PCH_WIDGETS
    ${KITH_PCH_QT}
    <QAbstractItemModel> <QAccessible> <QApplication> <QDialog> <QIcon> <QKeyEvent> <QLabel> <QLocale> <QMenu>
    <QPainter> <QPushButton> <QScrollBar> <QStyledItemDelegate> <QWidget>)

# kith_share_headers(TEST USES library...): the tests, a hundred programs of a source or two each, share two sets.
# Neither holds <QTest>, whose headers read macros that differ from folder to folder.
function(kith_share_headers target)
    cmake_parse_arguments(ARG "" "" "USES" ${ARGN})
    if(NOT KITH_PCH)
        return()
    endif()
    set(kind qt)
    if("kith_gui" IN_LIST ARG_USES)
        set(kind widgets)
    endif()
    set(headers kith_test_headers_${kind})
    if(NOT TARGET ${headers})
        set(nothing "${CMAKE_BINARY_DIR}/generated/nothing.cpp")
        if(NOT EXISTS "${nothing}")
            file(WRITE "${nothing}" "// A precompiled header needs a source to go with.\n")
        endif()
        add_library(${headers} OBJECT "${nothing}")
        set_target_properties(${headers} PROPERTIES AUTOMOC OFF AUTOUIC OFF)
        if(kind STREQUAL "widgets")
            target_link_libraries(${headers} PRIVATE kith_options Qt6::Widgets)
            target_precompile_headers(${headers} PRIVATE ${KITH_PCH_WIDGETS})
        else()
            target_link_libraries(${headers} PRIVATE kith_options Qt6::Core)
            target_precompile_headers(${headers} PRIVATE ${KITH_PCH_QT})
        endif()
    endif()
    target_precompile_headers(${target} REUSE_FROM ${headers})
endfunction()
