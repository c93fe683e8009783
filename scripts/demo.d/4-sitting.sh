# One sitting: the desk opens the room, ten terminals enrol by a room code, nine candidates sit (one
# is absent), and the bad day happens: a killed terminal, a candidate moved to the spare one, a killed
# desk, a server that is away.
title "4. The sitting"

desk_program() {
    # The first line is the ring's PIN, every later one the invigilators' own.
    { cat "$(pin_for desk)"; for _ in $(seq 20); do cat "$(pin_for invigilators)"; done; } >"$out/pins/desk-all"
    exec 5<"$out/pins/desk-all"
    coproc DESK {
        exec "$bin/assay-desk" --folder "$out/desk" --keys "$out/keys/desk.ring" --pin-fd 5 \
            --sitting "$sitting" --room "$room" --listen 127.0.0.1 --port "${desk_port:-0}" \
            --server "127.0.0.1:$server_port" --server-key "$server_tls" \
            --key-list "$out/keys/list.dsse.json" --rows "$out/keys/rows.json" \
            --ready-file "$out/desk.ready" --no-window 2>>"$out/logs/desk.log"
    }
    exec 5<&-
    desk_pid=$DESK_PID
    exec 6<&"${DESK[0]}" 7>&"${DESK[1]}"
    pids+=("$desk_pid")
    wait_for 20 "the desk" test -s "$out/desk.ready"
    desk_port=$(jq -r .port "$out/desk.ready")
}

# desk COMMAND...: one command of the invigilators; the answer is in $answer.
desk() {
    printf '%s\n' "$*" >&7
    IFS= read -r -t 30 answer <&6 || fail "the desk did not answer: $*"
    printf '%s -> %s\n' "$*" "$answer" >>"$log_file"
    [ "$(jq -r .ok <<<"$answer")" = true ] || fail "desk $*: $answer"
}
desk_refuses() {
    printf '%s\n' "$*" >&7
    IFS= read -r -t 30 answer <&6 || fail "the desk did not answer: $*"
    [ "$(jq -r .ok <<<"$answer")" = false ] || fail "the desk should refuse: $*"
}
view() { desk view && jq -c .view <<<"$answer"; }
# How many candidates fit a jq condition.
count() { view | jq "[.candidates[] | select($1)] | length"; }
at_least() { [ "$(count "$2")" -ge "$1" ]; }

rm -f "$out/desk.ready"
desk_port=0
desk_program
wait_for 20 "the sitting at the desk" eval '[ "$(view | jq .hasSitting)" = true ]'
desk open
desk code
jq -r .code <<<"$answer" >"$out/room-code"
proved "the desk fetched the sitting, checked it and opened the room"

film=$out/camera.mjpeg
quiet "$bin/assay-draw-camera" "$film" 60 8..16=absent 24..32=two 40..46=covered
models=${ASSAY_MODELS:-$root/../shared/data/vision/models}
terminal() { # terminal SEAT CAMERA...
    local seat=$1
    shift
    start "terminal-${seat:-spare}" "$bin/assay-terminal" --folder "$out/terminals/${seat:-spare}" \
        --desk "127.0.0.1:$desk_port" --room-code-file "$out/room-code" --seat "$seat" \
        --language zh-CN "$@"
}
mkdir -p "$out/terminals"
camera=(--camera "mjpeg:$film?fps=10&loop=1")
[ ! -d "$models" ] || camera+=(--models "$models")
# Seats 01 and 02 have windows, and a robot that finds things through the accessibility tree and acts
# with real mouse and keyboard events. The first one uses your display where there is one.
window() { # window SEAT WIDTHxHEIGHT
    local seat=$1 size=$2 display=(scripts/demo.d/with-display "$2")
    [ "$seat" != 01 ] || [ -z "${DISPLAY:-}" ] || display=(env GTK_MODULES=gail:atk-bridge dbus-run-session --)
    mkdir -p "$out/screens/$seat"
    start "terminal-$seat" "${display[@]}" bash -c '
        "$1" --folder "$2" --desk "$3" --room-code-file "$4" --seat "$5" --language zh-CN \
            --window "$6" "${@:9}" & keeper=$!
        trap "kill $keeper" EXIT
        "$7" --screens "$8"' window "$bin/assay-terminal" "$out/terminals/$seat" \
        "127.0.0.1:$desk_port" "$out/room-code" "$seat" "$size" "$root/scripts/demo.d/robot" \
        "$out/screens/$seat" "${camera[@]}"
}
window 01 1366x768
robot_01=$started
window 02 1920x1080
robot_02=$started
for seat in 03 04 05 06 07 08 09; do
    terminal "$seat" --no-window --script scripts/demo.d/answers.json --pause 1500 --camera none
    [ "$seat" != 05 ] || terminal_05=$started
    [ "$seat" != 03 ] || terminal_03=$started
done
wait_for 60 "nine candidates at their seats" at_least 9 '.terminal != null'
terminal "" --no-window --script scripts/demo.d/answers.json --pause 500 --camera none
proved "ten terminals enrolled by a room code; nine candidates were admitted, one is absent"

desk release
proved "the bank was released online: batch, capsule and manifest agree"
desk start
desk extra 02 300 停电补时
desk message 请大家核对座位号。
wait_for 60 "the first answers" at_least 9 '.answered > 0'

say "a terminal is killed in the middle of an answer"
worker=$(pgrep -P "$terminal_03" | head -1)
kill -9 "$worker"
killed_at=$SECONDS
before=$(view | jq '.candidates[] | select(.seat == "03") | .answered')
wait_for 15 "the terminal's restart" eval '[ -n "$(pgrep -P '"$terminal_03"' | grep -v '"$worker"')" ]'
wait_for 30 "its answers" at_least 1 ".seat == \"03\" and .seen == \"here\" and .answered >= $before"
proved "a killed terminal went on by itself after $((SECONDS - killed_at)) s, with every answer it had shown as saved"

say "a candidate moves to the spare terminal"
worker=$(pgrep -P "$terminal_05" | head -1)
kill -9 "$terminal_05" "$worker"
{ wait "$terminal_05"; } 2>/dev/null || true
desk move 05 spare
wait_for 60 "the spare terminal" at_least 1 '.seat == "05" and .seen == "here" and .answered > 0'
proved "a candidate was moved to the spare terminal with every answer"

say "the desk is killed and comes back"
kill -9 "$desk_pid"
exec 6<&- 7>&-
wait "$desk_pid" 2>/dev/null || true
rm -f "$out/desk.ready"
desk_program
wait_for 60 "the terminals at the new desk" at_least 9 '.seen == "here" or .package != null'
proved "the desk was killed and restarted; no candidate had to do anything"

say "the server is away"
kill "$server_pid"
wait "$server_pid" 2>/dev/null || true
wait_for 150 "nine hand-ins" at_least 9 '.package != null'
for robot in "$robot_01" "$robot_02"; do
    wait "$robot" || fail "a candidate at a window did not get through; see $out/logs"
done
proved "two candidates answered every item in real windows by real input events; screens/ has each screen"
proved "nine candidates handed in while the server was away; each got a slip signed by the desk"
desk seal
proved "the room is sealed with everyone's disposition"
start_server "$server_port"
wait_for 60 "everything at the server" eval '[ "$(view | jq .waitingForServer)" = 0 ]'
[ "$(view | jq .refusedByServer)" = 0 ] || fail "the server refused something: $(view)"
wait_for 60 "nine receipts" at_least 9 '.receipt'
proved "the server came back: packages, seal and evidence arrived, each package has its receipt"
