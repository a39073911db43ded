{
  // Streamlit adds an entry to the history whenever the server writes the address: when it completes that of a page just
  // opened, or leaves a page for another. Here a press of the user's makes one entry, and what follows from it takes its
  // place, so that Back needs one press.
  let fresh = true;
  for (const press of ["pointerdown", "keydown"]) addEventListener(press, () => { fresh = false; }, true);
  const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
  history.pushState = (state, unused, address) => {
    const [to, from] = [new URL(address, location.href), new URL(location.href)];
    if (to.href === from.href) return;
    (fresh ? replace : push)(state, unused, address);
    fresh = true;
    if (to.pathname !== from.pathname) window.landedOnChart = undefined;
  };
  // A bare address reached with Back stands for the defaults. The server takes a bare address for a click in the menu,
  // which keeps what was chosen: so it is given a choice that is a default.
  addEventListener("popstate", () => {
    fresh = true;
    window.landedOnChart = undefined;
    if (!location.search) replace(history.state, "", `${location.pathname}?theme=auto${location.hash}`);
  }, true);
  // The colours that a link asks for, in Streamlit's own words, which it reads when it starts.
  const asked = new URLSearchParams(location.search), theme = asked.get("theme");
  if ((theme === "light" || theme === "dark") && !asked.has("embed_options")) {
    replace(history.state, "", `?${asked}&embed_options=${theme}_theme${location.hash}`);
  }
}
