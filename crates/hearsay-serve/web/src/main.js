// Keys. The pages work without any of this.
const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");
let waiting = false;

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
  if (waiting) {
    waiting = false;
    const room = document.querySelector(`nav [data-key="${CSS.escape(e.key)}"]`);
    if (room) room.click();
    return;
  }
  if (e.key === "/") {
    e.preventDefault();
    document.getElementById("q").focus();
  } else if (e.key === "?") {
    document.querySelector("a.help").click();
  } else if (e.key === "g") {
    waiting = true;
    setTimeout(() => (waiting = false), 1200);
  } else if (e.key === "j" || e.key === "k") {
    step(e.key === "j" ? 1 : -1);
  }
});

// Moves the focus along the rows of a list, or the entries of the reader.
function step(by) {
  const rows = [...document.querySelectorAll(".row .sentence a, .entries a, .board .chip")];
  if (!rows.length) return;
  let at = rows.indexOf(document.activeElement);
  if (at < 0) at = rows.findIndex((r) => r.getAttribute("aria-current")) ;
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

import "./brush.js";
import "./ties.js";
