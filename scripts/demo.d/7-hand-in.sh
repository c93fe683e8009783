# Everybody hands in while the server is away, the room is sealed, the server comes back.
title "7. Hand-in"
wait_for 90 "nine hand-ins" at_least 9 '.package != null'
for seat in 01 02 spare; do
    robot="robot_$seat"
    wait "${!robot}" || fail "the candidate at $seat did not get through; see $out/logs/robot-$seat.log"
done
proved "three candidates used real windows by real input events, one in English, one from the middle at the spare; 01 and 02 answered every item"
by_hand see desk.ui.link.down
waiting=$(count '.package != null and (.receipt | not)')
[ "$waiting" -ge 2 ] || fail "only $waiting packages came while the server was away"
by_hand cells desk.ui.package.here "$waiting"
by_hand shoot handed-in
proved "nine candidates handed in, $waiting of them while the server was away; each got a slip signed by the desk"
by_hand press desk.ui.seal
by_hand shoot form-seal
by_hand press desk.ui.seal
by_hand see desk.ui.room.sealed
[ "$(view | jq '[.candidates[] | select(.disposition == "absent")] | length')" -eq 1 ] ||
    fail "the seal should hold one absent candidate"
proved "the room was sealed in the window with everyone's disposition, one of them absent"
start_server "$server_port"
wait_for 60 "everything at the server" eval '[ "$(view | jq .waitingForServer)" = 0 ]'
[ "$(view | jq .refusedByServer)" = 0 ] || fail "the server refused something: $(view)"
wait_for 60 "nine receipts" at_least 9 '.receipt'
by_hand cells desk.ui.package.receipt 9
by_hand shoot receipts
by_hand language en
by_hand shoot receipts
passed_on() { find "$out/desk/uploads" -name '*.passed' | wc -l; }
wait_for 60 "the evidence at the server" eval \
    '[ "$(passed_on)" -gt 0 ] && [ -z "$(find "$out/desk/uploads" -name "*.meta" -print -quit)" ]'
proved "the server came back: packages, seal and $(passed_on) uploads arrived, each package has its receipt"
stop "${windows[@]}"

# What left the server is searched while results are made: it takes a while.
fee=减免
control=阿依古丽
scripts/demo.d/search-stores "$out" "$fee" "$control" "$out/desk" "$out/desk-2" "$out/terminals" \
    "$out/stick" "$out/plan" "$out/plan-2" >"$out/search.txt" 2>&1 &
searching=$!
pids+=("$searching")
