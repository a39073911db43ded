// Copies a text to the clipboard. Where the browser does not let us, the text is shown, selected, to be copied by hand.

export default function ({ data, parentElement }) {
  const [button, field, said] = ["button", "input", "[role=status]"].map((one) => parentElement.querySelector(one));
  [button.textContent, button.hidden] = [data.words.copy, false];
  field.setAttribute("aria-label", data.words.name);
  if (field.value !== data.text) {
    [field.value, field.hidden, said.textContent] = [data.text, true, ""];
  }
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      said.textContent = data.words.copied;
    } catch {
      field.hidden = false;
      field.select();
      said.textContent = data.words.by_hand;
    }
  };
}
