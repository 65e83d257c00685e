# lwIP from the source tree TCPROVE_LWIP_SOURCE, with the sanitizers and the coverage of the rest: tcprove_lwip_source, and
# what else uses it as the system's library, tcprove_lwip_library.
if(TCPROVE_FUZZ AND NOT CMAKE_C_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "TCPROVE_LWIP_SOURCE: to count lwIP's branches takes Clang for C too, not ${CMAKE_C_COMPILER}: "
                      "-DCMAKE_C_COMPILER=clang")
endif()
set(LWIP_DIR ${TCPROVE_LWIP_SOURCE})
if(EXISTS ${LWIP_DIR}/Filelists.cmake)  # Its src/ itself.
  get_filename_component(LWIP_DIR ${LWIP_DIR} DIRECTORY)
endif()
if(NOT EXISTS ${LWIP_DIR}/src/Filelists.cmake)
  message(FATAL_ERROR "TCPROVE_LWIP_SOURCE: no lwIP source tree at ${LWIP_DIR}: src/Filelists.cmake is missing")
endif()
include(${LWIP_DIR}/src/Filelists.cmake)
message(STATUS "Target lwip: built from ${LWIP_DIR}, version ${LWIP_VERSION_STRING}")

# Shared as the system's, so that a reset can restore its variables.
add_library(tcprove_lwip_source SHARED ${lwipcore_SRCS} ${lwipcore4_SRCS} ${lwipcore6_SRCS}
                                       ${LWIP_DIR}/src/netif/ethernet.c)
target_include_directories(tcprove_lwip_source SYSTEM PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/port ${LWIP_DIR}/src/include)
# The adapter takes the place of functions that lwIP calls within one file, too.
target_compile_options(tcprove_lwip_source PRIVATE -fsemantic-interposition -w)
if(TCPROVE_SANITIZE)
  # tcp_slowtmr() shifts a time-out that overflowed (specs/expected/generated/lwip.yaml): told, and survived, so that there
  # is more to be found.
  target_compile_options(tcprove_lwip_source PRIVATE -fsanitize=${TCPROVE_SANITIZE} -fno-sanitize-recover=all
                         -fsanitize-recover=shift -fno-omit-frame-pointer)
  target_link_options(tcprove_lwip_source PRIVATE -fsanitize=${TCPROVE_SANITIZE})
endif()
if(TCPROVE_FUZZ AND NOT TCPROVE_FUZZ_ENGINE)
  target_compile_options(tcprove_lwip_source PRIVATE -fsanitize=fuzzer-no-link)
endif()
add_library(tcprove_lwip_library INTERFACE)
target_link_libraries(tcprove_lwip_library INTERFACE tcprove_lwip_source)
