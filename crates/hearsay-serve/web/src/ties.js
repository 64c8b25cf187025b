// In the network, what belongs to the actor under the pointer stands out.
for (const svg of document.querySelectorAll("svg.network")) {
  const links = [...svg.querySelectorAll("a")];
  const of = (a) => (a.getAttribute("href").startsWith("/pair/") ? a.getAttribute("href").split("/").slice(2, 4) : [a.dataset.node]);
  svg.addEventListener("pointerover", (e) => {
    const node = e.target.closest("a[data-node]");
    svg.classList.toggle("far", Boolean(node));
    if (!node) return;
    const ties = links.filter((a) => of(a).length > 1 && of(a).includes(node.dataset.node));
    const near = new Set(ties.flatMap(of));
    links.forEach((a) => a.classList.toggle("near", ties.includes(a) || near.has(a.dataset.node) || a === node));
  });
  svg.addEventListener("pointerleave", () => svg.classList.remove("far"));
}
