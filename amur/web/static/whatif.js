// What if: levers move a world, and what follows is asked anew; the last wish wins. Everything is in the address.
import { draw } from "./charts.js";
import { follow, telling } from "./shared.js";
import { rowOf } from "./whatif_rows.js";
import { years } from "./whatif_time.js";
import { apart, empty, fresh, laid, parsed, preset, query, read, targets } from "./whatif_world.js";

const PAUSE = 150; // milliseconds that a lever rests before its wish is asked
const GESTURE = 900; // milliseconds within which moves are one, to be undone together
const page = JSON.parse(document.getElementById("page").textContent);
const at = (id) => document.getElementById(id);
const [live, results, told, status, gallery, working, problem] = ["live", "results", "told", "shown", "gallery", "working", "problem"].map(at);
let there = null; // what there is to do
let state = null;
let place = location.search; // what the address asks
let asked = ""; // the query that is shown, or on its way
const past = [];
let moved = 0;
let hand = ""; // the control that was moved last: moves of another are another gesture

// ---------------------------------------------------------------- wishes

let resting = 0;
let flight = null;
let before = "";

/** Something has changed: remember what was, show it in the address, ask soon. */
function wish(now = false) {
  const next = query(state, there);
  if (next === asked && !resting) return;
  const holds = held();
  if (performance.now() - moved > GESTURE || holds !== hand) past.push(remembered);
  moved = performance.now();
  hand = holds;
  remembered = next;
  live.querySelector(".undo").disabled = false;
  clearTimeout(resting);
  resting = setTimeout(() => { resting = 0; ask(); }, now ? 0 : PAUSE);
}
let remembered = "";

/** The control that has the focus, by what it is called: its row may have been made anew. */
function held() {
  const control = document.activeElement;
  return control?.getAttribute("aria-label") || control?.id || "";
}

async function ask(made = "") {
  const wanted = query(state, there);
  flight?.abort();
  const own = (flight = new AbortController());
  asked = wanted;
  stand(wanted ? `/whatif?${wanted}` : "/whatif");
  complain("");
  if (empty(state)) return nothing();
  const began = performance.now();
  told.classList.add("old");
  results.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => say("Working it out …"), 400);
  try {
    for (;;) {
      const answer = await fetch(`/whatif/results?${wanted}${made}${before ? `&instead=${before}` : ""}`, { signal: own.signal, headers: { accept: "application/json" } });
      before = "";
      const said = await answer.json();
      if (answer.status === 202) {
        before = said.key;
        working.hidden = false;
        telling(working, said);
        await follow(said.events, (event) => telling(working, event), own.signal);
        if (own.signal.aborted) return;
        before = "";
        continue;
      }
      if (answer.status === 429) {
        await new Promise((done) => setTimeout(done, 1000 * (Number(answer.headers.get("retry-after")) || 1)));
        if (own.signal.aborted) return;
        continue;
      }
      clearTimeout(slow); // else pictures that take longer than the answer are called work again
      if (answer.ok) await show(said, began, own.signal);
      else complain(said.detail ?? said.title);
      break;
    }
  } catch (error) {
    if (error.name === "AbortError" || own.signal.aborted) return;
    complain("The server cannot be reached. Is it still running?");
  } finally {
    clearTimeout(slow);
    if (flight === own) {
      results.removeAttribute("aria-busy");
      working.hidden = true;
      told.classList.toggle("old", !problem.hidden);
    }
  }
}

function say(text) { if (status.textContent !== text) status.textContent = text; }

function complain(text) {
  problem.textContent = text;
  problem.hidden = !text;
  if (text) { gallery.hidden = true; say("Not shown: see what is wrong."); }
}

function nothing() {
  told.replaceChildren();
  told.classList.remove("old");
  results.removeAttribute("aria-busy");
  working.hidden = true;
  gallery.hidden = false;
  at("headline").hidden = true;
  say("");
}

// ---------------------------------------------------------------- results

const latest = new WeakMap();
let layouts = null;

