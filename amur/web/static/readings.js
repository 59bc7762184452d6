// A reading being made: sliders beside its numbers, its priors drawn as they move, and the checks and the file that follow.
import { follow } from "./shared.js";

const Z = [-1.645, -0.674, 0, 0.674, 1.645];
const form = document.querySelector("form.own");
const checked = document.querySelector(".checked");
let waiting = null, turn = 0, stop = null;

const real = (kind) => (kind === "lognormal" ? Math.log : Number);
const back = (kind) => (kind === "lognormal" ? Math.exp : Number);
const short = (value) => Number(value.toPrecision(4));

// The middle nine tenths, half and median of a prior; of a beta, nearly.
function quantiles(set, centre, width) {
  const { kind } = set.dataset;
  if (kind === "lognormal") return Z.map((z) => centre * width ** z);
  if (kind === "normal") return Z.map((z) => centre + width * z);
  const [floor, roof] = [Number(set.dataset.floor), Number(set.dataset.roof)];
  const mean = (centre - floor) / (roof - floor), spread = Math.sqrt(mean * (1 - mean) / (width + 1));
  return Z.map((z) => floor + (roof - floor) * Math.min(0.999, Math.max(0.001, mean + spread * z)));
}

function drawn(set, centre, width) {
  const { kind } = set.dataset, to = real(kind);
  const ends = [to(Number(set.dataset.from)), to(Number(set.dataset.to))];
  const wide = ends[1] - ends[0] || 1, low = ends[0] - 0.04 * wide, whole = 1.08 * wide;
  const at = quantiles(set, centre, width).map((value) => Math.min(100, Math.max(0, 100 * (to(value) - low) / whole)));
  const strip = set.querySelector(".strip.posterior");
  const place = (name, x, w) => { const rect = strip.querySelector(name); rect.setAttribute("x", x); rect.setAttribute("width", Math.max(w, 0.4)); };
  place(".wide", at[0], at[4] - at[0]);
  place(".half", at[1], at[3] - at[1]);
  place(".dot", at[2] - 0.45, 0.9);
}

function slider(input, kind, words) {
  const range = document.createElement("input");
  const to = real(kind), low = to(Number(input.min)), high = to(Number(input.max));
  Object.assign(range, { type: "range", min: low, max: high, step: (high - low) / 400, value: to(Number(input.value)) });
  range.setAttribute("aria-label", words);
  range.addEventListener("input", () => {
    input.value = short(Math.min(Number(input.max), Math.max(Number(input.min), back(kind)(Number(range.value)))));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.addEventListener("input", (event) => { if (event.isTrusted) range.value = to(Number(input.value)); });
  input.closest("label").after(range);
  input.closest("label").append(range);
}

for (const set of form.querySelectorAll(".set")) {
  const centre = set.querySelector(".centre"), wide = set.querySelector(".wide[name]");
  const name = set.querySelector("h3 a").textContent;
  slider(centre, set.dataset.kind, `Centre of ${name}`);
  slider(wide, set.dataset.kind === "beta" ? "lognormal" : "normal", `Width of ${name}`);
  const moved = () => {
    drawn(set, Number(centre.value), Number(wide.value));
    set.classList.toggle("changed", [centre, wide].some((each) => each.dataset.usual !== undefined && Number(each.value) !== Number(each.dataset.usual)));
    soon();
  };
  centre.addEventListener("input", moved);
  wide.addEventListener("input", moved);
}
for (const input of form.querySelectorAll("#f-title, #f-says")) input.addEventListener("input", () => soon());

// What the reading it begins with says already is not said again: addresses stay short.
form.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData.entries()]) {
    const input = form.elements.namedItem(name);
    if (value === "" || (input?.dataset?.usual !== undefined && Number(input.dataset.usual) === Number(value))) event.formData.delete(name);
  }
});

function address() {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (name !== "add") told.append(name, value);
  return told;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 400);
}

async function ask() {
  const mine = ++turn, told = address();
  if (!form.checkValidity()) return;
  stop?.abort();
  stop = new AbortController();
  history.replaceState(null, "", told.size ? `${location.pathname}?${told}` : location.pathname);
  try {
    const answer = await fetch(`${form.dataset.checks}?${told}`, { signal: stop.signal });
    const page = await answer.json();
    if (mine !== turn) return;
    if (!answer.ok) { said("bad", page.detail || page.title); return; }
    document.querySelector(".file code").textContent = page.text;
    tell(page.checked, mine);
  } catch (error) {
    if (error.name !== "AbortError") said("muted", "The checks cannot be had now.");
  }
}

async function tell(found, mine) {
  if (found.state === "waiting") {
    said("muted", "Being held against the model …");
    await follow(found.events, () => {}, stop?.signal);
    if (mine === turn) ask();
  } else if (found.state === "failed") said("bad", found.problem.detail);
  else if (found.state === "done") table(found.shifts);
  else said("muted", "The checks wait: much is being worked out.");
}

function said(kind, words) {
  const p = document.createElement("p");
  p.className = kind;
  p.textContent = words;
  checked.replaceChildren(p);
}

const text = (value) => Number(value.toPrecision(3)).toString();

function table(shifts) {
  const body = checked.querySelector("tbody");
  if (!body || !shifts.length) { location.reload(); return; }
  const words = new Map([...form.querySelectorAll(".set")].map((set) => [set.dataset.name, set.querySelector("h3 a").textContent]));
  body.replaceChildren(...shifts.map((each) => {
    const row = document.createElement("tr"), spread = ([middle, low, high]) => `${text(middle)} (${text(low)} to ${text(high)})`;
    const cells = [words.get(each.parameter) ?? each.parameter, spread(each.base), spread(each.reading), `${each.move < 0 ? "−" : "+"}${Math.abs(each.move).toFixed(1)} sd`];
    row.append(...cells.map((cell, place) => {
      const made = document.createElement(place ? "td" : "th");
      if (place) made.className = "right"; else made.scope = "row";
      made.textContent = cell;
      return made;
    }));
    return row;
  }));
}

// Words narrow the list of parameters.
const adding = document.querySelector("#f-add");
adding.addEventListener("input", () => {
  const wanted = adding.value.toLowerCase().replaceAll("_", " ").split(" ").filter(Boolean);
  for (const group of document.querySelectorAll(".found details")) {
    let many = 0;
    for (const line of group.querySelectorAll("li")) {
      const fits = wanted.every((word) => line.dataset.words.includes(word));
      line.hidden = !fits;
      many += fits;
    }
    group.hidden = !many;
    group.open = wanted.length > 0 && many > 0 && many < 30;
  }
});

if (checked.dataset.state === "waiting") ask();
