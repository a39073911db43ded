// The row beside a chart's title: its views (chart, map, table), files, link, and what opens below it. `savePicture` is
// that of picture.js and `say` that of saying.js, which stand before this text.

const button = (kind, name, text, title = "") => {
  const made = document.createElement(kind);
  Object.assign(made, kind === "a" ? {} : { type: "button" });
  made.dataset.name = name;
  made.textContent = text;
  if (title) [made.title, made.ariaLabel] = [title, title];
  return made;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.host ?? parentElement;
  Object.assign(host.dataset, { chart: data.key, rows: data.csv });  // where a brief (brief.js) finds what is drawn
  const find = (selector) => parentElement.querySelector(selector);
  const [views, actions, line, field] = [".views", ".actions", ".said", "input"].map(find);
  const focused = parentElement.activeElement?.dataset?.name;
  views.setAttribute("aria-label", data.words.views);
  actions.setAttribute("aria-label", data.words.actions);

  const opens = (name, text, title) => {
    const made = button("button", name, text, title);
    made.setAttribute("aria-pressed", String(name === data.open || name === data.view));
    made.onclick = () => setTriggerValue("pressed", name);
    return made;
  };
  views.replaceChildren(...data.views.map(([name, text]) => opens(name, text)));
  views.hidden = data.views.length < 2;

  const picture = (form) => {
    const made = button("button", form, form.toUpperCase(), data.words[form]);
    made.onclick = async () => {
      say(line, "");
      try {
        const plot = host.closest(`.st-key-chart_${data.key}`).querySelector(".js-plotly-plot");
        await savePicture(form, plot, data.picture, getComputedStyle(host));
      } catch (error) {
        console.warn(error);
        say(line, data.words.failed);
      }
    };
    return made;
  };
  const csv = () => {
    const made = button("a", "csv", "CSV", data.words.csv);
    Object.assign(made, { href: data.csv, download: "" });
    return made;
  };
  const link = () => {
    const made = button("button", "link", data.words.link, data.words.link_help);
    made.onclick = async () => {
      field.value = data.link;
      try {
        await navigator.clipboard.writeText(data.link);
        say(line, data.words.copied);
        field.hidden = true;
      } catch {
        say(line, data.words.by_hand);
        field.hidden = false;
        field.select();
      }
    };
    return made;
  };
  if (field.value !== data.link) {
    field.hidden = true;
    say(line, "");
  }
  field.setAttribute("aria-label", data.words.link_help);
  actions.replaceChildren(
    ...(data.picture ? [picture("png"), picture("svg")] : []),
    ...(data.csv ? [csv()] : []),
    link(),
    ...data.below.map(([name, text, title]) => opens(name, text, title)),
  );
  if (focused) find(`[data-name="${focused}"]`)?.focus({ preventScroll: true });
}
