// Highlighter: what is selected with the mouse, or by keyboard a whole paragraph at a time. Kept
// as places in the text of the item, so that it comes back on the same words.
defineTool("highlighter", (panel, keep) => {
  const kBlocks = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, blockquote, figcaption, .prompt, .paragraph, .choice";
  const kNot = "button, input, textarea, svg, math, [role=listbox], .tool-panel, .layer, .help, .rule, .on-choice";
  let ranges = []; // [from, to), sorted, apart from each other

  function texts() {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const out = [];
    let at = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(kNot)) continue;
      out.push({ node, from: at, to: at + node.data.length });
      at += node.data.length;
    }
    return out;
  }
  function unpaint() {
    for (const mark of main.querySelectorAll("mark.highlight")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }
  function paint() {
    unpaint();
    for (const { node, from, to } of texts()) {
      let rest = node;
      let begin = from;
      for (const [a, b] of ranges) {
        const low = Math.max(a, begin);
        const high = Math.min(b, to);
        if (low >= high) continue;
        const piece = low > begin ? rest.splitText(low - begin) : rest;
        rest = high < to ? piece.splitText(high - low) : null;
        begin = high;
        if (!piece.data.trim()) { if (!rest) break; continue; }
        const mark = make("mark", { class: "highlight" });
        piece.replaceWith(mark);
        mark.append(piece);
        if (!rest) break;
      }
    }
  }
  function change(from, to) {
    if (from >= to) return;
    const inside = ranges.some(([a, b]) => a <= from && to <= b);
    const left = [];
    for (const [a, b] of ranges) {
      if (b < from || a > to) left.push([a, b]);
      else if (inside) {
        if (a < from) left.push([a, from]);
        if (to < b) left.push([to, b]);
      } else {
        from = Math.min(from, a);
        to = Math.max(to, b);
      }
    }
    if (!inside) left.push([from, to]);
    ranges = left.sort((x, y) => x[0] - y[0]);
    paint();
    keep(JSON.stringify(ranges));
    announce(say(inside ? "unmarked" : "marked"));
  }
  // Where a place of the document stands in the text of the item.
  function placeOf(node, offset) {
    const range = document.createRange();
    range.setStart(main, 0);
    range.setEnd(node, offset);
    let at = 0;
    for (const each of texts()) {
      if (each.node === node) return each.from + offset;
      if (range.comparePoint(each.node, 0) <= 0) at = each.to;
    }
    return at;
  }
  function takeSelection() {
    const selection = getSelection();
    if (selection.rangeCount === 0 || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!main.contains(range.commonAncestorContainer)) return;
    const [from, to] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
    selection.removeAllRanges();
    change(from, to);
  }
  const blocks = () => Array.from(main.querySelectorAll(kBlocks))
    .filter((block) => !block.closest(kNot) && !block.querySelector(kBlocks) && block.textContent.trim());
  function spanOf(block) {
    const inside = texts().filter(({ node }) => block.contains(node) && node.data.trim());
    return inside.length > 0 ? [inside[0].from, inside[inside.length - 1].to] : [0, 0];
  }
  function key(event) {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    change(...spanOf(event.currentTarget));
  }
  return {
    on() {
      main.addEventListener("mouseup", takeSelection);
      takeSelection();
      for (const block of blocks()) {
        block.tabIndex = 0;
        block.classList.add("to-mark");
        block.addEventListener("keydown", key);
      }
    },
    off() {
      main.removeEventListener("mouseup", takeSelection);
      for (const block of main.querySelectorAll(".to-mark")) {
        block.removeAttribute("tabindex");
        block.classList.remove("to-mark");
        block.removeEventListener("keydown", key);
      }
    },
    set(value) {
      const pair = (each) => Array.isArray(each) && each.length === 2 && each.every(Number.isInteger);
      ranges = listOf(value).filter(pair);
      paint();
    },
  };
});
