# kith_protobuf: the lite runtime of Protocol Buffers. Linked into the programs where its static library is
# installed: a worker that resolves a library less is ready earlier and keeps less memory of its own
# (BENCHMARKS.md).
add_library(kith_protobuf INTERFACE)
find_library(KITH_PROTOBUF_LITE_STATIC NAMES libprotobuf-lite.a)
if(KITH_PROTOBUF_LITE_STATIC AND NOT KITH_SANITIZE)
    target_link_libraries(kith_protobuf INTERFACE "${KITH_PROTOBUF_LITE_STATIC}" Threads::Threads)
else()
    target_link_libraries(kith_protobuf INTERFACE protobuf::libprotobuf-lite)
endif()
target_include_directories(kith_protobuf SYSTEM INTERFACE ${Protobuf_INCLUDE_DIRS})

# kith_protobuf_schema(TARGET FOLDER/FILE.proto)
#
# Generates FOLDER/FILE.pb.{h,cc} from src/ into the build folder's generated/, and compiles them into TARGET
# without our warnings.
function(kith_protobuf_schema target proto)
    string(REGEX REPLACE "\\.proto$" "" stem "${proto}")
    set(out "${CMAKE_BINARY_DIR}/generated")
    file(MAKE_DIRECTORY "${out}")
    add_custom_command(
        OUTPUT "${out}/${stem}.pb.cc" "${out}/${stem}.pb.h"
        COMMAND protobuf::protoc "--proto_path=${CMAKE_SOURCE_DIR}/src" "--cpp_out=${out}" "${proto}"
        DEPENDS "${CMAKE_SOURCE_DIR}/src/${proto}"
        VERBATIM)
    target_sources(${target} PRIVATE "${out}/${stem}.pb.cc" "${out}/${stem}.pb.h")
    target_include_directories(${target} SYSTEM PUBLIC "${out}")
    target_link_libraries(${target} PUBLIC kith_protobuf)
endfunction()
