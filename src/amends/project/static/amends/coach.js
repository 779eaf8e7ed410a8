/* The coach beside a text: opens the note of a mark, puts its words in, says quietly what has changed. Without
   it the marks lead to their notes, which show the words to copy. */
(() => {
  "use strict";
  const QUIET = 1200; // milliseconds without news before a screen reader is told
  const open = new WeakMap(); // coach → the keys of the notes that stand open
  const saying = new WeakMap();
  const focused = new WeakMap();

  const coachOf = (element) => element.closest(".coach");
  const letters = (text) => Array.from(text.replace(/\r\n/g, "\n"));

  // Where a stretch of the text stands in the field now: where the coach saw it, or else where it is found.
  const placeOf = (value, start, end, text) => {
    const all = letters(value);
    const lead = letters(value.slice(0, value.length - value.trimStart().length)).length;
    const units = (count) => all.slice(0, count).join("").length;
    if (all.slice(lead + start, lead + end).join("") === text) return [units(lead + start), units(lead + end)];
    const found = all.join("").indexOf(text);
    return found < 0 ? null : [found, found + text.length];
  };

  const put = (button) => {
    const { start, end, text, use } = button.dataset;
    const area = document.getElementById(coachOf(button).dataset.field);
    const place = placeOf(area.value, Number(start), Number(end), text);
    if (!place) return;
    area.focus();
    area.setSelectionRange(place[0], place[1]);
    // The one way that leaves the browser's own undo in place.
    if (!document.execCommand("insertText", false, use)) {
      area.setRangeText(use, place[0], place[1], "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const gap = /…+/.exec(use);
    if (gap) area.setSelectionRange(place[0] + gap.index, place[0] + gap.index + gap[0].length);
  };

  document.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use]");
    if (use) { put(use); return; }
    const mark = event.target.closest("a.mark");
    const note = mark && coachOf(mark).querySelector(mark.getAttribute("href"));
    if (!note) return;
    event.preventDefault();
    note.closest("details").open = true;
    note.focus();
  });

  const ready = (coach) => {
    coach.querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; });
    const kept = open.get(coach) || new Set();
    coach.querySelectorAll("details[data-key]").forEach((one) => { if (kept.has(one.dataset.key)) one.open = true; });
    const panel = coach.querySelector(".coach-panel");
    const status = coach.querySelector("[role=status]");
    clearTimeout(saying.get(coach));
    if (panel && status && status.textContent !== panel.dataset.said) {
      saying.set(coach, setTimeout(() => { status.textContent = panel.dataset.said; }, QUIET));
    }
  };

  // What has the focus in a panel, so that a new reading does not take it from who goes by the keyboard.
  const focusOf = (coach) => {
    const at = document.activeElement;
    if (!coach.contains(at)) return "";
    if (at.matches("a.mark")) return `a.mark[href="${at.getAttribute("href")}"]`;
    if (at.matches("summary")) return `details[data-key="${CSS.escape(at.parentElement.dataset.key || "")}"] > summary`;
    return at.id ? `#${CSS.escape(at.id)}` : "";
  };

  const read = (handle) => (event) => {
    if (event.detail.target.classList.contains("coach-reads")) handle(coachOf(event.detail.target));
  };
  document.addEventListener("htmx:beforeSwap", read((coach) => {
    focused.set(coach, focusOf(coach));
    open.set(coach, new Set([...coach.querySelectorAll("details[data-key][open]")].map((one) => one.dataset.key)));
  }));
  document.addEventListener("htmx:afterSwap", read((coach) => {
    ready(coach);
    const before = focused.get(coach) && coach.querySelector(focused.get(coach));
    if (before) before.focus();
  }));
  document.querySelectorAll(".coach").forEach(ready);
})();
