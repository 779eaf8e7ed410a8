/* A signature drawn beside the typed one. Each stroke becomes “M x y L x y …” in whole numbers on a field of 600 by
   200, kept in the form's hidden field. Without scripts the field for drawing is not there, and nothing is missing. */
(() => {
  "use strict";
  const WIDE = 600, HIGH = 200, LONGEST = 20000, NEAR = 3;

  for (const pad of document.querySelectorAll("[data-pad]")) {
    const form = pad.closest("form");
    const kept = form && form.querySelector("[data-drawing]");
    const sheet = pad.querySelector("svg"), line = pad.querySelector("path");
    if (!kept || !sheet || !window.PointerEvent) continue;
    let strokes = kept.value ? [kept.value] : [], pen = null, last = null;

    const show = () => { kept.value = strokes.join(" "); line.setAttribute("d", kept.value); };
    const point = (event) => {
      const box = sheet.getBoundingClientRect();
      const along = (event.clientX - box.left) / box.width * WIDE, down = (event.clientY - box.top) / box.height * HIGH;
      return [Math.round(Math.min(Math.max(along, 0), WIDE)), Math.round(Math.min(Math.max(down, 0), HIGH))];
    };
    const draw = (x, y) => {
      if (last && Math.hypot(x - last[0], y - last[1]) < NEAR) return;
      if (kept.value.length + 20 > LONGEST) return;
      strokes[strokes.length - 1] += ` L${x} ${y}`;
      last = [x, y];
      show();
    };

    sheet.addEventListener("pointerdown", (event) => {
      if (pen !== null || (event.pointerType === "mouse" && event.button !== 0) || kept.value.length + 40 > LONGEST) return;
      event.preventDefault();
      pen = event.pointerId;
      sheet.setPointerCapture(pen);
      const [x, y] = point(event);
      strokes.push(`M${x} ${y} L${x} ${y}`); // a dot is a stroke as well
      last = [x, y];
      show();
    });
    sheet.addEventListener("pointermove", (event) => {
      if (event.pointerId !== pen) return;
      for (const one of event.getCoalescedEvents ? event.getCoalescedEvents() : [event]) draw(...point(one));
    });
    const lift = (event) => { if (event.pointerId === pen) pen = last = null; };
    sheet.addEventListener("pointerup", lift);
    sheet.addEventListener("pointercancel", lift);
    pad.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; show(); });

    show();
    pad.hidden = false;
  }
})();
