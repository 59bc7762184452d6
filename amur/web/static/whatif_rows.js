// Rows of levers: for each intervention a slider or a choice, its time line, and its dates to be typed.
import { track } from "./whatif_time.js";
import { number, reach, words } from "./whatif_world.js";

let many = 0;

function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && typeof value !== "string") made[key] = value; else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** The element of a row. `change(fields)` is told what is changed; `away()` that it is removed. `element.put(row)` shows it anew. */
export function rowOf(row, there, change, away) {
  const [title, verb, unit] = words(row, there);
  const name = `${title}, ${verb}`;
  const head = make("div", { class: "head" },
    make("span", { class: "say" }, make("b", {}, title), " ", make("span", {}, verb), ...(row.of ? [" ", make("small", {}, `(${there.scenarios[row.of].title})`)] : [])),
    make("button", { type: "button", class: "away", "aria-label": `Remove: ${title}`, title: "Remove" }, "×"));
  head.querySelector(".away").addEventListener("click", away);
  const lever = leverOf(row, there, name, unit, change);
  const parts = [head, lever];
  let line = null;
  if (row.do !== "freeze") {
    line = track(title, row, there, change);
    parts.push(line);
  }
  const exact = exactly(row, there, title, change);
  parts.push(exact);
  const element = make("li", { class: "row" }, ...parts);
  element.put = (changed) => { lever.put(changed); line?.put(changed); exact.put(changed); };
  element.put(row);
  return element;
}

function leverOf(row, there, name, unit, change) {
  const box = make("div", { class: "lever" });
  if (row.do === "force" || row.do === "line") {
    const field = row.do === "force" ? "option" : "stage";
    const options = row.do === "force" ? there.decisions[row.decision].options : there.stages;
    const select = make("select", { "aria-label": name }, ...options.map((each) => make("option", { value: each }, each.replaceAll("-", " "))));
    select.addEventListener("change", () => change({ [field]: select.value }));
    box.append(select);
    box.put = (changed) => { select.value = String(changed[field]).toLowerCase().replaceAll("_", "-"); };
    return box;
  }
  if (row.do === "freeze") {
    const input = make("input", { type: "text", "aria-label": name, maxlength: "7", placeholder: "2021-Q4" });
    input.addEventListener("change", () => {
      const wrong = !(number(input.value) >= 4 * 1992 && number(input.value) < number(there.ahead));
      input.setAttribute("aria-invalid", wrong);
      if (!wrong) change({ at: input.value.trim().toUpperCase() });
    });
    box.append(input);
    box.put = (changed) => { input.value = changed.at; };
    return box;
  }
  // A slider stands for the exact number beside it, which may lie between its steps.
  let at = reach(row, there);
  const slide = make("input", { type: "range", step: "any", "aria-label": name });
  const exact = make("input", { type: "number", step: "any", "aria-label": `${name}, exactly` });
  const shownIn = (value) => Number((value * at.shown).toPrecision(12));
  const send = (value) => {
    if (!Number.isFinite(value)) return;
    change({ [at.field]: Number(value.toPrecision(12)) });
  };
  const steady = (value) => Math.min(Math.max(Math.round(value / at.step) * at.step, at.low), at.high);
  slide.addEventListener("input", () => send(steady(Number(slide.value))));
  slide.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (!steps) return;
    event.preventDefault();
    send(steady(Number(slide.value) + steps * Math.max(at.step, (at.high - at.low) / 100)));
  });
  exact.addEventListener("change", () => {
    const value = Number(exact.value) / at.shown;
    const wrong = exact.value === "" || !Number.isFinite(value);
    exact.setAttribute("aria-invalid", wrong);
    if (!wrong) send(value);
  });
  box.append(slide, exact);
  if (unit) box.append(make("span", { class: "unit" }, unit));
  box.put = (changed) => {
    at = { ...reach(changed, there), ...keep(at, changed) };
    slide.min = at.low;
    slide.max = at.high;
    slide.value = changed[at.field];
    slide.setAttribute("aria-valuetext", `${shownIn(changed[at.field])} ${unit}`.trim());
    if (document.activeElement !== exact || exact.value === "" || Number(exact.value) !== shownIn(changed[at.field])) exact.value = shownIn(changed[at.field]);
  };
  return box;
}

// The ends of a slider do not move under the hand that drags it.
function keep(at, changed) {
  return changed[at.field] >= at.low && changed[at.field] <= at.high ? { low: at.low, high: at.high, step: at.step } : {};
}

const FINE = {
  start: ["From", "2027-Q1"], end: ["To", "for ever"], ramp: ["Quarters to full force", "0"], fade: ["Quarters to vanish", "0"], begin: ["Ramps from", "at once"],
};

function exactly(row, there, title, change) {
  if (row.do === "freeze") { const none = make("span"); none.put = () => {}; return none; }
  const id = `fine-${++many}`;
  const fields = Object.keys(FINE).filter((name) => {
    if (name === "begin") return row.do === "hold" && there.quantities[row.quantity].begin;
    return !(["ramp", "fade"].includes(name) && ["force", "line"].includes(row.do));
  });
  const inputs = fields.map((name) => {
    const [label, placeholder] = FINE[name];
    const input = make("input", { id: `${id}-${name}`, type: "text", maxlength: "12", placeholder, "aria-label": `${label}: ${title}`, inputmode: ["start", "end"].includes(name) ? "text" : "decimal" });
    input.addEventListener("change", () => {
      const [value, wrong] = typed(name, input.value, row);
      input.setAttribute("aria-invalid", wrong);
      if (!wrong) change({ [name]: value });
    });
    return [name, label, input];
  });
  const told = make("summary", {}, "");
  const grid = make("div", { class: "fields" }, ...inputs.map(([name, label, input]) => make("div", { class: "field" }, make("label", { for: `${id}-${name}` }, label), input)));
  if (row.do === "change" || row.do === "capacity") {
    const how = make("select", { id: `${id}-how`, "aria-label": `How: ${title}` }, make("option", { value: "multiply" }, "times"), make("option", { value: "add" }, "plus or minus"));
    how.value = row.how ?? "multiply";
    how.addEventListener("change", () => change({ how: how.value, by: how.value === "add" ? 0 : 1 }, true));
    grid.append(make("div", { class: "field" }, make("label", { for: `${id}-how` }, "How"), how));
  }
  const box = make("details", { class: "exactly" }, told, grid);
  box.put = (changed) => {
    row = changed;
    const ramps = changed.ramp ? `, over ${changed.ramp} quarters` : "";
    told.textContent = `${changed.start ? `From ${changed.start}` : "From now"} ${changed.end ? `to ${changed.end}` : "for ever"}${ramps}`;
    for (const [name, , input] of inputs) if (document.activeElement !== input) input.value = changed[name] ?? "";
  };
  return box;
}

function typed(name, text, row) {
  const told = text.trim();
  if (name === "start" || name === "end") {
    const at = number(told, name === "end");
    const other = name === "start" ? number(row.end, true) : number(row.start);
    const wrong = told !== "" && (Number.isNaN(at) || (name === "start" ? at > other : at < other));
    return [told.toUpperCase(), wrong];
  }
  if (told === "") return [undefined, false];
  const value = Number(told);
  if (name === "begin") return [value, !Number.isFinite(value)];
  return [value, !Number.isInteger(value) || value < 0 || value > 400 || (name === "fade" && value > 0 && !row.end)];
}
