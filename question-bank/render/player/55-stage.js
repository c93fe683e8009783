// A picture with areas over it. Coordinates are pixels of the picture as the author gave it.
const kSvg = "http://www.w3.org/2000/svg";

function makeStage(root) {
  const node = root.querySelector(".stage");
  const image = node.querySelector("img");
  const svg = node.querySelector(".overlay");
  const layer = node.querySelector(".layer");
  const size = { width: Number(node.dataset.width), height: Number(node.dataset.height) };
  function fit() {
    if (image && (!size.width || !size.height) && image.naturalWidth) {
      size.width = size.width || image.naturalWidth;
      size.height = size.height || image.naturalHeight;
    }
    if (!size.width || !size.height) return;
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    node.style.setProperty("--wide", `${size.width}px`);
    node.style.aspectRatio = `${size.width} / ${size.height}`;
  }
  fit();
  if (image) image.addEventListener("load", fit);
  const spots = Array.from(svg.querySelectorAll(".spot"));
  return {
    node, svg, layer, size, spots,
    spot: (value) => spots.find((each) => each.dataset.target === value),
    centre(spot) {
      const box = spot.getBBox();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },
    put(element, point) {
      element.style.left = `${(100 * point.x) / (size.width || 1)}%`;
      element.style.top = `${(100 * point.y) / (size.height || 1)}%`;
      layer.append(element);
    },
    point(event) {
      const box = node.getBoundingClientRect();
      const clamp = (value, max) => Math.max(0, Math.min(max, Math.round(value)));
      return {
        x: clamp(((event.clientX - box.left) / box.width) * size.width, size.width),
        y: clamp(((event.clientY - box.top) / box.height) * size.height, size.height),
      };
    },
  };
}

define("hotspot", (root, api) => {
  const stage = makeStage(root);
  showRule(root, api, stage.node);
  const choice = chooser(api, (chosen) => {
    for (const spot of stage.spots) {
      const on = chosen.includes(spot.dataset.target);
      spot.setAttribute("aria-pressed", String(on));
      spot.classList.toggle("chosen", on);
    }
  });
  for (const spot of stage.spots) {
    pressable(spot, () => choice.toggle(spot.dataset.target, nameOf(spot)));
  }
  return { set: choice.set };
});

define("graphicOrder", (root, api) => {
  const stage = makeStage(root);
  if (api.max > 0) showRule(root, api, stage.node);
  const choice = chooser(Object.assign({}, api, { single: false }), (chosen) => {
    stage.layer.textContent = "";
    for (const spot of stage.spots) {
      const position = chosen.indexOf(spot.dataset.target);
      spot.classList.toggle("chosen", position >= 0);
      spot.setAttribute("aria-pressed", String(position >= 0));
      if (position >= 0) {
        stage.put(make("span", { class: "number" }, String(position + 1)), stage.centre(spot));
      }
    }
  });
  for (const spot of stage.spots) {
    pressable(spot, () => choice.toggle(spot.dataset.target, nameOf(spot)));
  }
  return { set: choice.set };
});

define("graphicAssociate", (root, api) => {
  const stage = makeStage(root);
  const lines = document.createElementNS(kSvg, "g");
  lines.setAttribute("class", "lines");
  stage.svg.append(lines);
  return pairing(root, api, {
    nodes: stage.spots,
    drawPairs(pairs) {
      lines.textContent = "";
      for (const pair of pairs) {
        const [a, b] = pair.map((value) => stage.centre(stage.spot(value)));
        const line = document.createElementNS(kSvg, "line");
        Object.entries({ x1: a.x, y1: a.y, x2: b.x, y2: b.y })
          .forEach(([key, value]) => line.setAttribute(key, String(value)));
        lines.append(line);
      }
    },
  });
});

define("graphicGapMatch", (root, api) => {
  const stage = makeStage(root);
  for (const spot of stage.spots) spot.dataset.label = nameOf(spot);
  const chips = new Map();
  return placement(root, api, {
    targets: stage.spots,
    drawTarget(spot, inside) {
      if (chips.has(spot)) chips.get(spot).remove();
      spot.classList.toggle("chosen", inside.length > 0);
      const filling = inside.map(nameOf).join(", ");
      spot.setAttribute("aria-label", filling ? `${spot.dataset.label}: ${filling}` : spot.dataset.label);
      if (inside.length === 0) return;
      const chip = make("span", { class: "chip on-stage" });
      for (const token of inside) chip.append(...cloneContent(token));
      chips.set(spot, chip);
      stage.put(chip, stage.centre(spot));
    },
  });
});
