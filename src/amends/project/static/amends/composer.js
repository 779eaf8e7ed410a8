/* A text to a customer while it is being written: numbers its savings, says in words when one fails, and saves
   the last second when the window is closed. Without it everything works by the buttons. */
(() => {
  "use strict";
  const composer = () => document.getElementById("composer");
  let unsaved = false; // something was typed that no saving has carried yet
  let lost = false; // the last saving failed
  let leaving = false; // a form is on its way to the house: reloading now would throw away what it carries

  const goes = (path) => {
    if (!composer() || !path) return "";
    const draft = composer().dataset.draft;
    return path === draft ? "draft" : path.split("?")[0] === `${draft}/notes` ? "notes" : "";
  };

  const nextNumber = () => {
    const field = composer().elements.namedItem("number");
    field.value = String(Number(field.value) + 1);
    return field.value;
  };

  const say = (failure) => {
    const lines = [...document.querySelectorAll("[data-failure]")];
    const known = !failure || lines.some((line) => line.dataset.failure === failure);
    lines.forEach((line) => { line.hidden = line.dataset.failure !== (known ? failure : "other"); });
  };

  document.addEventListener("input", (event) => {
    if (composer() && composer().contains(event.target)) unsaved = true;
  });

  document.addEventListener("submit", (event) => {
    unsaved = false;
    leaving = !event.defaultPrevented;
  });

  // The preview follows how it is sent, until the person looks at another one.
  document.addEventListener("change", (event) => {
    if (event.target.name !== "channel" || !composer() || event.target.form !== composer()) return;
    const same = document.querySelector(`#preview-as [value="${CSS.escape(event.target.value)}"]`);
    if (same) same.checked = true;
  }, true);

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "post" || goes(event.detail.path) !== "draft") return;
    event.detail.parameters.number = nextNumber();
    unsaved = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { pathInfo, successful, xhr } = event.detail;
    const where = goes(pathInfo && pathInfo.requestPath);
    if (where === "draft") {
      lost = !successful;
      unsaved = unsaved || lost;
      say(lost ? String(xhr.status || "other") : "");
    } else if (where === "notes" && !successful) {
      if (xhr.status === 401) say("401");
    } else if (where === "notes") {
      // The house answers again, and the page has a fresh token: what was lost is saved now.
      if (lost) setTimeout(() => window.htmx.trigger("#saved", "again"), 50);
      else say("");
    } else if (xhr.status === 401) {
      if (unsaved || lost) say("401");
      else if (!leaving) window.location.reload(); // to the sign-in, and back here
    }
  });

  const saveAtOnce = () => {
    if (!unsaved || !composer()) return;
    const typed = new FormData(composer());
    typed.set("number", nextNumber());
    unsaved = false;
    fetch(composer().dataset.draft, { method: "POST", body: typed, keepalive: true, headers: { "HX-Request": "true" } })
      .catch(() => { unsaved = true; });
  };
  window.addEventListener("pagehide", saveAtOnce);
  document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.target.id === "step") saveAtOnce(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saveAtOnce(); });
})();
