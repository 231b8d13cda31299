# What every room is built with: language, compilers' options, LLVM and the other libraries.
include_guard(GLOBAL)
include(CheckLinkerFlag)
include(GNUInstallDirs)

# A sixth of the work from scratch, far more after an edit. Two sources of one room then share their static names.
option(ASSAY_UNITY "Build each room as few large translation units" OFF)
option(ASSAY_TESTS "Build the tests" ON)
set(ASSAY_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Rooms end up in a clang-tidy plugin as well.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_UNITY_BUILD ${ASSAY_UNITY})
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(ASSAY_CCACHE ccache)
  if(ASSAY_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ASSAY_CCACHE})
  endif()
endif()

# "19.1", not "19": the package's version file wants major.minor, and without a version LLVM 14 may be found.
find_package(Clang 19.1 REQUIRED CONFIG)
find_package(nlohmann_json 3.11 REQUIRED)
# Compiled in (one source includes it): to find and load its library costs each start of the plugin more than to parse with it.
find_path(ASSAY_TOML_INCLUDE toml++/toml.h REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_path(ASSAY_FLATBUFFERS_INCLUDE flatbuffers/flatbuffers.h REQUIRED)
find_program(ASSAY_FLATC flatc REQUIRED)
# Debian's LLVM 19 keeps its programs aside; a bare name could be that of another version.
find_program(ASSAY_FILECHECK NAMES FileCheck HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH)

# Clang looks for its own headers beside the running binary, which is ours; so it is told.
find_path(ASSAY_RESOURCE_DIR include/stddef.h REQUIRED NO_DEFAULT_PATH
  HINTS ${LLVM_LIBRARY_DIR}/clang/${LLVM_VERSION_MAJOR} ${CLANG_INSTALL_PREFIX}/lib/clang/${LLVM_VERSION_MAJOR})

set(ASSAY_INSTALL_DATA ${CMAKE_INSTALL_DATADIR}/assay)

add_library(assay-options INTERFACE)
target_include_directories(assay-options INTERFACE ${CMAKE_SOURCE_DIR})
target_include_directories(assay-options SYSTEM INTERFACE
  ${CMAKE_BINARY_DIR}/generated ${LLVM_INCLUDE_DIRS})
separate_arguments(AssayLLVMDefinitions UNIX_COMMAND "${LLVM_DEFINITIONS}")
target_compile_definitions(assay-options INTERFACE ${AssayLLVMDefinitions}
  ASSAY_VERSION="${PROJECT_VERSION}"
  ASSAY_RESOURCE_DIR="${ASSAY_RESOURCE_DIR}"
  ASSAY_INSTALL_DATA="${ASSAY_INSTALL_DATA}")
# Pages, models and profiles are read at run time: from ASSAY_INSTALL_DATA, relative to the folder above
# the binary's, where that exists; else from ASSAY_DATA_DIR, so that a build tree needs no install. Only
# these files are told: a path in every command line would keep two checkouts from sharing a ccache.
set_source_files_properties(driver/session/FindProject.cpp test/unit/schema/ShippedPolicyTest.cpp
  PROPERTIES COMPILE_DEFINITIONS "ASSAY_DATA_DIR=\"${CMAKE_SOURCE_DIR}\"")
# libstdc++ 12's own stable_sort calls what it has declared deprecated, and clang blames the caller.
target_compile_options(assay-options INTERFACE -Wall -Wextra -Werror -Wno-deprecated-declarations
  $<$<NOT:$<BOOL:${LLVM_ENABLE_RTTI}>>:-fno-rtti>)
target_link_libraries(assay-options INTERFACE LLVM)

check_linker_flag(CXX -fuse-ld=lld ASSAY_HAVE_LLD)
if(ASSAY_HAVE_LLD)
  add_link_options(-fuse-ld=lld)
endif()
if(ASSAY_SANITIZE)
  add_compile_options(-fsanitize=${ASSAY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ASSAY_SANITIZE})
endif()

# The short names that a room's LIBRARIES may use. The include prefixes are what arrows.py looks for.
function(assay_library Name)
  cmake_parse_arguments(PARSE_ARGV 1 Lib "" "" "TARGETS;HEADERS")
  add_library(assay-lib-${Name} INTERFACE)
  target_link_libraries(assay-lib-${Name} INTERFACE ${Lib_TARGETS})
  set_property(GLOBAL APPEND PROPERTY ASSAY_LIBRARIES ${Name})
  set_property(GLOBAL PROPERTY ASSAY_LIBRARY_HEADERS_${Name} ${Lib_HEADERS})
endfunction()

assay_library(json TARGETS nlohmann_json::nlohmann_json HEADERS nlohmann/)
assay_library(toml HEADERS toml++/)
assay_library(cli TARGETS CLI11::CLI11 HEADERS CLI/)
assay_library(crypto TARGETS OpenSSL::Crypto HEADERS openssl/)
assay_library(flatbuffers HEADERS flatbuffers/)
# Header-only in our use: no reflection, no text schemas at run time.
target_include_directories(assay-lib-flatbuffers SYSTEM INTERFACE ${ASSAY_FLATBUFFERS_INCLUDE})
target_include_directories(assay-lib-toml SYSTEM INTERFACE ${ASSAY_TOML_INCLUDE})

function(assay_install_data)
  foreach(Folder IN LISTS ARGN)
    install(DIRECTORY ${Folder} DESTINATION ${ASSAY_INSTALL_DATA} OPTIONAL
      FILES_MATCHING PATTERN "*.md" PATTERN "*.toml" PATTERN "*.csv")
  endforeach()
endfunction()
