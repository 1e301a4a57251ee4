// Loaded before anything is drawn: a button pressed before htmx is ready would send its form as a plain one. It is held, and pressed again when htmx is.
(function () {
  "use strict";
  let form = null, button = null;
  function hold(event) {
    if (!event.target.hasAttribute("hx-post") && !event.target.hasAttribute("hx-get")) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    form = event.target;
    button = event.submitter;
  }
  document.addEventListener("submit", hold, true);
  document.addEventListener("DOMContentLoaded", function () {
    setTimeout(function () { // after htmx's own listener, which was added later
      document.removeEventListener("submit", hold, true);
      if (form && form.isConnected) { form.requestSubmit(button); }
    }, 0);
  });
}());
