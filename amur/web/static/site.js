// What every page does: the theme, sliders that tell their value, progress of what is being worked out, charts.
const themes = ["light", "dark"];

function theme() {
  const button = document.querySelector("button.theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  const tell = () => {
    const other = themes[1 - themes.indexOf(now())];
    button.textContent = other === "dark" ? "Dark" : "Light";
    button.setAttribute("aria-label", `Show the page ${other}`);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = themes[1 - themes.indexOf(now())];
    try { localStorage.setItem("amur-theme", now()); } catch { /* chosen for this page only */ }
    tell();
  });
  dark.addEventListener("change", tell);
  tell();
}

export function sliders(root = document) {
  for (const input of root.querySelectorAll(".slide input[type=range]")) {
    const output = input.parentElement.querySelector("output");
    input.addEventListener("input", () => { output.value = input.value + (input.dataset.unit || ""); });
  }
}

// What is left empty is not asked: addresses stay short, and can be read.
function forms() {
  for (const form of document.querySelectorAll("form.controls[method=get]")) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
    });
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

async function working() {
  const box = document.querySelector(".working[data-events]");
  if (!box) return;
  await follow(box.dataset.events, (told) => telling(box, told));
  location.reload();
}

theme();
sliders();
forms();
working();
if (document.querySelector("figure.chart[data-spec]")) {
  import(document.querySelector("script[data-charts]").dataset.charts);
}
