// Worlds as the page holds them: scenarios by name, and rows, each an intervention. Read from and written to an address.

const LATE = ["begin", "how", "start", "end", "ramp", "fade"]; // fields that are written after what must be told
export const SIDES = { under: ["scenario", "do", "title"], against: ["against", "against_do", "against_title"] };
const OPTIONS = ["at", "futures", "seed", "weights"];

/** An intervention from its line: `{ do, ...fields }`. Throws an Error that says what is wrong. */
export function read(line, there) {
  const words = line.trim().split(/\s+/);
  const kind = there.kinds[words[0]];
  if (!kind) throw new Error(`Start with one of ${Object.keys(there.kinds).join(", ")}.`);
  const plain = words.slice(1).filter((word) => !word.includes("="));
  const write = `Write: ${words[0]} ${kind.must.map((name) => name.toUpperCase()).join(" ")} [NAME=VALUE ...].`;
  const row = { do: words[0] };
  if (plain.length > kind.must.length) throw new Error(`“${plain[kind.must.length]}” is one word too many. ${write}`);
  plain.forEach((word, place) => { row[kind.must[place]] = word; });
  for (const word of words.slice(1).filter((each) => each.includes("="))) {
    const [name, value] = [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)];
    if (!(name in kind.types)) throw new Error(`There is no field “${name}” of ${words[0]}; there are ${Object.keys(kind.types).join(", ")}.`);
    if (!value || name in row) throw new Error(`“${name}” needs one value.`);
    row[name] = value;
  }
  for (const name of kind.must) if (!(name in row)) throw new Error(`${name} is lacking. ${write}`);
  for (const [name, value] of Object.entries(row)) {
    const type = kind.types[name] ?? "str";
    if (type === "str") continue;
    const number = Number(value);
    if (!Number.isFinite(number) || (type === "int" && !Number.isInteger(number))) throw new Error(`${name}: “${value}” is not a number.`);
    row[name] = number;
  }
  const target = row[kind.must[0]];
  if (!targets(row.do, there).includes(target) && !(["scale", "freeze"].includes(row.do) && target in there.mechanisms))
    throw new Error(`There is no “${target}” to ${row.do}.`);
  return row;
}

/** The line of an intervention. */
export function write(row, there) {
  const must = there.kinds[row.do].must;
  const more = LATE.filter((name) => !must.includes(name) && row[name] !== undefined && row[name] !== "" && row[name] !== null && row[name] !== 0 | name === "begin");
  return [row.do, ...must.map((name) => said(row[name])), ...more.filter((name) => !(name === "how" && row.how === "multiply")).map((name) => `${name}=${said(row[name])}`)].join(" ");
}

function said(value) {
  return typeof value === "number" ? String(Object.is(value, -0) ? 0 : value) : value;
}

/** What a kind of intervention can be done to. */
export function targets(kind, there) {
  const quantities = (use) => Object.keys(there.quantities).filter((name) => there.quantities[name].for.includes(use));
  if (kind === "hold" || kind === "change") return quantities(kind);
  if (kind === "cut" || kind === "add") return quantities("cut");
  if (kind === "force") return Object.keys(there.decisions);
  if (kind === "line") return Object.keys(there.lines);
  if (kind === "capacity") return Object.keys(there.lines).filter((name) => there.lines[name].capacity);
  return [...Object.keys(there.groups), ...Object.keys(there.mechanisms)];
}

/** What an address says: both worlds and the options. Lines that cannot be read are left out and told in `wrong`. */
export function parsed(query, there) {
  const told = new URLSearchParams(query);
  const several = (name) => told.getAll(name).flatMap((each) => each.split(",")).map((each) => each.trim()).filter(Boolean);
  const state = { worlds: {}, options: {}, quantity: several("quantity"), claims: several("claims"), wrong: [] };
  for (const [side, [scenario, lines, title]] of Object.entries(SIDES)) {
    const world = { scenarios: [], rows: [], title: told.get(title) ?? "" };
    for (const name of several(scenario)) {
      const found = preset(name, there);
      if (found) world.scenarios.push(found.name); else state.wrong.push(name);
    }
    for (const line of told.getAll(lines).filter((each) => each.trim())) {
      try { world.rows.push(read(line, there)); } catch { state.wrong.push(line); }
    }
    state.worlds[side] = world;
  }
  for (const name of OPTIONS) if (told.get(name)) state.options[name] = told.get(name);
  return state;
}

export function preset(name, there) {
  return there.scenarios[name] ?? Object.values(there.scenarios).find((each) => each.also.includes(name));
}

/** The address that says a state, without the version and posteriors it was made with. */
export function query(state, there) {
  const told = new URLSearchParams();
  for (const [side, [scenario, lines, title]] of Object.entries(SIDES)) {
    const world = state.worlds[side];
    for (const name of world.scenarios) told.append(scenario, name);
    for (const row of world.rows) told.append(lines, write(row, there));
    if (world.title && (world.scenarios.length || world.rows.length)) told.append(title, world.title);
  }
  for (const name of state.claims) told.append("claims", name);
  for (const name of state.quantity) told.append("quantity", name);
  for (const name of OPTIONS) if (state.options[name]) told.append(name, state.options[name]);
  return told.toString();
}

