# libseccomp: Seccomp::Seccomp. Without pkg-config, which nothing else needs to build Kith.
find_path(Seccomp_INCLUDE_DIR seccomp.h)
find_library(Seccomp_LIBRARY seccomp)
if(Seccomp_INCLUDE_DIR)
    file(STRINGS "${Seccomp_INCLUDE_DIR}/seccomp.h" parts REGEX "#define SCMP_VER_M(AJOR|INOR)")
    string(REGEX REPLACE "[^0-9;]" "" parts "${parts}")
    list(JOIN parts "." Seccomp_VERSION)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Seccomp
    REQUIRED_VARS Seccomp_LIBRARY Seccomp_INCLUDE_DIR VERSION_VAR Seccomp_VERSION)
if(Seccomp_FOUND AND NOT TARGET Seccomp::Seccomp)
    add_library(Seccomp::Seccomp UNKNOWN IMPORTED)
    set_target_properties(Seccomp::Seccomp PROPERTIES
        IMPORTED_LOCATION "${Seccomp_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Seccomp_INCLUDE_DIR}")
endif()
mark_as_advanced(Seccomp_INCLUDE_DIR Seccomp_LIBRARY)
