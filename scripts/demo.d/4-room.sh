# One room: the desk's window under an invigilator's hands opens it, ten terminals enrol by its code,
# nine candidates sit down (one is absent), and the bank is released by the server.
title "4. The room"
sizes=1366x768,1920x1080

# desk_program NAME LANGUAGE SITTING ROOM: a desk's window on its display, with a console beside it.
# Sets desk_pid and desk_port; descriptors 6 and 7 speak to the console of `desk`, 8 and 9 of `desk-2`.
desk_program() {
    local name=$1 language=$2 sitting=$3 room=$4
    rm -f "$out/$name.ready" "$out/$name.in" "$out/$name.out"
    mkfifo "$out/$name.in" "$out/$name.out"
    start "$name" on_display "$name" bash -c 'exec "${@:4}" 5<"$1" <"$2" >"$3"' desk \
        "$(pin_for "$name")" "$out/$name.in" "$out/$name.out" \
        "$bin/assay-desk" --folder "$out/$name" --keys "$out/keys/$name.ring" --pin-fd 5 \
        --sitting "$sitting" --room "$room" --listen 127.0.0.1 --port "${desk_port:-0}" \
        --server "127.0.0.1:$server_port" --server-key "$server_tls" \
        --key-list "$out/keys/list.dsse.json" --rows "$out/keys/rows.json" \
        --ready-file "$out/$name.ready" --language "$language" --window 1366x768 --console
    desk_pid=$started
    if [ "$name" = desk ]; then
        exec 7>"$out/$name.in" 6<"$out/$name.out"
    else
        exec 9>"$out/$name.in" 8<"$out/$name.out"
    fi
    wait_for 20 "the desk" test -s "$out/$name.ready"
    desk_port=$(jq -r .port "$out/$name.ready")
}

# What a window has no button for, and what the demo asks: desk COMMAND...; the answer is in $answer.
desk() { console 6 7 "$@"; }
desk_2() { console 8 9 "$@"; }
console() {
    local from=$1 to=$2
    shift 2
    printf '%s\n' "$*" >&"$to"
    IFS= read -r -t $((20 * ASSAY_DEMO_PATIENCE)) answer <&"$from" || fail "the desk did not answer: $*"
    printf '%s -> %s\n' "$*" "$answer" >>"$log_file"
    [ "$(jq -r .ok <<<"$answer")" = true ] || fail "desk $*: $answer"
}
view() { desk view && jq -c .view <<<"$answer"; }
view_2() { desk_2 view && jq -c .view <<<"$answer"; }
# How many candidates fit a jq condition.
count() { view | jq "[.candidates[] | select($1)] | length"; }
at_least() { [ "$(count "$2")" -ge "$1" ]; }
at_least_2() { [ "$(view_2 | jq "[.candidates[] | select($2)] | length")" -ge "$1" ]; }
of_seat() { view | jq -r ".candidates[] | select(.seat == \"$1\") | $2"; }

# An invigilator's hands: invigilator NAME LANGUAGE, then by_hand / by_hand_2 COMMAND WORDS...
invigilator() {
    local name=$1 language=$2
    mkfifo "$out/$name.hands-in" "$out/$name.hands-out"
    start "$name-hands" on_display "$name" bash -c 'exec "${@:3}" <"$1" >"$2"' hands \
        "$out/$name.hands-in" "$out/$name.hands-out" scripts/demo.d/invigilator \
        --language "$language" --screens "$out/screens" --sizes "$sizes" --who "$name"
    if [ "$name" = desk ]; then
        exec 11>"$out/$name.hands-in" 10<"$out/$name.hands-out"
    else
        exec 13>"$out/$name.hands-in" 12<"$out/$name.hands-out"
    fi
}
by_hand() { hands 10 11 "$@"; }
by_hand_2() { hands 12 13 "$@"; }
hands() {
    local from=$1 to=$2 line reply
    shift 2
    line=$(printf '%s\t' "$@")
    printf '%s\n' "${line%$'\t'}" >&"$to"
    IFS= read -r -t $((60 * ASSAY_DEMO_PATIENCE)) reply <&"$from" || fail "the invigilator's hands do not move: $*"
    printf 'by hand: %s -> %s\n' "$*" "$reply" >>"$log_file"
    [ "$reply" = ok ] || fail "at the desk's window: $*: $reply"
}

# open_by_hand HANDS DESK: opens the room in the window and makes a room code there.
open_by_hand() {
    "$1" see desk.ui.room.closed
    "$1" shoot closed
    "$1" press desk.ui.open
    "$1" fill-file 0 "$(pin_for "invigilators-$2")"
    "$1" fill-file 1 "$(pin_for "invigilators-$2")"
    "$1" shoot form-open
    "$1" press desk.ui.ok
    "$1" see desk.ui.room.opened
    "$1" press desk.ui.code
    "$1" shoot form-code
    "$1" press desk.ui.close
}

