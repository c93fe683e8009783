// Dragging with mouse or finger by pointer events: the browser's own drag is a window of its own.
// `onDrop(target)` gets the element below the pointer; a press without a move stays a click.
const kDragStartPixels = 6;

function draggable(node, { ghost = true, onStart, onMove, onDrop }) {
  node.addEventListener("dragstart", (event) => event.preventDefault());
  node.addEventListener("pointerdown", (down) => {
    if (!enabled || down.button !== 0 || (down.target.closest("button, input") || node) !== node) return;
    let image = null;
    let dragging = false;
    function begin() {
      dragging = true;
      if (onStart) onStart();
      node.classList.add("dragging");
      if (ghost) {
        image = node.cloneNode(true);
        image.classList.add("ghost");
        image.style.width = `${node.offsetWidth}px`;
        document.body.append(image);
      }
    }
    function move(event) {
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (!dragging && far > kDragStartPixels) begin();
      if (!dragging) return;
      event.preventDefault();
      if (image) image.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
      if (onMove) onMove(event);
      const margin = 40;
      if (event.clientY < margin) window.scrollBy(0, -12);
      if (event.clientY > window.innerHeight - margin) window.scrollBy(0, 12);
    }
    function end(event) {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      if (!dragging) return;
      node.classList.remove("dragging");
      if (image) image.remove();
      // The click that follows the release is part of the drag.
      window.addEventListener("click", (click) => {
        click.stopPropagation();
        click.preventDefault();
      }, { capture: true, once: true });
      setTimeout(() => window.dispatchEvent(new Event("click")), 0);
      if (event.type === "pointerup" && onDrop) {
        onDrop(document.elementFromPoint(event.clientX, event.clientY));
      }
    }
    window.addEventListener("pointermove", move, { passive: false });
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  });
}