async function show(said, began, signal) {
  const open = new Set([...told.querySelectorAll("details[open] > summary")].map((each) => each.textContent.replace(/\d+/g, "")));
  const next = new DOMParser().parseFromString(said.html, "text/html").body;
  merge(next);
  for (const each of told.querySelectorAll("details > summary")) if (open.has(each.textContent.replace(/\d+/g, ""))) each.parentElement.open = true;
  gallery.hidden = true;
  stand(said.address);
  say(`Shown: ${said.shown}`);
  at("headline").textContent = said.headline;
  at("headline").hidden = false;
  ready();
  await pictures(said.charts);
  if (signal?.aborted) return;
  const milliseconds = performance.now() - began;
  performance.measure("lever to picture", { start: began, end: performance.now() });
  results.dataset.milliseconds = Math.round(milliseconds);
  results.dispatchEvent(new CustomEvent("shown", { bubbles: true, detail: { milliseconds } }));
}

/** Put the parts in their places; a figure keeps its picture until the new one is drawn. */
function merge(next) {
  for (const figure of next.querySelectorAll("figure.chart")) {
    const old = told.querySelector(`figure[data-part="${figure.dataset.part}"]`);
    if (!old) continue;
    old.dataset.chart = figure.dataset.chart;
    old.querySelector("figcaption").innerHTML = figure.querySelector("figcaption").innerHTML;
    figure.replaceWith(old);
  }
  const focused = document.activeElement?.closest?.("#told") ? document.activeElement.id || null : null;
  told.replaceChildren(...next.childNodes);
  if (focused) at(focused)?.focus();
}

async function pictures(charts) {
  layouts = charts.layouts;
  const drawn = [...told.querySelectorAll("figure[data-chart]")].map((figure) => put(figure, charts.rows[figure.dataset.chart] ?? []));
  await Promise.all(drawn);
}

/** New rows go into a picture that is laid out alike; another one is drawn. */
async function put(figure, rows) {
  latest.set(figure, rows);
  const kind = figure.dataset.chart.split("-")[0];
  const own = window.amurCharts?.figures.get(figure);
  const shape = JSON.stringify(layouts[kind][own?.width]);
  if (own?.view && figure.dataset.laid === String(hash(shape)) && !figure.hasAttribute("aria-busy")) {
    try {
      await own.view.view.data("twins", rows).runAsync();
      named(figure);
      return;
    } catch { /* drawn anew */ }
  }
  await draw(figure, (width) => {
    figure.dataset.laid = hash(JSON.stringify(layouts[kind][width]));
    return { ...layouts[kind][width], data: { name: "twins", values: latest.get(figure) } };
  });
}

function named(figure) {
  const svg = figure.querySelector(".drawn svg");
  const [wide, high] = [svg.getAttribute("width"), svg.getAttribute("height")];
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  for (const each of svg.querySelectorAll("[role],[aria-label],[aria-roledescription]")) for (const name of ["role", "aria-label", "aria-roledescription"]) each.removeAttribute(name);
  figure.querySelector(".drawn").setAttribute("aria-label", figure.querySelector("figcaption").textContent.replace(/\s+/g, " ").trim());
}

function hash(text) {
  let made = 7;
  for (let place = 0; place < text.length; place += 1) made = (31 * made + text.charCodeAt(place)) | 0;
  return made;
}

/** What stands in the results and has to be brought to life. */
function ready() {
  const copy = told.querySelector(".copy-link");
  if (!copy || !navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(new URL(told.querySelector(".permalink").href).href); say("The link is copied."); } catch { say("The link cannot be copied here; it is in the address."); }
  });
}

// ---------------------------------------------------------------- levers