display desk "监考端 301"
for seat in 01 02 spare; do display "$seat" "考试机 $seat"; done
for name in desk 01 02 spare; do display_ready "$name"; done
desk_port=0
desk_program desk zh_CN "$sitting" "$room"
invigilator desk zh-CN
desk_1_pid=$desk_pid
desk_1_port=$desk_port
wait_for 20 "the sitting at the desk" eval '[ "$(view | jq .hasSitting)" = true ]'
proved "the desk fetched the sitting and checked it"
open_by_hand by_hand desk
view | jq -r .roomCode >"$out/room-code"
proved "an invigilator opened the room and made a room code in the desk's window"

film=$out/camera.mjpeg
quiet "$bin/assay-draw-camera" "$film" 60 8..16=absent 24..32=two 40..46=covered
models=${ASSAY_MODELS:-$root/../shared/data/vision/models}
mkdir -p "$out/terminals"
camera=(--camera "mjpeg:$film?fps=10&loop=1")
[ ! -d "$models" ] || camera+=(--models "$models")

# terminal FOLDER SEAT SCRIPT MORE...: a candidate without a window.
terminal() {
    local folder=$1 seat=$2 script=$3
    shift 3
    start "terminal-$folder" "$bin/assay-terminal" --folder "$out/terminals/$folder" \
        --desk "127.0.0.1:$desk_port" --room-code-file "$out/${code_file:-room-code}" --seat "$seat" \
        --language zh-CN --camera none --no-window --script "$script" "$@"
}
# window SEAT SIZE MORE...: the terminal of a candidate at a window; robot SEAT MORE...: the candidate.
window() {
    local seat=$1 size=$2
    shift 2
    start "terminal-$seat" on_display "$seat" "$bin/assay-terminal" \
        --folder "$out/terminals/$seat" --desk "127.0.0.1:$desk_port" --window "$size" \
        "${camera[@]}" "$@"
    windows+=("$started")
}
windows=()
robot() {
    local seat=$1
    shift
    start "robot-$seat" on_display "$seat" scripts/demo.d/robot --screens "$out/screens" \
        --sizes "$sizes" --who "seat-$seat" "$@"
}
# A robot that gave up says nothing more: that is a failure at once.
robot_says() {
    local pid=robot_$1
    grep -q "robot: $2" "$out/logs/robot-$1.out" && return
    [ -z "${!pid:-}" ] || kill -0 "${!pid}" 2>/dev/null ||
        fail "the candidate at $1 gave up: $(tail -n 1 "$out/logs/robot-$1.log")"
    return 1
}

message=请大家核对座位号。
window 01 1366x768 --room-code-file "$out/room-code" --seat 01
robot 01 --watch-pause --notice "$message"
robot_01=$started
window 02 1366x768 --room-code-file "$out/room-code" --seat 02
robot 02 --language en --ask-by-number --watch-pause --notice "$message"
robot_02=$started
# The candidate at seat 05 answers some items, and the rest at the spare terminal.
jq '{Q01, Q02, Q03, Q04, Q05, Q12, Q13}' scripts/demo.d/answers.json >"$out/answers-05.json"
for seat in 03 04 05 06 07 08 09; do
    script=scripts/demo.d/answers.json more=(--pause 1500)
    [ "$seat" != 05 ] || script=$out/answers-05.json more=(--pause 1500 --wait-end)
    [ "$seat" != 03 ] || more=(--pause 6000)  # still busy when it is killed
    terminal "$seat" "$seat" "$script" "${more[@]}"
    [ "$seat" != 05 ] || terminal_05=$started
    [ "$seat" != 03 ] || terminal_03=$started
done
window spare 1366x768 --theme dark
robot spare --room-code "$out/room-code" --wait-for "$out/moved" --answered "$out/answers-05.json"
robot_spare=$started
say "ten terminals start: three windows, seven without; two candidates check in by mouse and keyboard"
wait_for 60 "the candidate at seat 01 to check in" robot_says 01 "checked in"
wait_for 60 "the candidate at seat 02 to check in" robot_says 02 "checked in"
wait_for 60 "the spare terminal" robot_says spare "is ready"
wait_for 60 "nine candidates at their seats" at_least 9 '.terminal != null'
by_hand cells desk.ui.state.waiting 9
by_hand row 01 2
by_hand press desk.ui.assign
by_hand shoot form-assign
by_hand press desk.ui.cancel
by_hand row 02
by_hand shoot admitted
proved "ten terminals enrolled by a room code (one typed by hand); nine candidates were admitted, one is absent"

by_hand press desk.ui.release-offline
by_hand shoot form-shares
by_hand press desk.ui.cancel
by_hand press desk.ui.release
by_hand see desk.ui.room.released
by_hand shoot released
proved "the bank was released online in the window: batch, capsule and manifest agree"
by_hand press desk.ui.start
by_hand see desk.ui.room.started
wait_for 60 "the paper at seat 01" robot_says 01 "sees the paper"
wait_for 60 "the paper at seat 02" robot_says 02 "sees the paper"
by_hand press desk.ui.pause
by_hand see desk.ui.room.paused
wait_for 60 "the pause at seat 01" robot_says 01 "sees the pause"
wait_for 60 "the pause at seat 02" robot_says 02 "sees the pause"
by_hand press desk.ui.resume
by_hand see desk.ui.room.started
proved "the exam was started, paused for everybody and resumed in the window"
