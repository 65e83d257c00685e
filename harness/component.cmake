# What the CMakeLists.txt of the rooms are written in.
#
# tcprove_component(NAME SOURCES … TESTS … DEPENDS … LINKS … TEST_DEPENDS …)
#   One room of the harness: a static library tcprove_NAME and, where it has tests, a GoogleTest
#   program NAME_test. DEPENDS names the rooms it may include (they are the architecture); LINKS
#   names third-party targets.
# tcprove_test(NAME SOURCES … LINKS … ENVIRONMENT …)
#   A GoogleTest program, one ctest entry a test; ENVIRONMENT is what ctest sets for it.
# tcprove_benchmark(NAME SOURCES … LINKS …)
#   A Google Benchmark program, to be run by hand.
# tcprove_summary(PART STATE)
#   A line of what the configuration prints at its end, for a part that needs what may be missing.

add_library(tcprove_options INTERFACE)
target_compile_features(tcprove_options INTERFACE cxx_std_20)
target_include_directories(tcprove_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(tcprove_options INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor
                       # A designated initializer names what differs from the default; the rest is
                       # meant to be left out.
                       -Wno-missing-field-initializers
                       $<$<BOOL:${TCPROVE_WERROR}>:-Werror>
                       # A CHECK names its file as the repository does, wherever it was built.
                       "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
# Which of the same instructions are fast: the generic choice clears and copies what a play writes by
# string instructions, whose start costs more than the rest. And what is position-independent for a
# stack's sake is no less ours: nobody replaces a function of it, so it may be inlined.
include(CheckCXXCompilerFlag)
foreach(flag -mtune=skylake -fno-semantic-interposition)
  string(MAKE_C_IDENTIFIER "TCPROVE_HAS${flag}" has_flag)
  check_cxx_compiler_flag(${flag} ${has_flag})
  if(${has_flag})
    target_compile_options(tcprove_options INTERFACE $<$<CONFIG:Release>:${flag}>)
  endif()
endforeach()
if(TCPROVE_SANITIZE)
  target_compile_options(tcprove_options INTERFACE -fsanitize=${TCPROVE_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tcprove_options INTERFACE -fsanitize=${TCPROVE_SANITIZE})
  # An index past a span's end may still lie within an allocation, where no sanitizer sees it.
  target_compile_definitions(tcprove_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(TCPROVE_FUZZ AND NOT TCPROVE_FUZZ_ENGINE)
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
  if(arg_TESTS)
    list(TRANSFORM arg_TEST_DEPENDS PREPEND tcprove_)
    tcprove_test(${name}_test SOURCES ${arg_TESTS} LINKS tcprove_${name} ${arg_TEST_DEPENDS})
  endif()
endfunction()

function(tcprove_test name)
  if(NOT TCPROVE_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;ENVIRONMENT" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} tcprove_options GTest::gtest GTest::gtest_main
                        Threads::Threads)
  target_compile_definitions(${name} PRIVATE TCPROVE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # Asked for its tests when ctest starts and not when it is linked: a build runs nothing.
  gtest_discover_tests(${name} TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT 300 ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()

function(tcprove_benchmark name)
  if(NOT TCPROVE_BENCHMARKS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} tcprove_options benchmark::benchmark)
endfunction()

function(tcprove_summary part state)
  set_property(GLOBAL APPEND PROPERTY tcprove_summary "${part}: ${state}")
endfunction()
