// Charts: every <figure class="chart" data-spec="/api/....vl.json?..."> is drawn when it comes into view, for the width it
// has, and drawn anew when that changes by much. Nothing but Vega is loaded, once, and only where there is a chart.
//
// In a figure, `.drawn` is where the picture goes (made if it is missing); what stands in it before is replaced. The
// figure's aria-label, aria-labelledby or <figcaption> names the picture.
//
//   import { draw, load } from "./charts.js";
//   await draw(figure, spec);        // a specification at hand, or a function of the width's name that gives one
//   await load(figure, "/api/...");  // another address: the old picture stays until the new one is there

const WIDTHS = [["narrow", 320, 430], ["half", 520, 640], ["wide", 720, 940], ["full", 1080, Infinity]];
const STRETCH = 1.3; // a picture grows by so much at most to fill its place
const shown = (window.amurCharts ??= { figures: new WeakMap(), vega: null, started: false });

// ---------------------------------------------------------------- what pages may call

/** Draw a specification into a figure. `spec`: an object, or `width => object | Promise`. Resolves when it is seen. */
export function draw(figure, spec) {
  const own = state(figure);
  own.source = typeof spec === "function" ? spec : () => spec;
  own.fixed = typeof spec !== "function";
  watch(figure);
  return redraw(figure);
}

/** Draw what is at an address (`&width=` is added). */
export function load(figure, address) {
  figure.dataset.spec = address;
  const own = state(figure);
  own.source = (width, signal) => fetched(address, width, signal);
  own.fixed = false;
  watch(figure);
  return redraw(figure);
}

/** The name of the width that fits a place of so many pixels. */
export function fitting(pixels) {
  return WIDTHS.find(([, , upTo]) => pixels < upTo)[0];
}

/** Find the figures of a page, or of a part that was put in later. */
export function start(root = document) {
  for (const figure of root.querySelectorAll("figure.chart[data-spec]")) {
    const own = state(figure);
    if (own.source) continue;
    own.source = (width, signal) => fetched(figure.dataset.spec, width, signal);
    seen.observe(figure);
  }
}

// ---------------------------------------------------------------- drawing

function state(figure) {
  let own = shown.figures.get(figure);
  if (!own) shown.figures.set(figure, (own = { source: null, fixed: false, turn: 0, width: "", view: null, abort: null }));
  return own;
}

async function redraw(figure) {
  const own = state(figure);
  const turn = ++own.turn;
  const place = container(figure);
  const width = fitting(place.clientWidth || figure.clientWidth);
  own.abort?.abort();
  own.abort = new AbortController();
  own.asked = width;
  figure.setAttribute("aria-busy", "true");
  try {
    const [embed, spec] = await Promise.all([vega(), own.source(width, own.abort.signal), fonts()]);
    if (turn !== own.turn) return;
    // Drawn beside the old picture, unseen, and put in its place when it is there: nothing flickers or jumps.
    const next = document.createElement("div");
    next.className = "picture coming";
    place.append(next);
    let made;
    try {
      made = await embed(next, spec, {
        renderer: "svg", ast: true, actions: false, defaultStyle: false, mode: "vega-lite",
        tooltip: { disableDefaultStyle: true, sanitize: plain, theme: "amur" }, loader: { target: "" },
        logLevel: 1, config: { aria: false },
      });
    } catch (error) {
      next.remove();
      throw error;
    }
    if (turn !== own.turn) {
      made.finalize();
      next.remove();
      return;
    }
    named(figure, place, next);
    own.view?.finalize();
    figure.querySelector(".undrawn")?.remove();
    for (const old of [...place.childNodes]) if (old !== next) old.remove();
    next.classList.remove("coming");
    next.classList.toggle("first", !own.view);
    own.view = made;
    own.width = width;
    figure.classList.remove("failed");
    figure.dataset.drawn = width;
    figure.dispatchEvent(new CustomEvent("drawn", { bubbles: true, detail: { width } }));
  } catch (error) {
    if (turn !== own.turn || error.name === "AbortError") return;
    failed(figure, place, error);
  } finally {
    if (turn === own.turn) figure.removeAttribute("aria-busy");
  }
}

