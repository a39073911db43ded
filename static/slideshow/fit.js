// How a figure made for a page is drawn on a slide. A slide is laid out 538 px high and enlarged as a whole (slideshow.js),
// so letters, marks, lines and arrows grow together, and what is left to do here is to find room: nothing is multiplied.
"use strict";

const LETTERS = 14; // px: the least size of letters, 2.6 % of the slide's height
const ROW = 19; // px of a row with one line of letters
const LANE = 46; // px of a row whose label stands above its marks
const SQUEEZED = 0.72; // share of its height on a page that such a row keeps at least
const PANEL = 100; // px of one of several panels on one axis, with its title
const TITLE = 30; // px above a panel for its title, clear of the panel before it
const TICK = 26; // px between two labels of an axis in a low panel
const YEAR_HIGH = 58, YEAR_WIDE = 140; // px of a year in letters of a tenth of the slide's height
const LONGEST = 34; // letters of a label that had several lines and has one

// The figure for a place of so many pixels. `left` says what is drawn where not all is: {kind, count, all}.
// `layout.meta` is what a chart says of itself (trade/charts/layout/slide_reduction.py).
function fitted(figure, width, height, text) {
  const { data, layout, frames = [] } = structuredClone(figure);
  for (const part of [data, layout, frames]) enlarge(part, text);
  Object.assign(layout, { width, height, autosize: false });
  const meta = layout.meta ?? {};
  delete layout.meta;
  if (frames.length) unplayed(layout, frames);
  if (data.some(trace => trace.type === "treemap")) layout.uniformtext = { minsize: LETTERS, mode: "hide" };
  const room = height - (layout.margin?.t ?? 0) - (layout.margin?.b ?? 0) - 28; // 28: the labels of the other axis
  shrinkSwarm(data, layout, room);
  return { data, layout, frames, left: fewerPanels(data, layout, room, meta.panel)
    ?? (meta.edges ? fewerLanes(layout, room, meta.edges) : fewerRows(data, layout, room, figure.layout.height, meta.order)) };
}

// No letters smaller than LETTERS, and none grey: on a wall grey is not read.
function enlarge(part, text) {
  if (Array.isArray(part)) {
    for (const inner of part) enlarge(inner, text);
  } else if (part && typeof part === "object") {
    for (const [name, value] of Object.entries(part)) {
      if (name.endsWith("font") && value && typeof value === "object") {
        if (typeof value.size === "number") value.size = Math.max(value.size, LETTERS);
        if (Array.isArray(value.size)) value.size = value.size.map(size => Math.max(size, LETTERS));
        if (value.color === text.muted) value.color = text.full;
      }
      enlarge(value, text);
    }
  }
}

// A map that is played: the slide has its own slider and buttons, and the year in large letters above the map, with what
// the map counts in that year beside it.
function unplayed(layout, frames) {
  delete layout.sliders;
  delete layout.updatemenus;
  layout.margin = { ...layout.margin, t: YEAR_HIGH, b: 30 };
  layout.legend = { ...layout.legend, yref: "container", y: 0, yanchor: "bottom" };
  for (const { annotations } of [layout, ...frames.map(frame => frame.layout ?? {})]) {
    const [title] = annotations ?? [];
    if (!title) continue;
    const text = title.text.replace(/^<b>[^<]*<\/b>\s*/, "");
    Object.assign(title, { text, xshift: YEAR_WIDE, yshift: 8, yanchor: "bottom" });
  }
}

// Dots that keep clear of each other stand at pixels of an axis that is not shown: with less room they are smaller.
function shrinkSwarm(data, layout, room) {
  const axis = layout.yaxis ?? {};
  if (axis.visible !== false || !axis.range || axis.tickvals) return;
  const factor = room / Math.abs(axis.range[0] - axis.range[1]);
  if (factor >= 1) return;
  for (const { marker } of data) {
    if (typeof marker?.size === "number") marker.size *= factor;
    if (Array.isArray(marker?.size)) marker.size = marker.size.map(size => size * factor);
  }
}

