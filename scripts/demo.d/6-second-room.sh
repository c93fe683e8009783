# A second room, small: its desk speaks English. It fetched its sitting while there was a server; then
# the line is cut, and the paper is released by share sheets and the packages leave on a stick.
title "6. A second room, without a server"
display desk-2 "Desk 302"
display_ready desk-2
desk_port=0
desk_program desk-2 en "$sitting_2" "$room_2"
invigilator desk-2 en
wait_for 20 "the sitting at the second desk" eval '[ "$(view_2 | jq .hasSitting)" = true ]'
wait_for 20 "its bank" eval '[ -n "$(ls "$out"/desk-2/banks/*.age 2>/dev/null)" ]'
say "the server goes away"
stop "$server_pid"
open_by_hand by_hand_2 desk-2
view_2 | jq -r .roomCode >"$out/room-code-2"
for seat in 01 02; do
    code_file=room-code-2 terminal "room-2-$seat" "$seat" scripts/demo.d/answers.json --pause 300
done
wait_for 60 "two candidates at their seats" at_least_2 2 '.terminal != null'
by_hand_2 see desk.ui.link.down
by_hand_2 press desk.ui.release
by_hand_2 see desk.ui.close
by_hand_2 shoot refused
by_hand_2 press desk.ui.close
{
    for share in organisation invigilator-1 invigilator-3; do
        cat "$out/kit/$share.share"
        printf '\n\n'
    done
} >"$out/pins/share-sheets"
by_hand_2 press desk.ui.release-offline
by_hand_2 fill-file 0 "$out/pins/share-sheets"
by_hand_2 shoot form-shares
by_hand_2 press desk.ui.ok
by_hand_2 see desk.ui.room.released
by_hand_2 press desk.ui.start
proved "with the server away the paper was released from share sheets: the organisation's code and two of three invigilators"
for form in extra message assign; do
    by_hand_2 row 01
    [ "$form" != assign ] || by_hand_2 row 01 2
    by_hand_2 press "desk.ui.$form"
    by_hand_2 shoot "form-$form"
    by_hand_2 press desk.ui.cancel
done
by_hand_2 shoot running
wait_for 60 "two hand-ins" at_least_2 2 '.package != null'
by_hand_2 press desk.ui.seal
by_hand_2 shoot form-seal
by_hand_2 press desk.ui.seal
by_hand_2 see desk.ui.room.sealed
by_hand_2 shoot sealed
wait_for 60 "the evidence at the second desk" eval \
    '[ "$(view_2 | jq "[.candidates[].evidenceMissing] | add")" = 0 ]'
desk_2 export "$out/stick"
uploads_2=$(jq .uploads <<<"$answer")
exec 8<&- 9>&-
stop "$desk_pid"
quiet server import "$out/stick"
[ "$(find "$out/stick" -name '*.assay-package' | wc -l)" -eq 2 ] || fail "the stick does not hold two packages"
[ "$(find "$out/stick" -name '*.upload.json' | wc -l)" -eq "$uploads_2" ] && [ "$uploads_2" -ge 2 ] ||
    fail "the stick should hold $uploads_2 segments and files, at least two"
server import "$out/stick" >"$out/imported-again.json" 2>>"$log_file" || fail "the stick was refused the second time"
jq -e 'length > 2 and all(.what == "known")' "$out/imported-again.json" >/dev/null ||
    fail "a second import took something again: $(cat "$out/imported-again.json")"
proved "two packages, their room, its seal and $uploads_2 segments and files went to the server on a stick; a second import changed nothing"
