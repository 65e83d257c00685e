# tcprove_component(NAME SOURCES … TESTS … DEPENDS … LINKS …)
#
# One room of the harness: a static library tcprove_NAME and, where it has tests, a GoogleTest program NAME_test.
# DEPENDS names the rooms it may include (they are the architecture); LINKS names third-party targets.

add_library(tcprove_options INTERFACE)
target_compile_features(tcprove_options INTERFACE cxx_std_20)
target_include_directories(tcprove_options INTERFACE ${PROJECT_SOURCE_DIR})
# A designated initializer names what differs from the default; the rest is meant to be left out.
target_compile_options(tcprove_options INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor
                       -Wno-missing-field-initializers
                       $<$<BOOL:${TCPROVE_WERROR}>:-Werror>)
if(TCPROVE_SANITIZE)
  target_compile_options(tcprove_options INTERFACE -fsanitize=${TCPROVE_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tcprove_options INTERFACE -fsanitize=${TCPROVE_SANITIZE})
endif()
if(TCPROVE_FUZZ)
  target_compile_options(tcprove_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(tcprove_component name)
  cmake_parse_arguments(arg "" "" "SOURCES;TESTS;DEPENDS;LINKS;TEST_DEPENDS" ${ARGN})
  list(TRANSFORM arg_DEPENDS PREPEND tcprove_)
  if(arg_SOURCES)
    set(kind PUBLIC)
    add_library(tcprove_${name} STATIC ${arg_SOURCES})
    # Position-independent code reads a shared stack's variables in place instead of copying them into us.
    set_target_properties(tcprove_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  else()
    set(kind INTERFACE)
    add_library(tcprove_${name} INTERFACE)
  endif()
  target_link_libraries(tcprove_${name} ${kind} tcprove_options ${arg_DEPENDS} ${arg_LINKS})
  if(arg_TESTS AND BUILD_TESTING)
    list(TRANSFORM arg_TEST_DEPENDS PREPEND tcprove_)
    tcprove_test(${name}_test SOURCES ${arg_TESTS} LINKS tcprove_${name} ${arg_TEST_DEPENDS})
  endif()
endfunction()

# tcprove_test(NAME SOURCES … LINKS …): a GoogleTest program, one ctest entry a test.
function(tcprove_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} tcprove_options GTest::gtest GTest::gtest_main
                        Threads::Threads)
  target_compile_definitions(${name} PRIVATE TCPROVE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
endfunction()
