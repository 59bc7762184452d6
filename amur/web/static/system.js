// The causal map: what a name is joined to lights up under the pointer or the focus, and is said.
for (const map of document.querySelectorAll("svg.map")) {
  const names = [...map.querySelectorAll("a[data-n]")];
  const edges = [...map.querySelectorAll("path[data-e]")].map((path) => [path, ...path.dataset.e.split(" ").map(Number)]);

  function light(at) {
    const near = new Set([at]);
    for (const [path, from, to] of edges) {
      const on = from === at || to === at;
      path.classList.toggle("on", on);
      if (on) near.add(from).add(to);
    }
    names.forEach((name, place) => name.classList.toggle("on", near.has(place)));
    map.classList.add("lit");
  }

  const dark = () => map.classList.remove("lit");
  names.forEach((name, place) => {
    name.addEventListener("pointerenter", () => light(place));
    name.addEventListener("pointerleave", dark);
    name.addEventListener("focus", () => light(place));
    name.addEventListener("blur", dark);
  });
}

// A map that is wider than its place begins at its middle where it stands around one name.
for (const frame of document.querySelectorAll(".frame")) {
  const svg = frame.querySelector("svg");
  if (svg && new URLSearchParams(location.search).get("around")) frame.scrollLeft = (svg.clientWidth - frame.clientWidth) / 2;
}
