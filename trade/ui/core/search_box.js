// A box that lists what the server finds while one types. The list is a popover: nothing on the page cuts it off.

const WAIT = 80; // milliseconds without a key before the server is asked
const LIST_WIDTH = 420;

export default function ({ data, parentElement, setTriggerValue }) {
  const [input, list, said] = ["input", "ul", "[role=status]"].map((name) => parentElement.querySelector(name));
  const state = (parentElement.searchState ??= { found: [], at: 0, asked: 0, timer: 0 });
  input.placeholder = data.words.hint;
  input.setAttribute("aria-label", data.words.label);
  list.setAttribute("aria-label", data.words.list);

  const opened = () => list.matches(":popover-open");
  const close = () => {
    if (opened()) list.hidePopover();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    const box = input.getBoundingClientRect();
    const width = Math.min(Math.max(box.width, LIST_WIDTH), window.innerWidth - 16);
    list.style.width = `${width}px`;
    list.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
    list.style.top = `${box.bottom + 4}px`;
    if (!opened()) list.showPopover();
    input.setAttribute("aria-expanded", "true");
  };
  const mark = (at) => {
    state.at = at;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    const row = list.children[at];
    if (!row || !state.found.length) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  };
  const take = (entry) => {
    const text = input.value.trim();
    if (!text) return;
    clearTimeout(state.timer);
    state.asked += 1; // what is still under way comes too late
    setTriggerValue("taken", { text, kind: entry?.kind ?? "", id: entry?.id ?? "" });
    input.value = "";
    state.found = [];
    close();
    input.blur();
  };
  const part = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
  const note = (text) => {
    const row = Object.assign(document.createElement("li"), { className: "note", textContent: text });
    row.setAttribute("role", "option");
    row.setAttribute("aria-disabled", "true");
    list.replaceChildren(row);
    said.textContent = text;
    open();
  };
  const show = (found, text) => {
    state.found = found;
    if (!found.length) return note(data.words.nothing.replace("{text}", text));
    list.replaceChildren(
      ...found.map((entry, place) => {
        const row = document.createElement("li");
        row.id = `found-${place}`;
        row.setAttribute("role", "option");
        row.append(part("title", entry.title), part("kind", entry.kind_name));
        row.onpointerdown = (event) => event.preventDefault(); // the box keeps the focus
        row.onclick = () => take(entry);
        row.onpointermove = () => state.at !== place && mark(place);
        return row;
      }),
    );
    said.textContent = "";
    open();
    mark(0);
  };
  const ask = async () => {
    const text = input.value.trim();
    const number = (state.asked += 1);
    if (!text) {
      state.found = [];
      return close();
    }
    const query = new URLSearchParams({ q: text, lang: data.lang, most: data.most });
    try {
      const answer = await fetch(`api/search?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (number === state.asked) show(found, text);
    } catch {
      if (number !== state.asked) return;
      state.found = [];
      note(data.words.failed);
    }
  };

  input.oninput = () => {
    clearTimeout(state.timer);
    state.found = []; // the list is of other words: Enter takes the best match of these
    state.timer = setTimeout(ask, WAIT);
  };
  input.onkeydown = (event) => {
    if (event.isComposing) return; // Enter ends the spelling of a Chinese word
    const many = state.found.length;
    if (event.key === "Enter") take(state.found[state.at]);
    else if (event.key === "Escape") opened() ? close() : input.blur();
    else if (event.key === "ArrowDown" && many) mark((state.at + 1) % many);
    else if (event.key === "ArrowUp" && many) mark((state.at + many - 1) % many);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  input.onblur = close;
  input.onfocus = () => input.value.trim() && ask();

  window.keysOfSearch?.abort();
  const mine = (window.keysOfSearch = new AbortController()); // one drawn before may leave after this one has come
  const options = { signal: mine.signal };
  document.addEventListener(
    "keydown",
    (event) => {
      const inside = event.composedPath()[0];
      const typing = inside instanceof Element && inside.closest("input, textarea, select, [contenteditable=true]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.focus();
      input.select();
    },
    options,
  );
  window.addEventListener("resize", close, options);
  document.addEventListener("scroll", (event) => event.target !== list && close(), { capture: true, ...options });
  return () => mine.abort();
}
