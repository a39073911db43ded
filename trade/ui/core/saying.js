// Says what came of a press: in a line below it, and to screen readers. The line is a status line for as long as it says
// something, so that a page read whole is not full of empty ones.

const NOTICED = 100;  // milliseconds in which a browser makes a line known as one whose changes are read out

function say(line, text) {
  clearTimeout(line.waiting);
  line.removeAttribute("role");
  line.textContent = "";
  if (!text) return;
  line.setAttribute("role", "status");
  line.waiting = setTimeout(() => { line.textContent = text; }, NOTICED);
}
