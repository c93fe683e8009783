# The preview's own page: question-bank/preview/page/* become the functions of
# question-bank/preview/page.h in a generated source, so that a program needs no file beside it.
function(assay_build_preview)
  if(NOT TARGET assay_preview)
    return()
  endif()
  set(folder "${CMAKE_SOURCE_DIR}/question-bank/preview/page")
  set(output "${CMAKE_BINARY_DIR}/generated/preview_page.cpp")
  set(script "${CMAKE_SOURCE_DIR}/scripts/cmake/embed-preview.cmake")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DFOLDER=${folder}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS "${folder}/index.html" "${folder}/preview.js" "${folder}/preview.css" "${script}"
    VERBATIM)
  target_sources(assay_preview PRIVATE "${output}")
endfunction()
