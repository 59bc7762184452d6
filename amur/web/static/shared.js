// What scripts of pages share; it does nothing by itself.

// Sliders tell their value.
export function sliders(root = document) {
  for (const input of root.querySelectorAll(".slide input[type=range]")) {
    const output = input.parentElement.querySelector("output");
    input.addEventListener("input", () => { output.value = input.value + (input.dataset.unit || ""); });
  }
}

// Follow a job: `tell` hears each event; the promise is kept with the last one. Stop by aborting the signal.
export function follow(address, tell, signal) {
  return new Promise((resolve) => {
    const events = new EventSource(address);
    const end = (told) => { events.close(); resolve(told); };
    for (const name of ["progress", "done", "failed", "cancelled"]) {
      events.addEventListener(name, (event) => {
        const told = JSON.parse(event.data);
        tell(told);
        if (name !== "progress") end(told);
      });
    }
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) end({ event: "lost" }); });
    signal?.addEventListener("abort", () => end({ event: "left" }));
  });
}

export function telling(box, told) {
  const bar = box.querySelector("progress");
  const waits = told.ahead ? ` (${told.ahead} before it)` : "";
  box.querySelector(".what").textContent = (told.what || "waiting") + waits;
  if (told.of) { bar.max = told.of; bar.value = told.done; } else bar.removeAttribute("value");
}
