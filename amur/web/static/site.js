// What every page does: the theme, sliders that tell their value, progress of what is being worked out, charts.
import { follow, sliders, telling } from "./shared.js";

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

// What is left empty is not asked: addresses stay short, and can be read.
function forms() {
  for (const form of document.querySelectorAll("form.controls[method=get]")) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
    });
  }
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
