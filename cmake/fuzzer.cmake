# All libFuzzer binaries.
add_custom_target(fuzzers)

# wsconform_fuzzer(<name> [DEPENDS <target>...])
#   From <name>_fuzzer.cpp, which defines LLVMFuzzerTestOneInput:
#   - <name>_replay and the test fuzz.replay.<name>: every file of corpus/<name>/ goes through it,
#     on any compiler. An empty or missing corpus fails.
#   - <name>_fuzzer with libFuzzer's engine, when WSCONFORM_FUZZ is on. $LIB_FUZZING_ENGINE, where
#     it is set, names another engine.
function(wsconform_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS")
  set(source ${CMAKE_CURRENT_SOURCE_DIR}/${name}_fuzzer.cpp)
  set(depends ${arg_DEPENDS} wsconform_warnings)

  if(WSCONFORM_TESTS)
    add_executable(${name}_replay ${source} ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cpp)
    target_include_directories(${name}_replay PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name}_replay PRIVATE ${depends})
    add_test(NAME fuzz.replay.${name}
      COMMAND ${name}_replay ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
    set_tests_properties(fuzz.replay.${name} PROPERTIES LABELS fuzz TIMEOUT 300)
  endif()

  if(WSCONFORM_FUZZ)
    if(DEFINED ENV{LIB_FUZZING_ENGINE})
      set(engine $ENV{LIB_FUZZING_ENGINE})
    else()
      set(engine -fsanitize=fuzzer)
    endif()
    add_executable(${name}_fuzzer ${source})
    target_include_directories(${name}_fuzzer PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name}_fuzzer PRIVATE ${depends} ${engine})
    add_dependencies(fuzzers ${name}_fuzzer)
  endif()
endfunction()
