/* The coach beside a text: opens the note of a mark, puts its words in, says quietly what has changed. Without
   it the marks lead to their notes, which show the words to copy. */
(() => {
  "use strict";
  const QUIET = 1200; // milliseconds without news before a screen reader is told
  const section = () => document.querySelector(".coach");
  const field = () => document.getElementById(section().dataset.field);
  let open = new Set();
  let saying = 0;

  const letters = (text) => Array.from(text.replace(/\r\n/g, "\n"));

  // Where a stretch of the text stands in the field now: where the coach saw it, or else where it is found.
  const placeOf = (start, end, text) => {
    const all = letters(field().value);
    const lead = letters(field().value.slice(0, field().value.length - field().value.trimStart().length)).length;
    const units = (count) => all.slice(0, count).join("").length;
    if (all.slice(lead + start, lead + end).join("") === text) return [units(lead + start), units(lead + end)];
    const found = all.join("").indexOf(text);
    return found < 0 ? null : [found, found + text.length];
  };

  const put = (button) => {
    const place = placeOf(Number(button.dataset.start), Number(button.dataset.end), button.dataset.text);
    if (!place) return;
    const area = field();
    area.focus();
    area.setSelectionRange(place[0], place[1]);
    // The one way that leaves the browser's own undo in place.
    if (!document.execCommand("insertText", false, button.dataset.use)) {
      area.setRangeText(button.dataset.use, place[0], place[1], "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const gap = button.dataset.use.indexOf("…");
    if (gap >= 0) area.setSelectionRange(place[0] + gap, place[0] + gap + 1);
  };

  document.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use]");
    if (use) { put(use); return; }
    const mark = event.target.closest("a.mark");
    if (!mark) return;
    const note = document.querySelector(mark.getAttribute("href"));
    if (!note) return;
    event.preventDefault();
    note.closest("details").open = true;
    note.focus();
  });

  const ready = () => {
    if (!section()) return;
    section().querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; });
    section().querySelectorAll("details[data-key]").forEach((details) => {
      if (open.has(details.dataset.key)) details.open = true;
    });
    const panel = section().querySelector(".coach-panel");
    const status = document.getElementById("coach-said");
    clearTimeout(saying);
    if (panel && status.textContent !== panel.dataset.said) {
      saying = setTimeout(() => { status.textContent = panel.dataset.said; }, QUIET);
    }
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "coach") return;
    open = new Set([...section().querySelectorAll("details[data-key][open]")].map((one) => one.dataset.key));
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "coach") ready(); });
  ready();
})();