function render() {
  for (const section of live.querySelectorAll(".world")) {
    const world = state.worlds[section.dataset.side];
    const rows = laid(world, there);
    section.classList.toggle("filled", rows.length > 0);
    section.querySelector(".chips").replaceChildren(...world.scenarios.map((name) => chip(there.scenarios[name].title, () => {
      world.scenarios = world.scenarios.filter((each) => each !== name);
      world.title = "";
      render(); wish(true);
    })));
    section.querySelector(".rows").replaceChildren(...rows.map((row, place) => element(section.dataset.side, row, place)));
  }
  at("looked").replaceChildren(...state.quantity.map((name) => chip(there.quantities[name]?.about ?? name, () => {
    state.quantity = state.quantity.filter((each) => each !== name);
    render(); wish(true);
  })));
  for (const input of live.querySelectorAll("[data-option]")) if (document.activeElement !== input) input.value = input.dataset.option === "title" ? state.worlds.under.title : (state.options[input.dataset.option] ?? "");
  const chosen = new Set(Object.values(state.worlds).flatMap((world) => world.scenarios));
  for (const link of document.querySelectorAll("[data-scenario]")) {
    if (chosen.has(link.dataset.scenario)) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
}

/** A row whose changes go into the world; where it is of a scenario, that is taken apart before. */
function element(side, row, place) {
  const world = () => state.worlds[side];
  // Its place among the world's own rows, once it is one of them.
  const mine = () => {
    if (row.of) apart(world(), there);
    return place - (world().scenarios.length ? laid(world(), there).length - world().rows.length : 0);
  };
  const made = rowOf(row, there, (fields, anew = false) => {
    const at = mine();
    const own = world().rows[at];
    for (const [name, value] of Object.entries(fields)) if (value === undefined || value === "" || (value === 0 && ["ramp", "fade"].includes(name))) delete own[name]; else own[name] = value;
    if (!own.end) delete own.fade;
    if (row.of || anew) { const mark = focused(); row.of = undefined; render(); restore(mark); } else { made.put(own); title(); }
    wish();
  }, () => {
    const at = mine();
    world().rows.splice(at, 1);
    if (!world().rows.length) world().title = "";
    render(); wish(true);
    (live.querySelectorAll(`.world.${side} .row .away`)[place] ?? live.querySelectorAll(`.world.${side} .row .away`)[place - 1] ?? document.getElementById("add-kind")).focus();
  });
  return made;
}

function title() {
  if (document.activeElement !== at("l-title")) at("l-title").value = state.worlds.under.title;
}

// The control that has the focus, by its name, so that it has it again when rows are made anew.
function focused() {
  const name = live.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  const row = document.activeElement?.closest?.(".row");
  return name && row ? [row.closest(".world").dataset.side, [...row.parentElement.children].indexOf(row), name] : null;
}

function restore(mark) {
  if (!mark) return;
  const row = live.querySelectorAll(`.world.${mark[0]} .row`)[mark[1]];
  [...(row?.querySelectorAll("[aria-label]") ?? [])].find((each) => each.getAttribute("aria-label") === mark[2])?.focus();
}

function chip(text, away) {
  const made = document.createElement("span");
  made.className = "chip";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", `Remove: ${text}`);
  button.addEventListener("click", away);
  made.append(text, button);
  return made;
}

function choose(name, over) {
  const found = preset(name, there);
  if (!found) return;
  const world = state.worlds.under;
  if (over) {
    if (world.scenarios.includes(found.name)) return;
    if (world.rows.length) world.rows.push(...found.do.map((line) => read(line, there)));
    else world.scenarios.push(found.name);
    world.title = "";
  } else Object.assign(world, { scenarios: [found.name], rows: [], title: "" });
  render(); wish(true);
  if (matchMedia("(max-width: 70rem)").matches) live.querySelector(".presets").open = false;
}

function add(row) {
  const world = state.worlds[at("add-side").value];
  at("add-said").textContent = "";
  if (world.rows.length + (world.scenarios.length ? laid(world, there).length - world.rows.length : 0) >= page.most) {
    at("add-said").textContent = `At most ${page.most} interventions at once: remove one first.`;
    return;
  }
  world.rows.push(row);
  if (world.title.endsWith(", changed")) world.title = "";
  render(); wish(true);
  const last = [...live.querySelectorAll(`.world.${at("add-side").value} .row`)].at(-1);
  last.classList.add("new");
  last.querySelector("input, select").focus();
  last.scrollIntoView({ block: "nearest" });
}

function option(value, text) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

function offered() {
  const kind = at("add-kind").value;
  const name = (target) => {
    if (kind === "force") return `${there.decisions[target].about} (${there.decisions[target].who})`;
    if (kind === "line" || kind === "capacity") return there.lines[target].title;
    if (kind === "scale" || kind === "freeze") return (there.groups[target] ?? there.mechanisms[target].says).replace(/\.$/, "");
    return `${there.quantities[target].about} (${there.quantities[target].unit})`;
  };
  const all = targets(kind, there);
  if (kind !== "scale" && kind !== "freeze") return at("add-target").replaceChildren(...all.map((each) => option(each, name(each))));
  const groups = Object.keys(there.groups).map((group) => {
    const made = document.createElement("optgroup");
    made.label = group.replaceAll("-", " ");
    made.append(option(group, `All of it: ${name(group)}`), ...all.filter((each) => there.mechanisms[each]?.group === group).map((each) => option(each, name(each))));
    return made;
  });
  return at("add-target").replaceChildren(...groups);
}

function begin() {
  at("add-kind").replaceChildren(...Object.entries(there.order).map(([kind, text]) => option(kind, text)));
  offered();
  at("add-kind").addEventListener("change", offered);
  at("add").addEventListener("click", () => add(fresh(at("add-kind").value, at("add-target").value, there)));
  const typed = () => {
    try { add(read(at("add-line").value, there)); at("add-line").value = ""; } catch (error) { at("add-said").textContent = error.message; }
  };
  at("add-typed").addEventListener("click", typed);
  at("add-line").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); typed(); } });
  live.addEventListener("submit", (event) => event.preventDefault());
  for (const line of live.querySelectorAll(".world .line")) line.append(years(there));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-scenario]");
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); choose(link.dataset.scenario, false); if (gallery.contains(link)) scrollTo({ top: 0 }); }
    const over = event.target.closest?.("[data-over]");
    if (over) choose(over.dataset.over, true);
  });
  const find = at("find");
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase().split(/\s+/);
    let any = false;
    for (const group of live.querySelectorAll(".group")) {
      for (const each of group.querySelectorAll("li")) each.hidden = !wanted.every((word) => each.dataset.find.toLowerCase().includes(word));
      group.hidden = !group.querySelector("li:not([hidden])");
      any ||= !group.hidden;
    }
    live.querySelector(".nothing").hidden = any;
  });
  for (const button of live.querySelectorAll(".clear")) button.addEventListener("click", () => {
    Object.assign(state.worlds[button.closest(".world").dataset.side], { scenarios: [], rows: [], title: "" });
    render(); wish(true);
  });
  live.querySelector(".copy").addEventListener("click", () => {
    state.worlds.against = structuredClone(state.worlds.under);
    render(); wish(true);
    live.querySelector(".world.against").scrollIntoView({ block: "nearest" });
  });
  live.querySelector(".undo").addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !event.target.closest?.("input:not([type=range]), textarea")) { event.preventDefault(); undo(); }
  });
  for (const input of live.querySelectorAll("[data-option]")) input.addEventListener("change", () => {
    if (!input.reportValidity()) return;
    const value = input.value.trim().replace(/\s*,\s*/g, input.dataset.option === "title" ? ", " : ",");
    if (input.dataset.option === "title") state.worlds.under.title = value; else state.options[input.dataset.option] = value;
    wish(true);
  });
  at("l-quantity").addEventListener("change", () => {
    const name = at("l-quantity").value.trim();
    if (!(name in there.quantities) || state.quantity.includes(name) || state.quantity.length >= 12) return;
    state.quantity.push(name);
    at("l-quantity").value = "";
    render(); wish(true);
  });
}

function undo() {
  if (!past.length) return;
  state = parsed(past.pop(), there);
  remembered = query(state, there);
  moved = performance.now() - GESTURE;
  live.querySelector(".undo").disabled = !past.length;
  render();
  clearTimeout(resting);
  resting = 0;
  ask();
}

async function open() {
  there = await (await fetch("/api/whatif/possible")).json();
  state = parsed(location.search, there);
  begin();
  render();
  live.hidden = false;
  live.dataset.ready = "true";
  asked = remembered = query(state, there);
  ready();
  if (page.charts) await pictures(page.charts);
  else if (page.pending) await ask(versions());
}

// The address says what is shown.
function stand(address) {
  history.replaceState(null, "", address);
  place = location.search;
}

// What an address says it was made with is passed on once, so that the page can say where that is another here.
function versions() {
  const now = new URLSearchParams(location.search);
  return ["v", "stamp"].filter((name) => now.get(name)).map((name) => `&${name}=${encodeURIComponent(now.get(name))}`).join("");
}

// Going back to another what-if loads it; going to a place of the page does not.
window.addEventListener("popstate", () => { if (location.search !== place) location.reload(); });
open();
