# The public check page: one HTML file, which becomes the function of server/api/check_page.h in a
# generated source, so that a program needs no file beside it.
function(assay_build_page)
  if(NOT TARGET assay_server_api)
    return()
  endif()
  set(page "${CMAKE_SOURCE_DIR}/server/api/page/check.html")
  set(output "${CMAKE_BINARY_DIR}/generated/check_page.cpp")
  set(script "${CMAKE_SOURCE_DIR}/scripts/cmake/embed-page.cmake")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DPAGE=${page}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS "${page}" "${script}"
    VERBATIM)
  target_sources(assay_server_api PRIVATE "${output}")
endfunction()