/** One picture to those who listen: the figure's name, and nothing of the marks inside. */
function named(figure, place, next) {
  const svg = next.querySelector("svg");
  next.setAttribute("aria-hidden", "true");
  for (const each of [next, ...next.querySelectorAll("[role],[aria-label],[aria-roledescription]")])
    for (const name of ["role", "aria-label", "aria-roledescription"]) each.removeAttribute(name);
  if (svg) {
    const [wide, high] = [svg.getAttribute("width"), svg.getAttribute("height")].map(Number);
    if (!svg.getAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    svg.setAttribute("focusable", "false");
    svg.style.maxWidth = `${Math.round(wide * STRETCH)}px`;
  }
  place.setAttribute("role", "img");
  const label = figure.getAttribute("aria-label") || byId(figure.getAttribute("aria-labelledby")) ||
    figure.querySelector("figcaption, .finding")?.textContent || "Chart";
  place.setAttribute("aria-label", label.replace(/\s+/g, " ").trim());
}

function byId(names) {
  return (names ?? "").split(/\s+/).map((name) => name && document.getElementById(name)?.textContent).filter(Boolean).join(" ");
}

function failed(figure, place, error) {
  const said = document.createElement("p");
  said.className = "undrawn";
  said.setAttribute("role", "status");
  said.textContent = `This chart could not be drawn: ${error.told ?? "the page could not reach the server"}. Its numbers are in the table and in the downloads.`;
  if (!error.told) console.warn(error);
  // A picture that is there stays, with the line under it.
  place.querySelector(".undrawn")?.remove();
  place.querySelector(".waiting")?.remove();
  place.append(said);
  figure.classList.add("failed");
}

function container(figure) {
  let place = figure.querySelector(".drawn");
  if (!place) {
    place = document.createElement("div");
    place.className = "drawn";
    const before = figure.querySelector("figcaption, .downloads, noscript, details");
    if (before && before.parentElement === figure) figure.insertBefore(place, before);
    else figure.append(place);
  }
  return place;
}

// ---------------------------------------------------------------- fetching

/** Vega, once for the page. Its address is in `data-vega` of some element, or beside this script. */
function vega() {
  return (shown.vega ??= new Promise((done, fail) => {
    if (window.vegaEmbed) return done(window.vegaEmbed);
    const script = document.createElement("script");
    script.src = document.querySelector("[data-vega]")?.dataset.vega ?? new URL("vega.js", import.meta.url);
    script.onload = () => done(window.vegaEmbed);
    script.onerror = () => {
      shown.vega = null; // so that it is tried again
      script.remove();
      fail(new Error("the script that draws charts did not come"));
    };
    document.head.append(script);
  }));
}

/** Texts are measured when a chart is laid out, so the font must be there. */
function fonts() {
  const wanted = ['400 12px "Source Sans Pro"', '600 12px "Source Sans Pro"'].map((font) => document.fonts.load(font));
  const late = new Promise((done) => setTimeout(done, 1500));
  return Promise.race([Promise.allSettled(wanted), late]);
}

/** The specification at an address; one that is still being worked out (202) is asked for again. */
async function fetched(address, width, signal) {
  const asked = new URL(address, document.baseURI);
  asked.searchParams.set("width", width);
  for (;;) {
    const answer = await fetch(asked, { signal, headers: { accept: "application/json" }, credentials: "same-origin" });
    if (answer.status === 202 || answer.status === 429) {
      await pause(1000 * Math.min(Math.max(Number(answer.headers.get("retry-after")) || 1, 0.5), 30), signal);
      continue;
    }
    const told = await answer.json().catch(() => null);
    if (answer.ok && told) return told;
    const error = new Error(`${asked.pathname}: ${answer.status}`);
    error.told = told?.detail ?? told?.error ?? told?.title ?? `the server answered ${answer.status}`;
    throw error;
  }
}

function pause(milliseconds, signal) {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(new DOMException("moved on", "AbortError"));
    });
  });
}

function plain(value) {
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// ---------------------------------------------------------------- watching

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    watch(target);
    redraw(target);
  }
}, { rootMargin: "400px 0px" });

const sized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const own = state(target);
    const place = container(target);
    if (!place.clientWidth || own.fixed || fitting(place.clientWidth) === own.asked) continue;
    clearTimeout(own.timer);
    own.timer = setTimeout(() => place.clientWidth && fitting(place.clientWidth) !== own.asked && redraw(target), 120);
  }
});

function watch(figure) {
  seen.unobserve(figure);
  sized.observe(figure);
}

// A printed page has all its charts. A browser does not wait for what is drawn when printing begins, so those out of view
// are drawn once the page is at rest, one after the other; `[data-print]` is a button that waits for all of them.
async function all() {
  for (const figure of undrawn()) watch(figure);
  await Promise.allSettled(undrawn().map(redraw));
}

async function rest() {
  for (const figure of undrawn()) {
    await idle();
    if (state(figure).asked) continue;
    watch(figure);
    await redraw(figure);
  }
}

function undrawn() {
  return [...document.querySelectorAll("figure.chart[data-spec]")].filter((each) => !state(each).asked && state(each).source);
}

function idle() {
  return new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 4000 }) : setTimeout(done, 300)));
}

if (!shown.started) {
  shown.started = true;
  window.addEventListener("beforeprint", all);
  document.addEventListener("click", async (event) => {
    if (!event.target.closest?.("[data-print]")) return;
    event.preventDefault();
    await all();
    window.print();
  });
  // A module runs when the page has been read.
  start();
  const later = () => setTimeout(rest, 1500);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}