// Panels one above the other: the first of them, where all would be too low to be read.
function fewerPanels(data, layout, room, least = PANEL) {
  const panels = Object.entries(layout)
    .filter(([name, axis]) => /^yaxis\d*$/.test(name) && axis.domain && !axis.overlaying && axis.visible !== false)
    .sort(([, one], [, other]) => other.domain[1] - one.domain[1]);
  const count = Math.max(Math.floor(room / least), 1);
  if (least < PANEL) for (const [, axis] of panels) axis.nticks = Math.max(Math.floor(room * (axis.domain[1] - axis.domain[0]) / TICK), 2);
  if (panels.length < 4 || count >= panels.length) {
    clearTitles(layout, panels.map(([, axis]) => axis), room);
    return null;
  }
  const first = panels.slice(0, count).map(([name]) => name.replace("axis", ""));
  const low = layout[panels[count - 1][0]].domain[0], rest = 1 - low;
  const lifted = y => (y - low) / rest;
  for (const [name, axis] of panels) {
    if (first.includes(name.replace("axis", ""))) axis.domain = axis.domain.map(lifted);
    else delete layout[name];
  }
  layout.xaxis = { ...layout.xaxis, anchor: first.at(-1) };
  const stays = part => part.yref === "paper" ? part.y >= low : first.includes((part.yref ?? "y").split(" ")[0]);
  layout.annotations = (layout.annotations ?? []).filter(stays)
    .map(part => (part.yref === "paper" ? { ...part, y: lifted(part.y) } : part));
  layout.shapes = (layout.shapes ?? []).filter(part => part.yref === "paper" || stays(part));
  data.splice(0, data.length, ...data.filter(trace => first.includes(trace.yaxis ?? "y")));
  clearTitles(layout, panels.slice(0, count).map(([, axis]) => axis), room);
  return { kind: "panels", count, all: panels.length };
}

// A panel under another gives its title room: on a low slide the gap between both is lower than letters.
function clearTitles(layout, axes, room) {
  axes.slice(1).forEach((axis, at) => {
    const [low, high] = axis.domain, top = Math.min(high, axes[at].domain[0] - TITLE / room);
    const titles = (layout.annotations ?? []).filter(part => part.yref === "paper" && Math.abs(part.y - high) < 1e-6);
    if (!titles.length || top <= low) return;
    axis.domain = [low, top];
    for (const title of titles) title.y = top;
  });
}

// Lanes that are as tall as their names, on an axis that counts pixels: those on top that have their whole height.
function fewerLanes(layout, room, edges) {
  const all = edges.length - 1;
  let count = all;
  while (count > 1 && edges[count] - edges[0] > room) count -= 1;
  if (count === all) return null;
  layout.yaxis.range = [edges[count] - 0.001, edges[0]]; // what stands on the edge is still drawn
  return { kind: "rows", count, all };
}

// A list of rows: labels on one line where theirs have no room, and only the rows on top where that is not enough, or those
// that come first in `order`.
function fewerRows(data, layout, room, drawn, order) {
  const axis = layout.yaxis ?? {}, labels = axis.ticktext, range = axis.range;
  if (!Array.isArray(labels) || labels.length !== axis.tickvals?.length || !range) return null;
  const all = labels.length, lanes = !labels.some(Boolean), lines = Math.floor(room / all / ROW);
  axis.ticktext = labels.map(label => (label.includes("<br>") && label.split("<br>").length > lines ? oneLine(label) : label));
  const lane = Math.max(LANE, (SQUEEZED * (drawn - (layout.margin?.t ?? 0))) / all);
  const count = Math.max(Math.floor(room / (lanes ? lane : ROW)), 1);
  if (count >= all) return null;
  if (order?.length === all && data.every(trace => Array.isArray(trace.y))) return { kind: "ends", count: onlyRows(data, layout, count, order), all };
  for (const trace of data) if ("cliponaxis" in trace) trace.cliponaxis = true; // dots of rows that are left out
  const [first, last] = range, edge = 0.001; // what stands on the edge is still drawn
  const down = first > last;
  axis.range = down ? [count - 0.5 + (first - all + 0.5) - edge, last] : [all - count - 0.5 + (first + 0.5) + edge, last];
  return { kind: "rows", count, all };
}

