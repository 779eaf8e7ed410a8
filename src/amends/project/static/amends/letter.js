/* The letter about progress that is ready opens over the list: by its link, or by the key p while something in its
   row, or beside its case, has the focus. Enter sends it, Esc puts it away. Without scripts the link leads to its page. */
(() => {
  "use strict";
  const TYPING = "input, textarea, select, [contenteditable], dialog";
  const dialog = document.getElementById("ready-letter");
  if (!dialog || !dialog.showModal) return;

  document.addEventListener("keydown", (event) => {
    const pressed = event.key === "p" && !event.repeat && !event.isComposing;
    if (!pressed || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    const at = document.activeElement;
    const place = at && !at.closest(TYPING) && at.closest("[data-keys]");
    const link = place && (place.querySelector("[data-letter]") || document.querySelector("header [data-letter]"));
    if (!link) return;
    event.preventDefault();
    link.focus(); // where the focus comes back to
    link.click();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== dialog) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-send]").focus({ preventScroll: true });
  });

  // What cannot be shown here (signed out, the house does not answer) is shown as the page that it is.
  const elsewhere = (event) => {
    const link = event.detail.elt.closest("[data-letter]");
    if (link) window.location.assign(link.href);
  };
  document.addEventListener("htmx:responseError", elsewhere);
  document.addEventListener("htmx:sendError", elsewhere);

  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.replaceChildren());
})();
