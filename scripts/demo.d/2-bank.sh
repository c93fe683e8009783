# The bank: the sample exam checked, split into candidate and scoring view, sealed, signed by two
# officers, with a kit for the site and a capsule for the desk.
title "2. Bank"
quiet "$bin/assay-bank" check question-bank/sample
not_before=$(date -u -d '-1 hour' +%FT%TZ)
not_after=$(date -u -d '+1 day' +%FT%TZ)
quiet with_pin custodian "$bin/assay-bank" seal question-bank/sample --out "$out/bank" \
    --exam "$exam" --part "$part" --title "电子商务数据分析（初级）样卷" --not-before "$not_before" \
    --not-after "$not_after" --scoring-recipient "$(public scoring scoring)" --officers 2/3 \
    --officer-share-out "$out/keys/part-shares" --part-key-out "$out/keys/part.ring"
for file in bank scoring; do sign "$out/bank/$file.dsse.json" officer-1; done
verify_bank() {
    "$bin/assay-bank" verify "$1" --keys "$out/keys/list.dsse.json" --rows "$out/keys/rows.json"
}
refused 12 verify_bank "$out/bank"
for file in bank scoring; do sign "$out/bank/$file.dsse.json" officer-2; done
quiet verify_bank "$out/bank"
proved "a sealed bank counts with two exam officers' signatures, and not with one"
cp -r "$out/bank" "$out/bank-changed"
printf '\x01' | dd of="$out/bank-changed/bank.age" bs=1 seek=5000 conv=notrunc status=none
refused 11 verify_bank "$out/bank-changed"
proved "one changed byte in the bank is found"
quiet with_pin custodian "$bin/assay-bank" kit "$out/bank" --site "$site" --invigilators 2/3 \
    --dictation --out "$out/kit" --part-key "$out/keys/part.ring"
for kit in "$out"/kit/*.dsse.json; do sign "$kit" officer-1 officer-3; done
quiet with_pin custodian "$bin/assay-bank" capsule "$out/bank" --recipient "$(public desk age)" \
    --out "$out/keys/desk.capsule" --part-key "$out/keys/part.ring"