// Only the rows that come first in `order`, as many as leave a row for each run that is left out. Returns how many.
function onlyRows(data, layout, room, order) {
  const all = order.length;
  let count = room, kept, gaps;
  do {
    kept = new Set(order.slice(0, count));
    gaps = order.map((_, row) => row).filter(row => !kept.has(row) && (row === 0 || kept.has(row - 1)));
    count -= 1;
  } while (count && kept.size + gaps.length > room);
  const labels = [], places = new Map(), { ticktext } = layout.yaxis;
  for (let row = 0; row < all; row += 1) {
    if (kept.has(row)) places.set(row, labels.push(ticktext[row]) - 1);
    else if (gaps.includes(row)) labels.push("⋯");
  }
  Object.assign(layout.yaxis, { tickvals: labels.map((_, at) => at), ticktext: labels, range: [labels.length - 0.4, -0.6] });
  const onRow = part => (part.yref ?? "y") === "y";
  for (const trace of data) trace.y = Array.from(trace.y, row => places.get(row) ?? null);
  layout.annotations = (layout.annotations ?? []).filter(part => !onRow(part) || places.has(part.y))
    .map(part => (onRow(part) ? { ...part, y: places.get(part.y) } : part));
  // a line to a row that is left out ends in the gap
  layout.shapes = (layout.shapes ?? []).filter(part => !onRow(part) || places.has(part.y0))
    .map(part => (onRow(part) ? { ...part, y0: places.get(part.y0), y1: places.get(part.y0) + part.y1 - part.y0 } : part));
  return kept.size;
}

function oneLine(label) {
  const joined = label.replaceAll("<br>", /[\u2e80-\uffff]<br>/.test(label) ? "" : " ");
  return joined.length > LONGEST && !joined.includes("<") ? `${joined.slice(0, LONGEST - 1).replace(/ \S*$/, "")}…` : joined;
}

// What still has to give way once a figure is drawn: margins grow where words run out of the figure, labels at the same
// line move apart, and of two names of dots that cover each other the second goes. `scale` is that of the slide, and
// `isShown` says whether the figure is still the one on it.
async function settle(place, scale, isShown) {
  for (let round = 0; round < 3 && isShown(); round += 1) {
    const changes = { ...wider(place, scale), ...apart(place, scale) };
    if (!Object.keys(changes).length) break;
    await Plotly.relayout(place, changes);
  }
  if (isShown()) nameOnce(place, scale);
}

// Names on a map are chosen for the width of a page: of two that cover each other here the second is not drawn.
function nameOnce(place, scale) {
  const drawn = [];
  for (const name of place.querySelectorAll(".scattergeo text")) {
    const box = name.getBoundingClientRect();
    if (drawn.some(other => covers(other, box, scale))) name.style.visibility = "hidden";
    else drawn.push(box);
  }
}

function wordsOf(place) {
  return [...place.querySelectorAll("svg text")].filter(node => node.textContent.trim() && !node.closest(".hoverlayer"));
}

