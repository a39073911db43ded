// Copies a text to the clipboard. Where the browser does not let us, the text is shown, selected, to be copied by hand.
// `say` is that of saying.js, which stands before this text.

export default function ({ data, parentElement }) {
  const [button, field, line] = ["button", "input", ".said"].map((one) => parentElement.querySelector(one));
  [button.textContent, button.hidden] = [data.words.copy, false];
  field.setAttribute("aria-label", data.words.name);
  if (field.value !== data.text) {
    [field.value, field.hidden] = [data.text, true];
    say(line, "");
  }
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      say(line, data.words.copied);
    } catch {
      field.hidden = false;
      field.select();
      say(line, data.words.by_hand);
    }
  };
}
