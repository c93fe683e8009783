define("match", (root, api) => {
  const boxes = Array.from(root.querySelectorAll("input[data-row]"));
  let pairs = [];
  const pairOf = (box) => `${box.dataset.row} ${box.dataset.column}`;
  const limit = Number(root.dataset.max || 0);

  function show() {
    for (const box of boxes) {
      box.checked = pairs.includes(pairOf(box));
      box.closest(".cell").classList.toggle("chosen", box.checked);
    }
  }
  // Those of a row (or column) that are chosen; with room for one only they give way.
  function makeRoom(box, side) {
    const max = Number(box.dataset[`${side}Max`]);
    const mates = boxes.filter((each) => each !== box && each.dataset[side] === box.dataset[side] &&
                                         pairs.includes(pairOf(each)));
    if (max === 0 || mates.length < max) return true;
    if (max > 1) return false;
    pairs = pairs.filter((pair) => !mates.some((each) => pairOf(each) === pair));
    return true;
  }
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const before = pairs.slice();
      if (!box.checked) {
        pairs = pairs.filter((pair) => pair !== pairOf(box));
      } else if (makeRoom(box, "row") && makeRoom(box, "column") &&
                 (limit === 0 || pairs.length < limit)) {
        pairs = pairs.concat(pairOf(box));
      } else {
        pairs = before;
        announce(limit > 0 && pairs.length >= limit ? say("limit", { max: limit }) : say("full"));
      }
      show();
      api.change(pairs);
    });
    // Arrow keys go through the table as the eye does.
    box.addEventListener("keydown", (event) => {
      const columns = root.querySelectorAll("thead th").length;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      const next = step && boxes[boxes.indexOf(box) + step];
      if (next) { event.preventDefault(); next.focus(); }
    });
  }
  return { set(lines) { pairs = lines.slice(); show(); } };
});