function wider(place, scale) {
  const frame = place.getBoundingClientRect(), changes = {};
  const over = { l: 0, r: 0, t: 0, b: 0 };
  for (const node of wordsOf(place)) {
    const box = node.getBoundingClientRect();
    if (!box.width) continue;
    over.l = Math.max(over.l, (frame.left - box.left) / scale);
    over.r = Math.max(over.r, (box.right - frame.right) / scale);
    over.t = Math.max(over.t, (frame.top - box.top) / scale);
    over.b = Math.max(over.b, (box.bottom - frame.bottom) / scale);
  }
  for (const [side, much] of Object.entries(over)) {
    if (much > 1) changes[`margin.${side}`] = (place.layout.margin?.[side] ?? 0) + Math.ceil(much) + 1;
  }
  return changes;
}

// The labels of a figure that are drawn, each with its place in the layout and its box on the screen.
function labelsOf(place) {
  const notes = place.layout.annotations ?? [];
  return [...place.querySelectorAll(".annotation")]
    .map(node => ({ at: Number(node.dataset.index), words: node.querySelector("text") }))
    .filter(({ at, words }) => words && notes[at])
    .map(({ at, words }) => ({ at, note: notes[at], box: words.getBoundingClientRect() }))
    .filter(({ box }) => box.width);
}

// Labels under each other: columns right of the plot, and those at the ends of lines, though one line may end before another.
// Those that meet stand apart, as near to their lines as that leaves them, and the lowest above the labels of the axis.
function apart(place, scale) {
  const changes = {}, columns = [];
  for (const label of labelsOf(place)) {
    const { showarrow, xanchor, xref, xshift, yref } = label.note, { left, right } = label.box;
    if (showarrow !== false || xanchor !== "left" || !(xshift > 0 || xref === "paper")) continue;
    if (yref === "paper" && !xshift) continue; // titles of panels stay
    const under = ({ note, box }) => xref === "paper" || note.xref === "paper"
      ? xref === note.xref && Math.abs(left - box.left) < 4 * scale : left < box.right && box.left < right;
    const column = columns.find(others => others.some(under));
    if (column) column.push(label); else columns.push([label]);
  }
  const { t, h } = place._fullLayout._size, bottom = place.getBoundingClientRect().top + (t + h) * scale;
  for (const labels of columns) {
    for (const { top, of } of stacks(labels, 3 * scale, bottom)) {
      let floor = top;
      const downs = of.map(({ box, high }) => (floor += high) - high - box.top);
      if (!downs.some(down => Math.abs(down) > scale / 2)) continue;
      of.forEach(({ at, note }, place) => { changes[`annotations[${at}].yshift`] = (note.yshift ?? 0) - downs[place] / scale; });
    }
  }
  return Object.keys(changes).length ? changes : uncovered(place, scale);
}

// Labels of one column in stacks that do not meet: each around the middle of what it names, none below `bottom`. Boxes of
// letters are higher than letters, by `spare`.
function stacks(labels, spare, bottom) {
  const found = [];
  for (const label of [...labels].sort((one, other) => one.box.top - other.box.top)) {
    const high = label.box.height - spare;
    let stack = { of: [{ ...label, high }], size: high, top: Math.min(label.box.top, bottom - high) };
    for (let above = found.at(-1); above && above.top + above.size > stack.top; above = found.at(-1)) {
      found.pop();
      const of = [...above.of, ...stack.of], size = above.size + stack.size;
      let offset = 0, sum = 0;
      for (const one of of) {
        sum += one.box.top - offset;
        offset += one.high;
      }
      stack = { of, size, top: Math.min(sum / of.length, bottom - size) };
    }
    found.push(stack);
  }
  return found;
}

// Of two names in the plot that cover each other the second is left out: what is pointed at tells it all the same.
function uncovered(place, scale) {
  const changes = {}, drawn = [];
  for (const label of labelsOf(place)) {
    const named = ![label.note.xref, label.note.yref].includes("paper");
    if (named && drawn.some(other => covers(other.box, label.box, scale))) changes[`annotations[${label.at}].visible`] = false;
    else drawn.push(label);
  }
  return changes;
}

function covers(one, other, scale) {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return across > 2 * scale && down > 5 * scale;
}
