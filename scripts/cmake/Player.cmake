# The item player: question-bank/render/player/*.js and *.css become the two functions of
# question-bank/render/player.h in a generated source, so that a program needs no file beside it.
# The scripts are joined in the order of their names inside one function of their own.
function(assay_build_player)
  if(NOT TARGET assay_render)
    return()
  endif()
  set(folder "${CMAKE_SOURCE_DIR}/question-bank/render/player")
  file(GLOB parts CONFIGURE_DEPENDS "${folder}/*.js" "${folder}/*.css")
  set(output "${CMAKE_BINARY_DIR}/generated/player.cpp")
  set(script "${CMAKE_SOURCE_DIR}/scripts/cmake/embed-player.cmake")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DFOLDER=${folder}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS ${parts} "${script}"
    VERBATIM)
  target_sources(assay_render PRIVATE "${output}")
endfunction()
