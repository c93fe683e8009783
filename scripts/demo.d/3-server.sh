# The server: started on its encrypted store, a sitting planned from the college's roster, signed by
# officers, the release approved in advance.
title "3. Server"
server() { # server COMMAND ARGUMENTS...: with the folder and the server's PIN
    local command=$1
    shift
    with_pin server "$bin/assay-server" "$command" --folder "$out/server" \
        --keys "$out/keys/server.ring" "$@"
}
quiet server init
quiet server adopt-keys "$out/keys/list.dsse.json" --rows "$out/keys/rows.json"
quiet server add-bank "$out/bank"
for kit in "$out"/kit/*.dsse.json; do quiet server add-kit "$kit"; done
quiet server add-capsule "$out/keys/desk.capsule" --part "$part" --desk "$(id_of desk)"
quiet "$bin/assay-server" draft-batch --bank "$out/bank" --out "$out/batch.dsse.json"
sign "$out/batch.dsse.json" officer-2 officer-3
quiet server add-batch "$out/batch.dsse.json"

# plan NAME SITTING ROOM ROOM_NAME DESK ROSTER: a sitting of one room, signed by two officers.
plan() {
    local name=$1 roster=$6
    quiet scripts/demo.d/draw-photos "$roster" "$out/photos"
    cat >"$out/$name.json" <<END
{"sitting": "$2", "organisation": "$organisation", "exam": "$exam",
 "title": "电子商务数据分析（初级） / E-commerce data analysis (elementary)", "level": "elementary", "standard": "1+X",
 "site": "$site", "rooms": [{"room": "$3", "name": "$4", "desks": ["$(id_of "$5")"]}],
 "windowBegin": "$not_before", "windowEnd": "$not_after",
 "parts": [{"folder": "bank", "reserve": false}],
 "scoringRecipient": "$(public scoring scoring)", "escrowRecipient": "$(public escrow escrow)",
 "logKey": "",
 "rules": {"durationMinutes": 60, "latestEntryMinutes": 30, "earliestHandInMinutes": 0,
  "lateStarterKeepsEnd": true, "breaks": [], "tools": [], "camera": "optional",
  "identity": false, "pass": {"totalPermille": 600, "partPermille": 0}}}
END
    quiet server plan --definition "$out/$name.json" --roster "$roster" --photos "$out/photos" \
        --out "$out/$name"
    sign "$out/$name/manifest.dsse.json" officer-1 officer-2
    quiet server add-sitting "$out/$name"
}
plan plan "$sitting" "$room" 301 desk scripts/demo.d/roster.csv
proved "a sitting of ten candidates was planned from a CSV and photos, and signed by two officers"
plan plan-2 "$sitting_2" "$room_2" 302 desk-2 scripts/demo.d/roster-2.csv
start_server() {
    rm -f "$out/server.ready"
    exec 4<"$(pin_for server)"
    start server "$bin/assay-server" run --folder "$out/server" --keys "$out/keys/server.ring" \
        --pin-fd 4 --listen 127.0.0.1 --port "${1:-0}" --public-port 0 \
        --ready-file "$out/server.ready"
    exec 4<&-
    server_pid=$started
    wait_for 20 "the server" test -s "$out/server.ready"
    server_port=$(jq -r .port "$out/server.ready")
    server_tls=$(jq -r .tls "$out/server.ready")
}
start_server
proved "the server listens with TLS 1.3 on its encrypted store"
