# wsconform_plant_bugs(): core is built from a copy with the bugs of fuzz/planted/bugs.txt in it, to test
# the fuzzers with. No build for use or for tests does so (the test checks.planted_bugs.absent).
function(wsconform_plant_bugs)
  find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
  set(folder ${PROJECT_SOURCE_DIR}/fuzz/planted)
  set(planted ${PROJECT_BINARY_DIR}/planted)
  execute_process(
    COMMAND ${Python3_EXECUTABLE} -B ${folder}/plant.py ${PROJECT_SOURCE_DIR} ${planted}
    OUTPUT_VARIABLE names OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" names "${names}")
  get_target_property(sources wsconform_core SOURCES)
  foreach(name IN LISTS names)
    list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/core/${name})
    list(APPEND sources ${planted}/${name})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS core/${name})
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${folder}/plant.py ${folder}/bugs.txt)
  set_target_properties(wsconform_core PROPERTIES SOURCES "${sources}")
  target_include_directories(wsconform_core PRIVATE ${planted})
endfunction()
