# Installing and packing (CPack): what goes where on Linux, the bundle on macOS.
#
# Linux:  bin/kith, bin/kith-cli, libexec/kith/kith-worker and its module kith-tls.so. A program looks for its worker
#         beside itself (a build directory) and in ../libexec/kith (an installation; src/app/CMakeLists.txt tells it).
# macOS:  Kith.app with the worker and kith-cli beside the program in Contents/MacOS. Never run: see README.md.
#
# A program that this build leaves out has no rule.

set(KITH_APP_ID io.github.kith_chat.Kith) # also the Wayland app id, so the desktop entry bears the same name
set(KITH_CONTACT "The Kith authors <kith-chat@users.noreply.github.com>")
# The day of the release in CHANGELOG.md; no clock is read, so that a build repeats.
set(KITH_RELEASE_DATE 2026-11-22)
set(KITH_RELEASE_DATE_RFC "Sun, 22 Nov 2026 12:00:00 +0000")

set(CPACK_PACKAGE_NAME kith)
set(CPACK_PACKAGE_VENDOR "The Kith authors")
set(CPACK_PACKAGE_CONTACT "${KITH_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "talk directly, computer to computer")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_BINARY_DIR}/packages")

if(APPLE)
    set(contents "${CMAKE_BINARY_DIR}/src/app/Kith.app/Contents")
    if(TARGET kith)
        set_target_properties(kith PROPERTIES
            OUTPUT_NAME Kith
            MACOSX_BUNDLE ON
            MACOSX_BUNDLE_INFO_PLIST "${CMAKE_SOURCE_DIR}/packaging/macos/Info.plist.in"
            # A bundle identifier takes hyphens and no underscores; a D-Bus name the other way round.
            MACOSX_BUNDLE_GUI_IDENTIFIER io.github.kith-chat.Kith
            MACOSX_BUNDLE_BUNDLE_NAME Kith
            MACOSX_BUNDLE_BUNDLE_VERSION "${PROJECT_VERSION}"
            MACOSX_BUNDLE_SHORT_VERSION_STRING "${PROJECT_VERSION}"
            MACOSX_BUNDLE_COPYRIGHT "The Kith authors, Apache-2.0")
        # The bundle is copied as it is, with everything that was built into it.
        install(TARGETS kith BUNDLE DESTINATION .)
    endif()
    foreach(program kith-worker kith-tls kith-cli)
        if(TARGET ${program} AND TARGET kith)
            set_target_properties(${program} PROPERTIES
                RUNTIME_OUTPUT_DIRECTORY "${contents}/MacOS" LIBRARY_OUTPUT_DIRECTORY "${contents}/MacOS")
            add_dependencies(kith ${program})
        endif()
    endforeach()
    set(CPACK_GENERATOR DragNDrop)
    set(CPACK_DMG_VOLUME_NAME Kith)
    include(CPack)
    return()
endif()

foreach(program kith kith-cli)
    if(TARGET ${program})
        # Qt's project set-up would make them look for libraries beside themselves, where none are.
        set_target_properties(${program} PROPERTIES INSTALL_RPATH "")
        install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
    endif()
endforeach()
if(TARGET kith-worker)
    set_target_properties(kith-worker kith-tls PROPERTIES INSTALL_RPATH "")
    install(TARGETS kith-worker kith-tls
        RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/kith"
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/kith")
endif()

set(linux "${CMAKE_SOURCE_DIR}/packaging/linux")
set(made "${CMAKE_BINARY_DIR}/packaging")
install(FILES "${linux}/${KITH_APP_ID}.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
configure_file("${linux}/${KITH_APP_ID}.metainfo.xml.in" "${made}/${KITH_APP_ID}.metainfo.xml" @ONLY)
install(FILES "${made}/${KITH_APP_ID}.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
install(FILES "${CMAKE_SOURCE_DIR}/resources/icons/kith.svg"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps" RENAME ${KITH_APP_ID}.svg)
install(FILES "${CMAKE_SOURCE_DIR}/resources/icons/kith-symbolic.svg"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/symbolic/apps" RENAME ${KITH_APP_ID}-symbolic.svg)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${KITH_CONTACT}")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
# CPack puts the summary before it, and the blanks that the format asks for.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Kith is a chat for two people whose computers can reach each other. One
presses Host, the other presses Connect and types the address. There is no
account and no server; messages are kept on the two computers and nowhere
else.

Every connection runs in a process of its own. Netcat, telnet and classic
chat programs can take part in plain text. kith-cli does the same in a
terminal.")
# What is linked, dpkg-shlibdeps finds. What Qt loads at run time it cannot see: the history's database driver,
# SVG pictures, and a window under X11; under Wayland alone a further one.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, qt6-qpa-plugins")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland")

find_program(GZIP_PROGRAM gzip)
if(GZIP_PROGRAM)
    set(documentation "${CMAKE_INSTALL_DATADIR}/doc/kith")
    configure_file("${linux}/changelog.in" "${made}/changelog.Debian" @ONLY)
    configure_file("${CMAKE_SOURCE_DIR}/CHANGELOG.md" "${made}/changelog" COPYONLY)
    foreach(text changelog changelog.Debian)
        # -n: neither name nor time in it, so that two builds agree.
        execute_process(COMMAND "${GZIP_PROGRAM}" -9nc "${made}/${text}" OUTPUT_FILE "${made}/${text}.gz"
            COMMAND_ERROR_IS_FATAL ANY)
        install(FILES "${made}/${text}.gz" DESTINATION "${documentation}")
    endforeach()
    install(FILES "${linux}/copyright" DESTINATION "${documentation}")
endif()

include(CPack)
