# Keys: an organisation with root and exam officers (2 of 3 each), scoring and escrow keys, a server,
# a site with two rooms and their desks, and a signed key list.
title "1. Keys"
for n in 1 2 3; do
    ring "root-$n" --signing signing
    ring "officer-$n" --signing signing
done
ring scoring --age scoring
ring escrow --age escrow
ring server --signing tls --signing release --signing result --signing log --signing store --age age
for desk in desk desk-2; do
    ring "$desk" --signing tls --signing signing --signing site-log --age age
done
ring auditor --age age
organisation=$(random_hex 16)
site=$(random_hex 16)
room=$(random_hex 16)
room_2=$(random_hex 16)
sitting=$(random_hex 16)
sitting_2=$(random_hex 16)
exam=$(random_hex 16)
part=$(random_hex 16)

row() { # row ROLE HOLDER LABEL [SITE]
    quiet "$bin/assay-keys" list row --rows "$out/keys/rows.json" --organisation "$organisation" \
        --role "$1" --public "$out/keys/$2.pub" --label "$3" ${4:+--site "$4"}
}
for n in 1 2 3; do row exam-officer "officer-$n" "考务管理员 $n"; done
for role in server release result log; do row "$role" server "评分服务器"; done
for role in desk site-log; do
    row "$role" desk "301 考场监考端" "$site"
    row "$role" desk-2 "302 考场监考端" "$site"
done
quiet "$bin/assay-keys" list make --rows "$out/keys/rows.json" --out "$out/keys/list.dsse.json" \
    --root "$(public root-1 signing)" --root "$(public root-2 signing)" \
    --root "$(public root-3 signing)" --root-threshold 2 --officer-threshold 2
roots=(--root "$(public root-1 signing)" --root "$(public root-2 signing)"
    --root "$(public root-3 signing)" --root-threshold 2)
sign "$out/keys/list.dsse.json" root-1
refused 12 "$bin/assay-keys" list verify "$out/keys/list.dsse.json" --rows "$out/keys/rows.json" \
    "${roots[@]}"
sign "$out/keys/list.dsse.json" root-3
quiet "$bin/assay-keys" list verify "$out/keys/list.dsse.json" --rows "$out/keys/rows.json" "${roots[@]}"
proved "a key list counts with two root officers' signatures, and not with one"
quiet with_pin scoring "$bin/assay-keys" share split --ring "$out/keys/scoring.ring" --key scoring \
    --group 2/3 --folder "$out/keys/scoring-shares"
refused 12 with_pin root-1 "$bin/assay-keys" ring show "$out/keys/scoring.ring"
proved "a key ring opens with its own PIN only"
