# What goes wrong on a bad day, while candidates answer: a killed terminal, a candidate moved to the
# spare one, a killed desk, and a server that goes away.
title "5. The bad day"

say "a terminal is killed in the middle of an answer"
wait_for 60 "the first answers of seat 03" at_least 1 '.seat == "03" and .answered > 1'
children() { pgrep -P "$1" || true; }
worker=$(children "$terminal_03" | head -1)
before=$(of_seat 03 .answered)
left=$(of_seat 03 .remainingMs)
[ -n "$worker" ] || fail "the terminal at seat 03 is gone already"
kill -9 "$worker"
killed_at=$SECONDS
wait_for 15 "the terminal's restart" eval '[ -n "$(children "$terminal_03" | grep -v "^$worker\$")" ]'
wait_for 30 "its answers" at_least 1 ".seat == \"03\" and .seen == \"here\" and .answered >= $before"
# right_time SEAT BEFORE SECONDS: no more than before, and no less than what has passed.
right_time() {
    local now
    now=$(of_seat "$1" .remainingMs)
    [ "$now" -le "$2" ] && [ "$now" -ge $(($2 - ($3 + 10) * 1000)) ] ||
        fail "seat $1 had $2 ms left, after $3 s it has $now ms"
}
right_time 03 "$left" $((SECONDS - killed_at))
proved "a killed terminal went on by itself after $((SECONDS - killed_at)) s, with every answer it had shown as saved and the right time"

say "more time for seat 02, and a message to everybody"
before=$(of_seat 02 .remainingMs)
by_hand row 02
by_hand press desk.ui.extra
by_hand fill 0 5
by_hand fill 1 停电补时
by_hand shoot form-extra
by_hand press desk.ui.ok
wait_for 20 "the extra time" eval '[ "$(of_seat 02 .remainingMs)" -gt "$before" ]'
by_hand cell-like '1 小时 (18|19|20) 分'
by_hand press desk.ui.message
by_hand fill 0 "$message"
by_hand shoot form-message
by_hand press desk.ui.ok
wait_for 60 "the first answers" at_least 9 '.answered > 0'
by_hand shoot running
proved "extra time with a reason and a message were given in the window and arrived"

say "a candidate moves to the spare terminal, a window"
wait_for 60 "seven answers of seat 05" at_least 1 '.seat == "05" and .answered == 7 and .recordsBehind == 0'
by_hand language en
by_hand row 05
by_hand press desk.ui.move
by_hand shoot form-move
by_hand press desk.ui.cancel
by_hand language zh-CN
left=$(of_seat 05 .remainingMs)
killed_at=$SECONDS
mapfile -t workers < <(children "$terminal_05")
kill_hard "$terminal_05" "${workers[@]}"
by_hand row 05
by_hand press desk.ui.move
by_hand fill-file 0 "$(pin_for invigilators-desk)"
by_hand shoot form-move
by_hand press desk.ui.ok
touch "$out/moved"
wait_for 60 "the candidate at the spare terminal" robot_says spare "found back 7 answers"
wait_for 20 "the spare terminal at the desk" at_least 1 '.seat == "05" and .seen == "here" and .answered >= 7'
right_time 05 "$left" $((SECONDS - killed_at))
told=$(sed -n 's/.*time left //p' "$out/logs/robot-spare.out")
hours=$(sed -nE 's/^([0-9]+)[^0-9]*小时.*/\1/p' <<<"$told")
minutes=$(sed -nE 's/^(.*[^0-9])?([0-9]+)[^0-9]*分.*/\2/p' <<<"$told")
minutes=$((10#${hours:-0} * 60 + 10#${minutes:-0}))
[ $((minutes * 60000)) -le $((left + 60000)) ] && [ $((minutes * 60000)) -ge $((left - 180000)) ] ||
    fail "the spare terminal shows $minutes minutes; $left ms were left"
proved "a candidate was moved to the spare terminal's window in the desk's window: seven answers back, $minutes minutes left"

say "the desk is killed and comes back"
kill_hard "$desk_1_pid"
exec 6<&- 7>&-
desk_port=$desk_1_port
desk_program desk zh_CN "$sitting" "$room"
desk_1_pid=$desk_pid
wait_for 60 "the terminals at the new desk" at_least 9 '.seen == "here" or .package != null'
by_hand see desk.ui.room.started
proved "the desk was killed and restarted; no candidate had to do anything"
