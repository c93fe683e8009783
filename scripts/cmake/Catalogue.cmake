# Message catalogues: crypto/text/po/<language>/<area>.po, one .mo a language, read by assay_text.
function(assay_build_catalogues)
  find_program(ASSAY_MSGCAT msgcat REQUIRED)
  find_program(ASSAY_MSGFMT msgfmt REQUIRED)
  set(all "")
  foreach(language en zh_CN)
    file(GLOB parts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/crypto/text/po/${language}/*.po")
    if(NOT parts)
      continue()
    endif()
    set(folder "${CMAKE_BINARY_DIR}/share/locale/${language}/LC_MESSAGES")
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(
      OUTPUT "${folder}/assay.mo"
      COMMAND ${ASSAY_MSGCAT} --use-first --no-location -o "${folder}/assay.po" ${parts}
      COMMAND ${ASSAY_MSGFMT} --check -o "${folder}/assay.mo" "${folder}/assay.po"
      DEPENDS ${parts}
      VERBATIM)
    list(APPEND all "${folder}/assay.mo")
  endforeach()
  add_custom_target(catalogues ALL DEPENDS ${all})
endfunction()
