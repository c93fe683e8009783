// Starts everything, and opens the door for the host.
applyStyles();
main.querySelectorAll("[data-ia]").forEach(addPart);
main.querySelectorAll(".media").forEach((node) => { if (!node.closest("[data-ia=media]")) setUpMedia(node); });
main.querySelectorAll(".material").forEach(setUpMaterial);
setUpTools();
applyState(JSON.parse(document.body.dataset.state || "{}"));
applyEnabled(enabled);

window.addEventListener("blur", flush);
window.addEventListener("pagehide", flush);
window.addEventListener("contextmenu", (event) => event.preventDefault());
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => event.preventDefault());

window.assayPlayer = Object.freeze({
  setState: (state) => applyState(typeof state === "string" ? JSON.parse(state) : state),
  setResponse: applyResponse,
  setEnabled: (now) => { if (!now) flush(); applyEnabled(now); },
  setTheme: (theme) => { document.documentElement.dataset.theme = theme; },
  flush,
  focusFirst() {
    const first = main.querySelector("[data-ia] input:not([disabled]), [data-ia] textarea, " +
      "[data-ia] button:not([disabled]), [data-ia] [tabindex='0']");
    if (first) first.focus();
    return Boolean(first);
  },
});
window.assayHost = Object.freeze({ post });
post({ type: "ready" });
