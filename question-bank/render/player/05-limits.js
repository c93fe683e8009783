// How many may be chosen: the rule as a sentence, and keeping to it.
function ruleSentence(api) {
  const { min, max } = api;
  if (max > 0 && min === max) return max === 1 ? "" : say("choose-exactly", { max });
  if (max > 1 && min > 0) return say("choose-between", { min, max });
  if (max > 1) return say("choose-most", { max });
  if (max === 0 && min > 0) return say("choose-least", { min });
  return max === 0 ? say("choose-any") : "";
}

function showRule(root, api, before) {
  const sentence = api.single ? "" : ruleSentence(api);
  if (!sentence) return;
  root.insertBefore(make("p", { class: "rule" }, sentence), before);
}

// A set of identifiers with a limit. With room for one only, the new one takes the old one's place.
function chooser(api, onChange) {
  let chosen = [];
  const limit = api.single ? 1 : api.max;
  return {
    has: (value) => chosen.includes(value),
    all: () => chosen.slice(),
    set(lines) { chosen = lines.slice(); onChange(chosen); },
    toggle(value, name) {
      if (chosen.includes(value)) {
        chosen = chosen.filter((each) => each !== value);
        announce(say("unselected", { name }));
      } else if (limit === 1) {
        chosen = [value];
        announce(say("selected", { name }));
      } else if (limit > 0 && chosen.length >= limit) {
        announce(say("limit", { max: limit }));
        return;
      } else {
        chosen = chosen.concat(value);
        announce(say("selected", { name }));
      }
      onChange(chosen);
      api.change(chosen);
    },
  };
}
