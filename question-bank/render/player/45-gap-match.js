// Pieces into places: gaps of a text or areas of a picture. The answer is "piece place" pairs.
function placement(root, api, { targets, drawTarget }) {
  const tokens = Array.from(root.querySelectorAll(".pool .token"));
  const limit = Number(root.dataset.max || 0);
  let pairs = []; // [token value, target value]
  const tokenOf = (value) => tokens.find((each) => each.dataset.value === value);
  const uses = (value) => pairs.filter((pair) => pair[0] === value).length;
  const canPick = (token) => Number(token.dataset.max) === 0 || uses(token.dataset.value) < Number(token.dataset.max);
  const hand = picker(root, { canPick, onPlace: place, targets: () => targets });

  function show() {
    for (const token of tokens) token.classList.toggle("used", !canPick(token));
    for (const target of targets) {
      const inside = pairs.filter((pair) => pair[1] === target.dataset.target);
      drawTarget(target, inside.map((pair) => tokenOf(pair[0])).filter(Boolean));
    }
  }
  function changed() {
    show();
    api.change(pairs.map((pair) => pair.join(" ")));
  }
  function place(token, target) {
    const value = target.dataset.target;
    const room = Number(target.dataset.max);
    const inside = pairs.filter((pair) => pair[1] === value);
    if (inside.some((pair) => pair[0] === token.dataset.value)) return;
    if (room === 1) pairs = pairs.filter((pair) => pair[1] !== value);
    else if (room > 1 && inside.length >= room) { announce(say("full")); return; }
    if (limit > 0 && pairs.length >= limit) { announce(say("limit", { max: limit })); show(); return; }
    pairs.push([token.dataset.value, value]);
    announce(say("placed", { name: nameOf(token), place: target.dataset.label || nameOf(target) }));
    changed();
  }
  function empty(target, token) {
    const value = target.dataset.target;
    const gone = pairs.filter((pair) => pair[1] === value && (!token || pair[0] === token));
    if (gone.length === 0) return;
    const last = gone[gone.length - 1];
    pairs = pairs.filter((pair) => pair !== last);
    announce(say("removed", { name: nameOf(tokenOf(last[0])) }));
    changed();
  }
  for (const token of tokens) {
    pressable(token, () => hand.pick(token));
    hand.drag(token);
  }
  for (const target of targets) {
    pressable(target, () => {
      const token = hand.held();
      if (token) {
        hand.release();
        place(token, target);
      } else {
        empty(target);
      }
    });
    target.addEventListener("keydown", (event) => {
      if (enabled && (event.key === "Delete" || event.key === "Backspace")) {
        event.preventDefault();
        empty(target);
      }
    });
  }
  return {
    empty,
    set(lines) {
      pairs = lines.map((line) => line.split(" ")).filter((pair) => pair.length === 2);
      hand.release();
      show();
    },
  };
}

function cloneContent(node) {
  return Array.from(node.childNodes, (each) => each.cloneNode(true));
}

define("gapMatch", (root, api) => {
  const targets = Array.from(root.querySelectorAll(".gap"));
  return placement(root, api, {
    targets,
    drawTarget(target, inside) {
      target.textContent = "";
      inside.forEach((token, i) => {
        if (i > 0) target.append(" ");
        target.append(...cloneContent(token));
      });
      target.classList.toggle("filled", inside.length > 0);
      const filling = inside.map(nameOf).join(", ");
      target.setAttribute("aria-label", filling ? `${target.dataset.label}: ${filling}` : target.dataset.label);
    },
  });
});
