# A room is a folder at the root. Its units are x.h, x.cpp and x_test.cpp, side by side.

# All that runs under the thread sanitizer.
add_custom_target(socket_tests)

# Headers that most units of a target read are parsed once, where everything is built a second time
# for a sanitizer; the plain build shows that each unit includes what it needs.
function(wsconform_precompile target)
  if(WSCONFORM_SANITIZE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <filesystem> <functional> <map> <optional> <set> <string> <variant> <vector>
      <fmt/format.h> <nlohmann/json.hpp> ${ARGN})
  endif()
endfunction()

# wsconform_tests(<binary> SOURCES <file>... DEPENDS <target>... [LABEL <label>])
#   One test binary; every test in it is a ctest test. The label `sockets` puts a binary under the
#   thread sanitizer in `./dev test`; without one the label is `memory`.
function(wsconform_tests binary)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;DEPENDS")
  if(NOT WSCONFORM_TESTS OR NOT arg_SOURCES)
    return()
  endif()
  if(NOT arg_LABEL)
    set(arg_LABEL memory)
  endif()
  add_executable(${binary} ${arg_SOURCES})
  target_link_libraries(${binary}
    PRIVATE ${arg_DEPENDS} wsconform_warnings GTest::gmock GTest::gtest_main)
  target_include_directories(${binary} PRIVATE ${PROJECT_SOURCE_DIR})
  # Tests run in the root of the sources: with no path of a clone in it, what one compiled serves others.
  target_compile_definitions(${binary} PRIVATE WSCONFORM_SOURCE_DIR=".")
  wsconform_precompile(${binary} <gmock/gmock.h> <gtest/gtest.h>)
  if(arg_LABEL STREQUAL sockets)
    add_dependencies(socket_tests ${binary})
  endif()
  gtest_discover_tests(${binary}
    NO_PRETTY_VALUES
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 120
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT 900)
endfunction()

# wsconform_schema(<target> <name> <schema>)
#   <name>.cpp.in of this folder becomes part of the target, with @<name>@ the text of the schema, so
#   that files in any folder can be checked.
function(wsconform_schema target name schema)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema})
  file(READ ${schema} ${name})
  configure_file(${name}.cpp.in ${name}.cpp @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
endfunction()

# wsconform_room(<room> [DEPENDS <target>...] [TEST_DEPENDS <target>...] [LABEL <label>])
#   Library wsconform_<room> from the folder's *.cpp, and test binary <room>_test from its
#   *_test.cpp ('-' and '/' in a room's name are '_' in both). Files that end in main.cpp, _fuzzer.cpp or
#   _bench.cpp belong to programs, those that begin with sample_ to tests; the room adds them itself.
#   DEPENDS is what the room may see.
function(wsconform_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "DEPENDS;TEST_DEPENDS")
  string(REGEX REPLACE "[-/]" "_" name ${room})
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  list(FILTER sources EXCLUDE REGEX "((_test|main|_fuzzer|_bench)\\.cpp|/sample_[^/]*\\.cpp)$")

  set(library wsconform_${name})
  set(scope PUBLIC)
  if(sources)
    add_library(${library} STATIC ${sources})
    target_link_libraries(${library} PRIVATE wsconform_warnings)
    wsconform_precompile(${library})
  else()
    add_library(${library} INTERFACE)
    set(scope INTERFACE)
  endif()
  # A header with a unit of its own stands alone already: the unit includes it first.
  set(lone_headers ${headers})
  foreach(source IN LISTS sources)
    string(REGEX REPLACE "cpp$" "h" header ${source})
    list(REMOVE_ITEM lone_headers ${header})
  endforeach()
  target_sources(${library} ${scope}
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers}
    FILE_SET lone_headers TYPE HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${lone_headers})
  set_target_properties(${library} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY lone_headers)
  target_include_directories(${library} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(${library} ${scope} ${arg_DEPENDS})

  wsconform_tests(${name}_test
    SOURCES ${tests} DEPENDS ${library} ${arg_TEST_DEPENDS} LABEL "${arg_LABEL}")
  # Instrumented and optimized, unit tests would take twice as long to compile, for no speed to gain.
  if(TARGET ${name}_test AND WSCONFORM_SANITIZE)
    target_compile_options(${name}_test PRIVATE -O0)
  endif()
endfunction()
