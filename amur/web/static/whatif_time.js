// The time line of an intervention: a bar from its start to its end with two grips, moved by pointer or keyboard.
import { label, number } from "./whatif_world.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -4, PageUp: 4 };

function make(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Years under the time lines. */
export function years(there) {
  const [first, last] = [number(there.ahead), number(there.until) + 1];
  const svg = make("svg", { focusable: "false" });
  for (const year of [2026, 2030, 2035, 2040, 2045]) {
    const at = (4 * year - first) / (last - first);
    if (at >= 0 && at < 1) svg.append(make("text", { x: `${100 * at}%`, y: "80%", "text-anchor": at < 0.03 ? "start" : "middle" }, String(year)));
  }
  return svg;
}

/** A track for a row. `moved(changes)` is called at every move with what has changed; `track.put(row)` shows a row. */
export function track(name, row, there, moved) {
  const [first, last] = [number(there.ahead), number(there.until)];
  const many = last - first + 1;
  const percent = (quarters) => `${(100 * quarters) / many}%`;
  const ground = make("rect", { class: "ground", x: 0, width: "100%", y: "38%", height: "24%", rx: 3 });
  const rise = make("polygon", { points: "0,1 1,0 1,1" });
  const fall = make("polygon", { points: "0,0 1,1 0,1" });
  const slopes = [rise, fall].map((shape) => {
    const box = make("svg", { y: "14%", height: "72%", viewBox: "0 0 1 1", preserveAspectRatio: "none" }, shape);
    shape.setAttribute("class", "slope");
    return box;
  });
  const full = make("rect", { class: "full", y: "14%", height: "72%", rx: 3 });
  const body = make("g", {}, full);
  const grips = ["start", "end"].map(() => make("g", {},
    make("rect", { class: "touch", y: "0", height: "100%", width: 22, transform: "translate(-11 0)" }),
    make("rect", { class: "grip", y: "5%", height: "90%", width: 8, rx: 3, transform: "translate(-4 0)" })));
  const svg = make("svg", { class: "track", role: "group", "aria-label": `When: ${name}` }, ground);
  for (const year of [2030, 2035, 2040, 2045]) svg.append(make("rect", { class: "tick", x: percent(4 * year - first), y: "38%", width: 1, height: "24%" }));
  svg.append(...slopes, body, ...grips);
  let now = row;

  const from = () => Math.max(first, Number.isNaN(number(now.start)) ? first : number(now.start));
  const to = () => Math.min(last, Number.isNaN(number(now.end, true)) ? last : number(now.end, true));
  const ever = () => !now.end;

  function put(changed) {
    now = changed;
    const [start, end] = [from() - first, to() - first + 1];
    const ramp = Math.min(now.ramp || 0, Math.max(end - start, 0));
    const fade = Math.min(now.fade || 0, many - end);
    full.setAttribute("x", percent(start + ramp));
    full.setAttribute("width", percent(Math.max(end - start - ramp, 0)));
    slopes[0].setAttribute("x", percent(start)); slopes[0].setAttribute("width", percent(ramp));
    slopes[1].setAttribute("x", percent(end)); slopes[1].setAttribute("width", percent(fade));
    for (const [grip, at] of [[grips[0], start], [grips[1], end]])
      for (const part of grip.children) part.setAttribute("x", percent(at));
    tell(grips[0], "Start", from(), label(from()));
    tell(grips[1], "End", to(), ever() ? "for ever" : label(to()));
    tell(body, "Start and end together", from(), `${label(from())} to ${ever() ? "for ever" : label(to())}`);
  }

  function tell(part, what, value, text) {
    part.setAttribute("role", "slider");
    part.setAttribute("tabindex", "0");
    part.setAttribute("aria-label", `${what}: ${name}`);
    part.setAttribute("aria-valuemin", first);
    part.setAttribute("aria-valuemax", last);
    part.setAttribute("aria-valuenow", value);
    part.setAttribute("aria-valuetext", text);
  }

  // Where the parts come to stand when they are moved by so many quarters from where they were.
  function shifted(part, was, by) {
    const ended = was.ever ? last : was.end;
    if (part === grips[0]) return { start: label(clamp(was.start + by, first, ended)) };
    if (part === grips[1]) return end(clamp(ended + by, was.start, last), by >= 0);
    const step = clamp(by, first - was.start, was.ever ? last - was.start : last - was.end);
    return was.ever ? { start: label(was.start + step) } : { start: label(was.start + step), end: label(was.end + step) };
  }

  // An end at the last quarter, reached from the left, is no end.
  function end(at, further) {
    return at >= last && further ? { end: "", fade: 0 } : { end: label(at) };
  }

  const stand = () => ({ start: from(), end: to(), ever: ever() });

  for (const part of [body, ...grips]) {
    part.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      event.preventDefault();
      part.focus();
      part.setPointerCapture(event.pointerId);
      const [was, x, wide] = [stand(), event.clientX, svg.getBoundingClientRect().width];
      svg.classList.add("dragged");
      let by = 0;
      const move = (next) => {
        const quarters = Math.round(((next.clientX - x) / wide) * many);
        if (quarters !== by) moved(shifted(part, was, (by = quarters)));
      };
      const up = () => {
        svg.classList.remove("dragged");
        part.removeEventListener("pointermove", move);
        for (const name of ["pointerup", "pointercancel"]) part.removeEventListener(name, up);
      };
      part.addEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) part.addEventListener(name, up);
    });
    part.addEventListener("keydown", (event) => {
      const was = stand();
      let by = STEPS[event.key];
      if (event.key === "Home") by = part === grips[1] ? was.start - (was.ever ? last : was.end) : first - was.start;
      if (event.key === "End") by = many;
      if (by === undefined) return;
      event.preventDefault();
      moved(shifted(part, was, by));
    });
  }
  svg.put = put;
  put(row);
  return svg;
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