/** All rows of a world in the order in which they are laid: those of scenarios first, marked with their name. */
export function laid(world, there) {
  const own = world.scenarios.flatMap((name) => there.scenarios[name].do.map((line) => ({ ...read(line, there), of: name })));
  return [...own, ...world.rows];
}

/** Scenarios taken apart into rows of their own, so that one can be changed; the order stays. */
export function apart(world, there) {
  if (!world.scenarios.length) return;
  if (!world.title && world.scenarios.length === 1 && !world.rows.length) world.title = `${there.scenarios[world.scenarios[0]].title}, changed`;
  world.rows = laid(world, there).map(({ of, ...row }) => row);
  world.scenarios = [];
}

export function empty(state) {
  return Object.values(state.worlds).every((world) => !world.scenarios.length && !world.rows.length);
}

// ---------------------------------------------------------------- words, bounds, quarters

/** What a row is of: a title, a word for what is done, and the unit. */
export function words(row, there) {
  const quantity = there.quantities[row.quantity ?? row.flow];
  switch (row.do) {
    case "hold": return [quantity.about, "held at", quantity.unit];
    case "change": return [quantity.about, row.how === "add" ? "changed by" : "times", row.how === "add" ? quantity.unit : ""];
    case "force": return [there.decisions[row.decision].about, `forced, ${there.decisions[row.decision].who}`, ""];
    case "scale": return [mechanism(row.mechanism, there), "at strength", ""];
    case "cut": return [quantity.about, "cut by", "%"];
    case "add": return [quantity.about, "and so much more", quantity.unit];
    case "line": return [there.lines[row.line].title, "at stage", ""];
    case "capacity": return [there.lines[row.line].title, row.how === "add" ? "capacity changed by" : "capacity times", ""];
    default: return [mechanism(row.mechanism, there), "frozen as it was in", ""];
  }
}

function mechanism(name, there) {
  return (there.mechanisms[name]?.says ?? there.groups[name] ?? name).replace(/\.$/, "");
}

/** The field that a slider moves, its ends, its step, and what it is multiplied by to be shown. */
export function reach(row, there) {
  const [field, low, high, shown = 1] = bounds(row, there);
  const value = row[field];
  const ends = [Math.min(low, value), Math.max(high, value)];
  return { field, low: ends[0], high: ends[1], step: nice((ends[1] - ends[0]) / 200), shown };
}

function bounds(row, there) {
  const quantity = there.quantities[row.quantity ?? row.flow];
  const [least, middle, most] = there.usual[row.quantity ?? row.flow] ?? [0, 1, 1];
  const span = Math.max(most - least, 0.8 * Math.abs(middle));
  switch (row.do) {
    case "hold": {
      if (quantity.high !== null && quantity.low !== null && quantity.high - quantity.low <= 10) return ["value", quantity.low, quantity.high];
      const unit = nice(span / 20);
      const low = Math.max(quantity.low ?? -Infinity, Math.floor((least - 0.75 * span) / unit) * unit);
      return ["value", low, Math.min(quantity.high ?? Infinity, Math.ceil((most + 0.75 * span) / unit) * unit)];
    }
    case "change": return row.how === "add" ? ["by", -round(span), round(span)] : ["by", 0, 2];
    case "scale": return ["strength", 0, 2];
    case "cut": return ["share", 0, 1, 100];
    case "add": return ["amount", -round(most), round(most)];
    case "capacity": return row.how === "add" ? ["by", -there.lines[row.line].capacity, there.lines[row.line].capacity] : ["by", 0, 3];
    default: return [null];
  }
}

/** A step of one, two or five times a power of ten. */
export function nice(size) {
  const power = 10 ** Math.floor(Math.log10(size || 1));
  return power * ([1, 2, 5].find((each) => each * power >= size * 0.999) ?? 10);
}

function round(value) {
  return Math.ceil(value / nice(value / 10)) * nice(value / 10);
}

/** A new row of a kind, with something done that can be seen. */
export function fresh(kind, target, there) {
  const row = { do: kind, [there.kinds[kind].must[0]]: target };
  const usual = there.usual[target];
  if (kind === "hold") row.value = Number((usual ? usual[2] : 1).toPrecision(3));
  if (kind === "change") row.by = 1.25;
  if (kind === "force") row.option = there.decisions[target].options.at(-1);
  if (kind === "scale") row.strength = 0;
  if (kind === "cut") row.share = 0.5;
  if (kind === "add") row.amount = Number((usual[1] / 2).toPrecision(2));
  if (kind === "line") row.stage = "built";
  if (kind === "capacity") row.by = 1.5;
  if (kind === "freeze") row.at = label(number(there.ahead) - 1);
  if (kind !== "freeze") row.start = `${Number(there.ahead.slice(0, 4)) + 1}-Q1`;
  return row;
}

/** The number of a quarter since year 0; a year alone is its first quarter, or its last. NaN for what is none. */
export function number(quarter, last = false) {
  const found = /^(\d{4})(?:-?[Qq]([1-4]))?$/.exec((quarter ?? "").trim());
  return found ? 4 * Number(found[1]) + (found[2] ? Number(found[2]) - 1 : last ? 3 : 0) : NaN;
}

export function label(at) {
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
}
