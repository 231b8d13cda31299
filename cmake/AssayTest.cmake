# All tests run through lit: the .test/.c/.cpp files by shell, the unit tests through its GoogleTest format.
include_guard(GLOBAL)

# assay_unit_test(<room> [USES <more rooms>...]): test/unit/<room>/*.cpp against the room of that name.
function(assay_unit_test Name)
  cmake_parse_arguments(PARSE_ARGV 1 Test "" "" "USES")
  file(GLOB Sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/unit/${Name}/*.cpp)
  if(NOT Sources)
    return()
  endif()
  list(TRANSFORM Test_USES PREPEND assay-)
  add_executable(assay-${Name}-unit ${Sources})
  target_link_libraries(assay-${Name}-unit PRIVATE assay-${Name} ${Test_USES} GTest::gtest_main)
  set_target_properties(assay-${Name}-unit PROPERTIES
    UNITY_BUILD OFF # each file has its own sample() and Case
    OUTPUT_NAME ${Name}Tests RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test/unit/${Name})
  set_property(GLOBAL APPEND PROPERTY ASSAY_TEST_TARGETS assay-${Name}-unit)
endfunction()

function(assay_tests Folder)
  if(NOT ASSAY_TESTS)
    return()
  endif()
  enable_testing()
  find_package(GTest REQUIRED)
  find_program(ASSAY_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
  find_file(ASSAY_LIT lit.py REQUIRED NO_DEFAULT_PATH HINTS
    ${LLVM_TOOLS_BINARY_DIR}/../build/utils/lit ${LLVM_INSTALL_PREFIX}/build/utils/lit)
  if(NOT ASSAY_FILECHECK)
    message(FATAL_ERROR "FileCheck of LLVM ${LLVM_VERSION_MAJOR} not found: install llvm-${LLVM_VERSION_MAJOR}-tools, or set ASSAY_TESTS=OFF")
  endif()

  # A room's unit tests are one folder: test/unit/<room>.
  file(GLOB Folders CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/${Folder}/unit ${Folder}/unit/*)
  foreach(Room IN LISTS Folders)
    if(TARGET assay-${Room})
      assay_unit_test(${Room})
    endif()
  endforeach()

  # Programs that only tests run: test/tools/<name>/ with a CMakeLists.txt that adds to ASSAY_TEST_TARGETS.
  file(GLOB Tools CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${Folder}/tools/*/CMakeLists.txt)
  foreach(Tool IN LISTS Tools)
    cmake_path(GET Tool PARENT_PATH ToolFolder)
    add_subdirectory(${ToolFolder})
  endforeach()

  configure_file(${Folder}/lit.site.cfg.py.in ${CMAKE_BINARY_DIR}/test/lit.site.cfg.py @ONLY)
  configure_file(${Folder}/unit/lit.site.cfg.py.in ${CMAKE_BINARY_DIR}/test/unit/lit.site.cfg.py @ONLY)
  get_property(Targets GLOBAL PROPERTY ASSAY_TEST_TARGETS)
  set(Lit ${ASSAY_PYTHON} ${ASSAY_LIT} -sv ${CMAKE_BINARY_DIR}/test)
  # lit refuses a suite without tests, so the unit tests' is named once there are some.
  if(Targets)
    list(APPEND Lit ${CMAKE_BINARY_DIR}/test/unit)
  endif()
  foreach(Front assay-cli assay-tidy)
    get_target_property(FrontType ${Front} TYPE)
    if(NOT FrontType STREQUAL INTERFACE_LIBRARY)
      list(APPEND Targets ${Front})
    endif()
  endforeach()
  add_custom_target(check-assay COMMAND ${Lit} USES_TERMINAL VERBATIM)
  if(Targets)
    add_dependencies(check-assay ${Targets})
  endif()
  add_test(NAME lit COMMAND ${Lit})
endfunction()
