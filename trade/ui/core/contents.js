// The headings of the page as links. Read off the page, so that what is not drawn is not listed.

const HEADINGS = "[data-testid=stMain] h2";

export default function ({ data, parentElement }) {
  const [box, title, list] = ["nav", "p", "ul"].map((tag) => parentElement.querySelector(tag));
  title.textContent = data.title;
  box.setAttribute("aria-label", data.title);
  let listed = "";
  const update = () => {
    const headings = [...document.querySelectorAll(HEADINGS)];
    const words = headings.map((heading) => heading.textContent.trim());
    box.hidden = headings.length < 3;
    if (words.join("|") !== listed) {
      listed = words.join("|");
      list.replaceChildren(...words.map((text, at) => {
        const [item, link] = ["li", "a"].map((tag) => document.createElement(tag));
        Object.assign(link, { href: "#", textContent: text });
        link.onclick = (event) => {
          event.preventDefault();
          const heading = document.querySelectorAll(HEADINGS)[at];
          if (heading) {
            heading.style.scrollMarginTop = "4.5rem";
            heading.scrollIntoView({ block: "start" });
          }
        };
        item.append(link);
        return item;
      }));
    }
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 160).length - 1;
    list.querySelectorAll("a").forEach((link, at) => link.setAttribute("aria-current", String(at === passed)));
  };
  const timer = setInterval(update, 700);
  update();
  return () => clearInterval(timer);
}
