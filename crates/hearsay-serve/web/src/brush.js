// Choosing a span on the timeline by drawing over it.
for (const svg of document.querySelectorAll("svg[data-brush]")) {
  const slots = [...svg.querySelectorAll(".slot")];
  if (!slots.length) continue;
  svg.classList.add("live");
  let from = null;
  let moved = false;

  const at = (e) => {
    const box = svg.getBoundingClientRect();
    const nth = Math.floor(((e.clientX - box.left) / box.width) * slots.length);
    return Math.max(0, Math.min(slots.length - 1, nth));
  };
  const mark = (to) => slots.forEach((s, n) => s.classList.toggle("in", n >= Math.min(from, to) && n <= Math.max(from, to)));

  svg.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    from = at(e);
    moved = false;
  });
  svg.addEventListener("pointermove", (e) => {
    if (from === null) return;
    if (!moved && at(e) === from) return;
    if (!moved) svg.setPointerCapture(e.pointerId);
    moved = true;
    svg.classList.add("brushing");
    mark(at(e));
  });
  svg.addEventListener("pointerup", (e) => {
    if (from === null) return;
    const [a, b] = [Math.min(from, at(e)), Math.max(from, at(e))];
    from = null;
    if (!moved) return;
    const to = new URL(location.href);
    to.search = "";
    to.searchParams.set("from", slots[a].dataset.from);
    to.searchParams.set("to", slots[b].dataset.to);
    location.assign(to);
  });
  // A drag that ends over a bar must not follow it.
  svg.addEventListener("click", (e) => moved && e.preventDefault(), true);
  svg.addEventListener("dragstart", (e) => e.preventDefault());
}
