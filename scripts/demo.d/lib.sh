# What every step of the demo uses. Sourced by scripts/demo; `root` is the repository.
bin=$root/build/dev/bin
export LC_ALL=C.UTF-8
proven=()
pids=()

title() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
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
    mkdir -p "$out/pins" "$out/keys" "$out/screens" "$out/logs"
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

# Waits until a command succeeds: wait_for SECONDS WHAT COMMAND...
wait_for() {
    local seconds=$1 what=$2
    shift 2
    local end=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || fail "waited $seconds s for $what"
        sleep 0.2
    done
}

stop_all() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
}
trap stop_all EXIT

summary() {
    title "Summary"
    printf '   %d things were seen to hold:\n' "${#proven[@]}"
    local line
    for line in "${proven[@]}"; do
        printf '     ✓ %s\n' "$line"
    done
    say "Everything is in $out: keys/, bank/, server/, desk/, terminals/, screens/, audit/, logs/."
    say "Look at the windows: screens/*.png.  Read the log: demo.log."
    say "Check a package yourself: scripts/demo.d/check-with-stock-tools $out/audit/package"
}
