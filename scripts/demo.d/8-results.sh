# After the window: officers' shares give the scoring key, everything is scored, results come out.
title "8. Scores and results"
stop "$server_pid"
quiet with_pin combined "$bin/assay-keys" share combine "$out"/keys/scoring-shares/*1.share \
    "$out"/keys/scoring-shares/*3.share --out "$out/keys/scoring-combined.ring"
score() {
    server "$@" --scoring-ring "$out/keys/scoring-combined.ring" --scoring-pin-fd 4 \
        --scoring-key age 4<"$(pin_for combined)"
}
# What no machine marks: the essay and the practical task of the candidates at seats 01 and 02.
mkdir -p "$out/marks"
for seat in 01 02; do
    attempt=$(view | jq -r ".candidates[] | select(.seat == \"$seat\") | .attempt")
    for marked in Q12:12000:15000 Q13:16000:20000; do
        IFS=: read -r item mark_milli max_milli <<<"$marked"
        mark=$out/marks/$seat-$item.dsse.json
        quiet "$bin/assay-server" draft-mark --attempt "$attempt" --marker "$(id_of officer-2)" \
            --item "$item" --criterion total --mark-milli "$mark_milli" --max-milli "$max_milli" --out "$mark"
        sign "$mark" officer-2
        quiet server add-mark "$mark"
    done
done
quiet score score --sitting "$sitting"
quiet server results --sitting "$sitting" --out "$out/results"
csv=$(ls "$out"/results/*.csv | head -1)
[ "$(tail -n +2 "$csv" | wc -l)" -eq 10 ] || fail "the results do not name ten candidates"
[ "$(grep -c ',passed,' "$csv")" -eq 2 ] || fail "the two marked candidates should have passed"
proved "the scoring key came from two of three shares; ten candidates have a result, two of them marked by a person and passed"
quiet score score --sitting "$sitting_2"
quiet server results --sitting "$sitting_2" --out "$out/results-2"
[ "$(tail -n +2 -q "$out"/results-2/*.csv | wc -l)" -eq 2 ] || fail "the second room has no two results"
proved "what came on the stick has its two results as well"
