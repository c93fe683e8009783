// Two of the same kind joined: associate (pieces) and graphicAssociate (areas of a picture).
function pairing(root, api, { nodes, drawPairs, pickNode }) {
  const list = root.querySelector(".pairs");
  const limit = Number(root.dataset.max || 0);
  let pairs = [];
  let first = null;
  const valueOf = (node) => node.dataset.value || node.dataset.target;
  const nodeOf = (value) => nodes.find((each) => valueOf(each) === value);
  const uses = (value) => pairs.flat().filter((each) => each === value).length;
  const free = (node) => Number(node.dataset.max) === 0 || uses(valueOf(node)) < Number(node.dataset.max);

  function hold(node) {
    if (first) first.setAttribute("aria-pressed", "false");
    first = node;
    if (node) node.setAttribute("aria-pressed", "true");
    root.classList.toggle("holding", Boolean(node));
  }
  function row(pair) {
    const names = { first: nameOf(nodeOf(pair[0])), second: nameOf(nodeOf(pair[1])) };
    const line = make("li", { class: "pair" });
    for (const value of pair) {
      const chip = make("span", { class: "chip" });
      if (pickNode) chip.append(...cloneContent(nodeOf(value)));
      else chip.textContent = nameOf(nodeOf(value));
      line.append(chip);
    }
    const remove = make("button", { type: "button", class: "remove-pair",
                                    "aria-label": say("remove-pair", names) });
    remove.disabled = !enabled;
    remove.addEventListener("click", () => {
      pairs = pairs.filter((each) => each !== pair);
      announce(say("removed", { name: `${names.first}, ${names.second}` }));
      changed();
      (list.querySelector(".remove-pair") || nodes[0]).focus();
    });
    line.append(remove);
    return line;
  }
  function show() {
    list.textContent = "";
    const known = pairs.filter((pair) => pair.every(nodeOf));
    list.append(...known.map(row));
    if (known.length === 0) list.append(make("li", { class: "hint" }, say("empty-pairs")));
    for (const node of nodes) node.classList.toggle("used", !free(node));
    if (drawPairs) drawPairs(known);
  }
  function changed() {
    show();
    api.change(pairs.map((pair) => pair.join(" ")));
  }
  function join(a, b) {
    if (a === b) return;
    if (!free(a) || !free(b)) { announce(say("used-up", { name: nameOf(free(a) ? b : a) })); return; }
    if (limit > 0 && pairs.length >= limit) { announce(say("limit", { max: limit })); return; }
    const pair = [valueOf(a), valueOf(b)];
    const known = pairs.some((each) => each.includes(pair[0]) && each.includes(pair[1]));
    if (known) return;
    pairs.push(pair);
    announce(say("joined", { first: nameOf(a), second: nameOf(b) }));
    changed();
  }
  function press(node) {
    if (!first) {
      if (!free(node)) { announce(say("used-up", { name: nameOf(node) })); return; }
      hold(node);
      announce(say("picked", { name: nameOf(node) }));
      return;
    }
    const other = first;
    hold(null);
    if (other === node) announce(say("put-back", { name: nameOf(node) }));
    else join(other, node);
  }
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") hold(null); });
  for (const node of nodes) {
    pressable(node, () => press(node));
    if (pickNode) {
      draggable(node, {
        onStart: () => hold(node),
        onDrop(below) {
          const target = below && nodes.find((each) => each.contains(below));
          hold(null);
          if (target) join(node, target);
        },
      });
    }
  }
  return {
    set(lines) {
      pairs = lines.map((line) => line.split(" ")).filter((pair) => pair.length === 2);
      hold(null);
      show();
    },
    enable: show,
  };
}

define("associate", (root, api) => pairing(root, api, {
  nodes: Array.from(root.querySelectorAll(".pool .token")),
  pickNode: true,
}));
