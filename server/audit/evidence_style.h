#pragma once

namespace assay::audit {

// Colours of weights: the same hue gets stronger; red is not used, because nothing is proven.
inline constexpr const char* kEvidenceStyle = R"css(
:root{--ink:#1c2733;--soft:#5b6b7b;--line:#d8dfe6;--info:#9db4c9;--low:#e2b93b;--medium:#e08a2b;--high:#b4532a;--covered:#7fae8b;--missing:#3d4650;--shed:#c9b8dd}
*{box-sizing:border-box}body{margin:0 auto;max-width:1180px;padding:24px;font:15px/1.55 system-ui,"Noto Sans CJK SC",sans-serif;color:var(--ink);background:#f5f7f9}
h1{margin:0 0 4px;font-size:26px}h2{margin:0 0 12px;font-size:18px}h3{margin:0;font-size:16px}header p{margin:2px 0;color:var(--soft)}.note{max-width:70em}
section{background:#fff;border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin:18px 0}code{font-size:12px;word-break:break-all}
table{border-collapse:collapse;width:100%;font-size:13px}td,th{padding:4px 8px;border-top:1px solid var(--line);text-align:left;vertical-align:top}
.verdict.good{border-left:6px solid var(--covered)}.verdict.bad{border-left:6px solid var(--high)}.verdict h2{margin:0}.disagrees td{color:var(--high);font-weight:600}summary{cursor:pointer;color:var(--soft);margin-top:6px}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin-bottom:12px}.tile{border-top:4px solid var(--line);background:#f8fafb;padding:10px 14px;border-radius:6px}.tile b{display:block;font-size:22px;font-variant-numeric:tabular-nums}.tile span{color:var(--soft)}
.tile.covered{border-color:var(--covered)}.tile.missing{border-color:var(--missing)}.tile.shed{border-color:var(--shed)}.tile.unexplained{border-color:var(--low)}
.time{display:flex}.lanes{flex:0 0 190px}.lanes div{height:26px;line-height:26px;font-size:13px;color:var(--soft);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
svg{flex:1;min-width:0;background:repeating-linear-gradient(#fafbfc 0 26px,#f1f4f6 26px 52px)}rect.info{fill:var(--info)}rect.low{fill:var(--low)}rect.medium{fill:var(--medium)}rect.high{fill:var(--high)}rect.covered{fill:var(--covered)}rect.missing{fill:var(--missing)}rect.shed{fill:var(--shed)}
.axis{display:flex;justify-content:space-between;margin-left:190px;font-size:12px;color:var(--soft);font-variant-numeric:tabular-nums}
article{border-top:1px solid var(--line);padding:14px 0}article:first-of-type{border-top:0;padding-top:0}article p{margin:2px 0 10px;color:var(--soft)}
i{display:inline-block;width:12px;height:12px;border-radius:50%;margin-right:8px}i.info{background:var(--info)}i.low{background:var(--low)}i.medium{background:var(--medium)}i.high{background:var(--high)}
.clip{margin:0 0 12px;display:grid;grid-template-columns:330px 1fr;gap:6px 16px}.stage{width:320px;height:240px;background:#000;position:relative;border-radius:6px;overflow:hidden}.stage img{position:absolute;inset:0;width:100%;height:100%;visibility:hidden}.stage img.on{visibility:visible}
.bar{grid-column:1;display:flex;align-items:center;gap:8px;width:320px}.bar input{flex:1}.bar button{width:36px;height:32px}.bar output{font-size:12px;font-variant-numeric:tabular-nums;color:var(--soft)}
.keys{grid-column:2;grid-row:1;display:flex;flex-wrap:wrap;gap:8px;align-content:flex-start}.keys img{width:220px;border-radius:6px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(160px,1fr));gap:10px}.grid figure{margin:0}.grid img{width:100%;border-radius:6px;display:block}figcaption{font-size:12px;color:var(--soft)}
.journal{max-height:420px;overflow:auto}.journal td{font-variant-numeric:tabular-nums}.journal tr.finding td,.journal tr.gap td{background:#fff7ea}
@media(max-width:900px){body{padding:12px}.tiles{grid-template-columns:repeat(2,1fr)}.clip{grid-template-columns:1fr}.keys{grid-column:1;grid-row:auto}.keys img{width:calc(33% - 6px)}.stage,.bar{width:100%;max-width:320px}.lanes{flex-basis:120px;min-width:0}.axis{margin-left:120px}.axis span:nth-child(even){display:none}section{overflow-x:auto}}
@media print{.bar,.stage{display:none}.journal{max-height:none}}
)css";

inline constexpr const char* kEvidenceScript = R"js(
for (const clip of document.querySelectorAll(".clip")) {
  const frames = [...clip.querySelectorAll(".stage img")];
  const range = clip.querySelector("input"), button = clip.querySelector("button"), at = clip.querySelector("output");
  if (!frames.length) { clip.querySelector(".stage").hidden = clip.querySelector(".bar").hidden = true; continue; }
  range.max = frames.length - 1;
  let timer = 0;
  const show = (n) => { frames.forEach((f, i) => f.classList.toggle("on", i === n)); range.value = n; at.textContent = frames[n].dataset.at; };
  const stop = () => { clearInterval(timer); timer = 0; button.textContent = "▶"; };
  button.onclick = () => {
    if (timer) { stop(); return; }
    button.textContent = "❚❚";
    timer = setInterval(() => { const n = (+range.value + 1) % frames.length; show(n); if (n === frames.length - 1) stop(); }, +clip.dataset.ms);
  };
  range.oninput = () => { stop(); show(+range.value); };
  show(Math.min(frames.length - 1, 25));
}
)js";

}  // namespace assay::audit
