# All libFuzzer binaries.
add_custom_target(fuzzers)
# All programs that replay corpora.
add_custom_target(replays)

if(DEFINED ENV{LIB_FUZZING_ENGINE})
  set(WSCONFORM_FUZZING_ENGINE $ENV{LIB_FUZZING_ENGINE})
else()
  set(WSCONFORM_FUZZING_ENGINE -fsanitize=fuzzer)
endif()

# Runs the files of corpora through a target, on any compiler.
if(WSCONFORM_TESTS)
  add_library(wsconform_replay STATIC ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cpp)
  target_link_libraries(wsconform_replay PRIVATE wsconform_warnings)
endif()

# wsconform_fuzzers(DEPENDS <target>...)
#   For each <name>_fuzzer.cpp of this folder, which defines LLVMFuzzerTestOneInput:
#   - <name>_replay and the test fuzz.replay.<name>: every file of fuzz/corpus/<name>/ goes through it,
#     on any compiler. An empty or missing corpus fails.
#   - <name>_fuzzer with libFuzzer's engine, when WSCONFORM_FUZZ is on. $LIB_FUZZING_ENGINE, where
#     it is set, names another engine.
#   All of them lie in the build's folder fuzz/.
function(wsconform_fuzzers)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "DEPENDS")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_fuzzer.cpp)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    string(REGEX REPLACE "_fuzzer$" "" name ${name})
    wsconform_fuzzer(${name} ${source} ${arg_DEPENDS} wsconform_warnings)
  endforeach()
endfunction()

function(wsconform_fuzzer name source)
  add_library(${name}_target OBJECT ${source})
  target_include_directories(${name}_target PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name}_target PRIVATE ${ARGN})
  set_target_properties(${name}_target PROPERTIES UNITY_BUILD OFF)
  if(WSCONFORM_TESTS)
    wsconform_fuzz_program(${name}_replay $<TARGET_OBJECTS:${name}_target> wsconform_replay ${ARGN})
    add_dependencies(replays ${name}_replay)
    add_test(NAME fuzz.replay.${name}
      COMMAND ${name}_replay ${PROJECT_SOURCE_DIR}/fuzz/corpus/${name})
    set_tests_properties(fuzz.replay.${name} PROPERTIES LABELS fuzz TIMEOUT 300)
  endif()

  if(WSCONFORM_FUZZ)
    wsconform_fuzz_program(${name}_fuzzer $<TARGET_OBJECTS:${name}_target> ${ARGN} ${WSCONFORM_FUZZING_ENGINE})
    add_dependencies(fuzzers ${name}_fuzzer)
  endif()
endfunction()

function(wsconform_fuzz_program program source)
  add_executable(${program} ${source})
  set_target_properties(${program} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz UNITY_BUILD OFF)
  target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${program} PRIVATE ${ARGN})
endfunction()
