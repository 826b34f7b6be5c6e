# A room is a folder at the root. Its units are x.h, x.cpp and x_test.cpp, side by side.

# All that runs under the thread sanitizer.
add_custom_target(threaded_tests)

# What most units include, parsed once for all that is compiled with the same options: once for what
# runs hot, once for the rest.
if(WSCONFORM_COMPILE_QUICKLY)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "")
  set(common <algorithm> <array> <cassert> <charconv> <chrono> <cstdint> <deque> <expected> <filesystem>
    <fstream> <functional> <map> <memory> <optional> <ranges> <set> <span> <string> <string_view>
    <utility> <variant> <vector> <fmt/format.h> <nlohmann/json.hpp>)
  foreach(each IN ITEMS hot quickly)
    add_library(wsconform_precompiled_${each} OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(wsconform_precompiled_${each} PRIVATE wsconform_warnings fmt::fmt)
    target_precompile_headers(wsconform_precompiled_${each} PRIVATE ${common})
  endforeach()
  target_link_libraries(wsconform_precompiled_quickly PRIVATE GTest::gmock GTest::gtest_main)
  target_compile_options(wsconform_precompiled_quickly PRIVATE -O0)
  target_precompile_headers(wsconform_precompiled_quickly PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
endif()

# Instrumented and optimized, code takes twice as long to compile: only what runs hot is worth it.
function(wsconform_compile_quickly target)
  if(WSCONFORM_SANITIZE OR WSCONFORM_COMPILE_QUICKLY)
    target_compile_options(${target} PRIVATE -O0)
  endif()
  if(WSCONFORM_COMPILE_QUICKLY)
    target_precompile_headers(${target} REUSE_FROM wsconform_precompiled_quickly)
  endif()
  # A sixth of what is left. A null pointer stops under the address sanitizer, too; how data lies is checked
  # where it is read hot.
  if(WSCONFORM_SANITIZE MATCHES "undefined")
    target_compile_options(${target} PRIVATE -fno-sanitize=null,alignment)
  endif()
endfunction()

# wsconform_tests(<binary> SOURCES <file>... DEPENDS <target>... [LOCK <name>] [THREADED])
#   One test binary; every suite in it is a ctest test (cmake/suites.py says how). A THREADED one tests
#   what runs in threads, and is labelled so: `./dev test` runs it under the thread sanitizer too.
#   Suites with the same LOCK run one at a time: those that a busy machine disturbs.
function(wsconform_tests binary)
  cmake_parse_arguments(PARSE_ARGV 1 arg "THREADED" "LOCK" "SOURCES;DEPENDS")
  if(NOT WSCONFORM_TESTS OR NOT arg_SOURCES)
    return()
  endif()
  add_executable(${binary} ${arg_SOURCES})
  target_link_libraries(${binary}
    PRIVATE ${arg_DEPENDS} wsconform_warnings GTest::gmock GTest::gtest_main)
  target_include_directories(${binary} PRIVATE ${PROJECT_SOURCE_DIR})
  # Tests run in the root of the sources: with no path of a clone in it, what one compiled serves others.
  target_compile_definitions(${binary} PRIVATE WSCONFORM_SOURCE_DIR=".")
  wsconform_compile_quickly(${binary})
  set(label single)
  if(arg_THREADED)
    set(label threaded)
    add_dependencies(threaded_tests ${binary})
  endif()
  wsconform_ctest_suites(${binary} ${label} "${arg_LOCK}")
endfunction()

# wsconform_sampled(<binary>)
#   Instrumented code is slow: of long work, sanitizers get a sample. The tests have WSCONFORM_ONE_IN,
#   which is 1 in all other builds.
function(wsconform_sampled binary)
  if(NOT WSCONFORM_TESTS)
    return()
  endif()
  set(one_in 1)
  if(WSCONFORM_SANITIZE)
    set(one_in 4)
  endif()
  target_compile_definitions(${binary} PRIVATE WSCONFORM_ONE_IN=${one_in})
endfunction()

# The suites of a binary become tests of ctest when ctest starts.
function(wsconform_ctest_suites binary label lock)
  set_property(GLOBAL APPEND PROPERTY WSCONFORM_TEST_BINARIES $<TARGET_FILE:${binary}>)
  set(properties "LABELS ${label} TIMEOUT 900 WORKING_DIRECTORY \"${PROJECT_SOURCE_DIR}\"")
  if(lock)
    string(APPEND properties " RESOURCE_LOCK ${lock}")
  endif()
  set(suites ${CMAKE_CURRENT_BINARY_DIR}/${binary}_suites)
  file(GENERATE OUTPUT ${suites}.cmake CONTENT
"execute_process(
  COMMAND \"${Python3_EXECUTABLE}\" -B \"${PROJECT_SOURCE_DIR}/cmake/suites.py\"
    \"$<TARGET_FILE:${binary}>\" \"${suites}_tests.cmake\" [==[${properties}]==]
  COMMAND_ERROR_IS_FATAL ANY)
include(\"${suites}_tests.cmake\")
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${suites}.cmake)
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

# wsconform_room(<room> [DEPENDS <target>...] [TEST_DEPENDS <target>...] [TEST_SOURCES <file>...]
#                [LOCK <name>] [THREADED] [COLD] [COLD_SOURCES <pattern>])
#   Library wsconform_<room> from the folder's *.cpp, and test binary <room>_test from its
#   *_test.cpp ('-' and '/' in a room's name are '_' in both). Files that end in main.cpp, _fuzzer.cpp or
#   _bench.cpp belong to programs, those that begin with sample_ to tests; the room adds them itself.
#   DEPENDS names each room that this one may see and has not from another already, as MAY_SEE in
#   cmake/checks/include_direction.py does, and libraries. TEST_SOURCES are no part of the library but of
#   a second one, wsconform_<room>_testing, for tests. A room is COLD whose speed no test feels; so
#   are those of its units whose names match COLD_SOURCES.
function(wsconform_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "COLD;THREADED" "LOCK;COLD_SOURCES" "DEPENDS;TEST_DEPENDS;TEST_SOURCES")
  string(REGEX REPLACE "[-/]" "_" name ${room})
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  list(FILTER sources EXCLUDE REGEX "((_test|main|_fuzzer|_bench)\\.cpp|/sample_[^/]*\\.cpp)$")
  list(TRANSFORM arg_TEST_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  if(arg_TEST_SOURCES)
    list(REMOVE_ITEM sources ${arg_TEST_SOURCES})
  endif()

  set(library wsconform_${name})
  set(scope PUBLIC)
  set(hot ${sources})
  if(arg_COLD_SOURCES)
    list(FILTER hot EXCLUDE REGEX "/${arg_COLD_SOURCES}")
  endif()
  if(sources)
    add_library(${library} STATIC ${hot})
    target_link_libraries(${library} PRIVATE wsconform_warnings)
    if(arg_COLD)
      wsconform_compile_quickly(${library})
    elseif(WSCONFORM_COMPILE_QUICKLY)
      target_precompile_headers(${library} REUSE_FROM wsconform_precompiled_hot)
    endif()
    if(arg_COLD_SOURCES)
      set(cold ${sources})
      list(REMOVE_ITEM cold ${hot})
      add_library(${library}_cold OBJECT ${cold})
      target_link_libraries(${library}_cold PRIVATE wsconform_warnings ${arg_DEPENDS})
      target_include_directories(${library}_cold PRIVATE ${PROJECT_SOURCE_DIR})
      wsconform_compile_quickly(${library}_cold)
      target_sources(${library} PRIVATE $<TARGET_OBJECTS:${library}_cold>)
    endif()
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

  if(arg_TEST_SOURCES AND WSCONFORM_TESTS)
    add_library(${library}_testing STATIC ${arg_TEST_SOURCES})
    target_link_libraries(${library}_testing PUBLIC ${library} PRIVATE wsconform_warnings)
    target_compile_definitions(${library}_testing PRIVATE WSCONFORM_SOURCE_DIR=".")
    list(APPEND arg_TEST_DEPENDS ${library}_testing)
  endif()
  set(threaded)
  if(arg_THREADED)
    set(threaded THREADED)
  endif()
  wsconform_tests(${name}_test SOURCES ${tests}
    DEPENDS ${library} ${arg_TEST_DEPENDS} LOCK "${arg_LOCK}" ${threaded})
endfunction()
