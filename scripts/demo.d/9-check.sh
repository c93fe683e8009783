# Others check: one package is opened by two officers; assay-audit and stock tools verify it offline.
title "9. Check by others"
attempt=$(view | jq -r '.candidates[] | select(.seat == "01") | .attempt')
package=$(view | jq -r '.candidates[] | select(.seat == "01") | .package')
quiet server draft-opening --attempt "$attempt" --to "$(public auditor age)" --purpose 复核 \
    --out "$out/opening.dsse.json"
sign "$out/opening.dsse.json" officer-1 officer-3
quiet score open --opening "$out/opening.dsse.json" --out "$out/opened"

audit=$out/audit/package
mkdir -p "$audit/keys"
cp "$out/keys/list.dsse.json" "$out/keys/rows.json" "$audit/keys/"
cp "$out/plan/manifest.dsse.json" "$out/plan/attempts.json" "$audit/"
cp "$out/opened/package.dsse.json" "$out/opened/package.age" "$out/opened/opening.dsse.json" "$audit/"
cp "$out/desk/openings/0001.dsse.json" "$audit/room-opening.dsse.json"
for seal in "$out"/desk/seals/*.dsse.json; do cp "$seal" "$audit/seal-$(basename "$seal")"; done
machine=$(jq -r .payload "$audit/package.dsse.json" | base64 -d | jq -r .predicate.terminal)
cp "$out/desk/enrolments/$machine.dsse.json" "$audit/enrolment.dsse.json"
cp "$out/desk/receipts/$package" "$audit/receipt.txt"
desk proof 01
jq -j .proof <<<"$answer" >"$audit/site-proof.txt"
quiet with_pin auditor "$bin/assay-keys" ring export "$out/keys/auditor.ring" --key age \
    --out "$out/keys/auditor.key"
age -d -i "$out/keys/auditor.key" "$out/opened/attempt-key.age" >"$audit/attempt.key"
# Disclosed beside it: the scoring view, the marks and the result, and the evidence.
mkdir -p "$audit/parts/01" "$audit/marks" "$audit/evidence"
cp "$out/bank/bank.dsse.json" "$out/bank/scoring.dsse.json" "$out/bank/scoring.age" "$audit/parts/01/"
quiet with_pin combined "$bin/assay-keys" ring export "$out/keys/scoring-combined.ring" --key age \
    --out "$out/keys/scoring.key"
age -d -i "$out/keys/scoring.key" "$out/bank/scoring-key.age" >"$audit/parts/01/scoring-view.key"
rm "$out/keys/scoring.key"
cp "$out"/marks/01-*.dsse.json "$audit/marks/"
cp "$out/results/$attempt.result.dsse.json" "$audit/result.dsse.json"
for meta in "$out"/desk/uploads/*.passed; do
    if grep -q "$attempt" "$meta"; then cp "${meta%.*}.age" "$audit/evidence/"; fi
done
"$bin/assay-audit" package "$audit" >"$out/audit/report.txt" 2>&1 ||
    { cat "$out/audit/report.txt"; fail "assay-audit"; }
proved "assay-audit verified the opened package offline: signatures, receipt, seal, journal, answers, evidence"
if grep -q '^disagrees' "$out/audit/report.txt"; then fail "the audit disagrees"; fi
proved "the score was computed again, byte for byte"
quiet scripts/demo.d/check-with-stock-tools "$audit"
proved "age, jq and openssl alone came to the same"

for file in package.age package.dsse.json receipt.txt attempts.json keys/rows.json; do
    cp -r "$audit" "$out/audit/changed"
    size=$(stat -c %s "$audit/$file")
    at=$((size / 2))
    byte=$(od -An -tu1 -j "$at" -N1 "$audit/$file" | tr -d ' ')
    printf "\\x$(printf %02x $((byte ^ 1)))" |
        dd of="$out/audit/changed/$file" bs=1 seek="$at" conv=notrunc status=none
    refused 20 "$bin/assay-audit" package "$out/audit/changed"
    grep -q "$file" "$out/refused.txt" || fail "the changed file $file was not named"
    rm -rf "$out/audit/changed"
done
proved "one flipped bit in each of five files was found, and the file named"

say "the fee waiver is searched for in every store"
wait "$searching" || { cat "$out/search.txt"; fail "the fee waiver left the server"; }
quiet scripts/demo.d/search-stores "$out" "$fee" --server
mkdir -p "$out/planted"
base64 scripts/demo.d/roster.csv >"$out/planted/a-mistake"
refused 1 scripts/demo.d/search-stores "$out" "$fee" "$control" "$out/planted"
rm -r "$out/planted"
proved "the fee waiver stands at the server and nowhere else: $(tail -1 "$out/search.txt")"

kiosk=0
"$bin/assay-kiosk" verify >"$out/kiosk.txt" 2>&1 || kiosk=$?
[ "$kiosk" -ne 0 ] || fail "this machine is no kiosk, but assay-kiosk says so"
proved "assay-kiosk says honestly that this machine is no kiosk"
