# One room of the house = one folder = one target, declared in one line of the root CMakeLists.txt.
include_guard(GLOBAL)

# assay_room(<folder> [USES <room>...] [LIBRARIES <name>...] [CLANG] [EXECUTABLE <name> | PLUGIN <name>])
#
# The room's name is the last part of its folder; its target is assay-<name>. A room without a .cpp of its
# own is an interface library (an executable or plugin is left out), so that the house configures before
# everybody has moved in; a first source turns it into a static library at the next build.
function(assay_room Folder)
  cmake_parse_arguments(PARSE_ARGV 1 Room "CLANG" "EXECUTABLE;PLUGIN" "USES;LIBRARIES")
  if(Room_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "assay_room(${Folder}): unknown '${Room_UNPARSED_ARGUMENTS}'")
  endif()
  cmake_path(GET Folder FILENAME Name)
  foreach(Used IN LISTS Room_USES)
    if(NOT TARGET assay-${Used})
      message(FATAL_ERROR "assay_room(${Folder}): USES ${Used}, but no such room is declared above it")
    endif()
  endforeach()
  _assay_record_room(${Name} ${Folder})

  file(GLOB Sources CONFIGURE_DEPENDS ${Folder}/*.cpp)
  file(GLOB Schemas CONFIGURE_DEPENDS ${Folder}/*.fbs)
  set(Target assay-${Name})
  set(Scope PUBLIC)
  if(NOT Sources)
    set(Scope INTERFACE)
    add_library(${Target} INTERFACE)
  elseif(Room_EXECUTABLE)
    add_executable(${Target} ${Sources})
    set_target_properties(${Target} PROPERTIES OUTPUT_NAME ${Room_EXECUTABLE})
    install(TARGETS ${Target} RUNTIME)
  elseif(Room_PLUGIN)
    add_library(${Target} MODULE ${Sources})
    # The host's symbols are found when it is loaded; it sees none of ours, so that two plugins cannot meet.
    set_target_properties(${Target} PROPERTIES OUTPUT_NAME ${Room_PLUGIN} PREFIX "" CXX_VISIBILITY_PRESET hidden
      LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib
      UNITY_BUILD OFF) # registers with clang and with clang-tidy, which do not like to meet
    target_link_options(${Target} PRIVATE -Wl,--exclude-libs,ALL -Wl,--as-needed)
    install(TARGETS ${Target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  else()
    add_library(${Target} STATIC ${Sources})
  endif()

  list(TRANSFORM Room_USES PREPEND assay-)
  list(TRANSFORM Room_LIBRARIES PREPEND assay-lib-)
  target_link_libraries(${Target} ${Scope} assay-options ${Room_USES} ${Room_LIBRARIES})
  if(Room_CLANG)
    target_include_directories(${Target} SYSTEM ${Scope} ${CLANG_INCLUDE_DIRS})
    target_link_libraries(${Target} ${Scope} clang-cpp)
  endif()
  if(Schemas)
    _assay_compile_schemas(${Target} ${Folder} ${Schemas})
  endif()
endfunction()

# X.fbs in a room becomes "<folder>/X_generated.h" in the build tree, for the room and all that use it.
function(_assay_compile_schemas Target Folder)
  set(Out ${CMAKE_BINARY_DIR}/generated/${Folder})
  set(Headers)
  foreach(Schema IN LISTS ARGN)
    cmake_path(GET Schema STEM Stem)
    set(Header ${Out}/${Stem}_generated.h)
    # A schema may include its neighbours and flatc 2.0 writes no dependency file, so each waits for all.
    add_custom_command(OUTPUT ${Header}
      COMMAND ${ASSAY_FLATC} --cpp --gen-object-api --gen-mutable --cpp-std c++17 --scoped-enums
              --keep-prefix -I ${CMAKE_SOURCE_DIR} -o ${Out} ${Schema}
      DEPENDS ${ARGN} ${ASSAY_FLATC}
      COMMENT "flatc ${Folder}/${Stem}.fbs" VERBATIM)
    list(APPEND Headers ${Header})
  endforeach()
  add_custom_target(${Target}-schemas DEPENDS ${Headers})
  add_dependencies(${Target} ${Target}-schemas)
endfunction()

# assay_engine_digest(<room> <engine's rooms>...): gives <room> one symbol, AssayEngineDigest, that changes with the
# code of the rooms and its own. It names the engine in the keys of the store, and is the same for every program
# of a build: what the command line keeps the plugin may read.
function(assay_engine_digest Room)
  get_target_property(Own assay-${Room} SOURCES)
  set(Files ${Own})
  list(TRANSFORM Files PREPEND ${CMAKE_SOURCE_DIR}/ REGEX "^[^/]")
  set(Libraries)
  foreach(Name IN LISTS ARGN)
    get_target_property(Type assay-${Name} TYPE)
    if(Type STREQUAL STATIC_LIBRARY)
      list(APPEND Libraries assay-${Name})
      list(APPEND Files $<TARGET_FILE:assay-${Name}>)
    endif()
  endforeach()
  set(Out ${CMAKE_BINARY_DIR}/generated/EngineDigest.cpp)
  add_custom_command(OUTPUT ${Out}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${Files}" -DOUT=${Out} -P ${CMAKE_SOURCE_DIR}/cmake/EngineDigest.cmake
    DEPENDS ${Own} ${Libraries} ${CMAKE_SOURCE_DIR}/cmake/EngineDigest.cmake
    COMMENT "Digest of the engine" VERBATIM)
  # A library of its own, so that no other source waits for it.
  add_library(assay-engine-digest STATIC ${Out})
  set_target_properties(assay-engine-digest PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(assay-${Room} PUBLIC assay-engine-digest)
endfunction()

function(_assay_record_room Name Folder)
  set(Clang false)
  if(Room_CLANG)
    set(Clang true)
  endif()
  _assay_json_strings(Uses ${Room_USES})
  _assay_json_strings(Libraries ${Room_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY ASSAY_ROOMS
    "    \"${Name}\": {\"folder\": \"${Folder}\", \"uses\": ${Uses}, \"libraries\": ${Libraries}, \"clang\": ${Clang}}")
endfunction()

function(_assay_json_strings Out)
  list(TRANSFORM ARGN REPLACE "(.+)" "\"\\1\"")
  list(JOIN ARGN ", " Joined)
  set(${Out} "[${Joined}]" PARENT_SCOPE)
endfunction()

# rooms.json lets the test of the arrows read them from where they are declared.
function(assay_write_rooms)
  get_property(Rooms GLOBAL PROPERTY ASSAY_ROOMS)
  get_property(Names GLOBAL PROPERTY ASSAY_LIBRARIES)
  set(Libraries)
  foreach(Name IN LISTS Names)
    get_property(Headers GLOBAL PROPERTY ASSAY_LIBRARY_HEADERS_${Name})
    _assay_json_strings(Headers ${Headers})
    list(APPEND Libraries "    \"${Name}\": ${Headers}")
  endforeach()
  list(JOIN Rooms ",\n" Rooms)
  list(JOIN Libraries ",\n" Libraries)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/rooms.json @ONLY CONTENT
"{
  \"rooms\": {
@Rooms@
  },
  \"libraries\": {
@Libraries@
  }
}
")
endfunction()
