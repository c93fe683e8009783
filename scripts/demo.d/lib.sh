# What every step of the demo uses. Sourced by scripts/demo; `root` is the repository.
bin=$root/build/dev/bin
export LC_ALL=C.UTF-8
proven=()
pids=()

began=$SECONDS
title() { printf '\n\033[1m== %s\033[0m  (%s s)\n' "$*" $((SECONDS - began)); }
say() { printf '   %s\n' "$*"; }

# A line of the summary: something that was seen to hold.
proved() {
    proven+=("$*")
    printf '   \033[32m✓\033[0m %s\n' "$*"
}

fail() {
    printf '   \033[31m✗ %s\033[0m\n' "$*" >&2
    exit 1
}

# Runs a command; its output goes to the demo's log and is shown only where it fails.
quiet() {
    local log=${log_file:-/dev/null}
    if ! "$@" >>"$log" 2>&1; then
        [ "$log" = /dev/null ] || tail -n 30 "$log" >&2
        fail "$*"
    fi
}

# The command must fail with this exit code; the message must hold this id's words.
refused() {
    local code=$1
    shift
    local status=0
    "$@" >"$out/refused.txt" 2>&1 || status=$?
    [ "$status" -eq "$code" ] || {
        cat "$out/refused.txt" >&2
        fail "expected exit code $code, got $status: $*"
    }
    [ -s "$out/refused.txt" ] || fail "no message: $*"
}

start_output() {
    out=$1
    [ ! -e "$out/.assay-demo" ] || rm -rf "$out"
    [ ! -e "$out" ] || fail "$out is there and is no output of the demo"
    mkdir -p "$out"
    chmod 700 "$out"
    out=$(cd "$out" && pwd)
    touch "$out/.assay-demo"
    log_file=$out/demo.log
    mkdir -p "$out"/{pins,keys,screens,logs,displays}
}

random_hex() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# A PIN a person would choose; only its file is ever named.
pin_for() {
    [ -e "$out/pins/$1" ] || { (umask 077 && printf '%s\n' "$(random_hex 6)" >"$out/pins/$1"); }
    printf '%s' "$out/pins/$1"
}

# with_pin NAME COMMAND...: descriptor 3 gives the PIN.
with_pin() {
    local pin
    pin=$(pin_for "$1")
    shift
    "$@" --pin-fd 3 3<"$pin"
}

# ring NAME OPTIONS...: a key ring and its public half.
ring() {
    local name=$1
    shift
    quiet with_pin "$name" "$bin/assay-keys" ring make --out "$out/keys/$name.ring" \
        --public "$out/keys/$name.pub" "$@"
}

# public NAME KEY: the public key of that name; id NAME: the holder's id.
public() { awk -v k="$2" '$1 == k { print $2 }' "$out/keys/$1.pub"; }
id_of() { awk 'NR == 1 { print $2 }' "$out/keys/$1.pub"; }

# sign FILE NAME...: each of these officers signs the statement.
sign() {
    local file=$1 name
    shift
    for name in "$@"; do
        quiet with_pin "$name" "$bin/assay-keys" statement sign "$file" --ring "$out/keys/$name.ring"
    done
}

# Starts a program in the background and remembers it: start NAME COMMAND...
start() {
    local name=$1
    shift
    "$@" >>"$out/logs/$name.out" 2>>"$out/logs/$name.log" &
    pids+=($!)
    started=$!
}

# Ends programs and waits until they are gone: stop PID...
stop() {
    kill "$@" 2>/dev/null || true
    wait "$@" 2>/dev/null || true
}

# Kills a program as a power cut would: its own process and what it started.
kill_hard() {
    kill -9 "$@"
    { wait "$1"; } 2>/dev/null || true
}

# A screen for a person: display NAME TITLE. Programs go there by start NAME on_display NAME COMMAND...
display() {
    start "display-$1" scripts/demo.d/display 1920x1080 "$out/displays/$1" "$2"
}
on_display() {
    local variables
    mapfile -t variables <"$out/displays/$1"
    shift
    exec env -u WAYLAND_DISPLAY "${variables[@]}" "$@"
}
display_ready() { wait_for 30 "a display" test -e "$out/displays/$1"; }

# Where the machine has other work everything may take longer: by how much, as it stands at the start.
ASSAY_DEMO_PATIENCE=${ASSAY_DEMO_PATIENCE:-$(awk -v cores="$(nproc)" '{ print int(2 + $1 / cores) }' /proc/loadavg)}
export ASSAY_DEMO_PATIENCE

# Waits until a command succeeds: wait_for SECONDS WHAT COMMAND..., on a machine without other work.
wait_for() {
    local seconds=$(($1 * ASSAY_DEMO_PATIENCE)) what=$2
    shift 2
    local end=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || fail "waited $seconds s for $what"
        sleep 0.2
    done
}

# Every program of this run has the run's mark in its environment: none stays behind.
export ASSAY_DEMO_RUN=$$-$RANDOM$RANDOM
left_over() {
    local file pid
    for file in /proc/[0-9]*/environ; do
        pid=${file//[!0-9]/}
        if [ "$pid" != $$ ] && [ "$pid" != "$BASHPID" ] &&
            grep -qazF "ASSAY_DEMO_RUN=$ASSAY_DEMO_RUN" "$file" 2>/dev/null; then
            printf '%s\n' "$pid"
        fi
    done
}
stop_all() {
    local code=$? pid signal
    trap - EXIT
    trap '' INT TERM
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for signal in 0 TERM KILL; do
        for _ in $(seq 15); do
            mapfile -t left < <(left_over)
            [ ${#left[@]} -gt 0 ] || break 2
            sleep 0.2
        done
        kill -"$signal" "${left[@]}" 2>/dev/null || true
    done
    [ "$code" -eq 0 ] || [ "${log_file:-}" != "$out/demo.log" ] || printf '   %s\n' \
        "Stopped with code $code after $((SECONDS - began)) s. What happened is in $out:" \
        "  demo.log (every command), logs/ (every program), screens/ (what was to be seen)." >&2
    exit "$code"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

summary() {
    title "Summary"
    printf '   All %d steps held in %d s:\n' "${#proven[@]}" $((SECONDS - began))
    local line
    for line in "${proven[@]}"; do
        printf '     ✓ %s\n' "$line"
    done
    say "Where things are, below $out:"
    say "  screens/      what candidates and invigilators saw, by language and size: $(find "$out/screens" -name '*.png' | wc -l) pictures"
    say "  keys/ bank/   rings under PINs (in pins/), signed key list; the bank, sealed and signed"
    say "  server/ desk/ desk-2/ terminals/   the stores of each program, encrypted"
    say "  stick/        what the second room exported; results/ results-2/   QTI results and CSV"
    say "  audit/package one opened package with all that an auditor needs; audit/report.txt"
    say "  kiosk.txt     what this machine lacks for a kiosk; demo.log, logs/   every command, every program"
    say "How to look: open screens/ in a picture viewer; less audit/report.txt; check the package again with"
    say "  build/dev/bin/assay-audit package $out/audit/package"
    say "  scripts/demo.d/check-with-stock-tools $out/audit/package"
}
