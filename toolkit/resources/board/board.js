"use strict";
// Shows only the rows in which every word that was typed is found; without this script all rows are shown.
(function () {
  var find = document.getElementById("find"), found = document.getElementById("found");
  var rows = Array.prototype.slice.call(document.querySelectorAll(".row"));
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var details = document.querySelector("#tasks details");
  function show() {
    var words = find.value.toLowerCase().split(/[\s\u3000]+/).filter(Boolean), count = 0;
    rows.forEach(function (row, at) {
      var fits = words.every(function (word) { return texts[at].indexOf(word) >= 0; });
      row.hidden = !fits;
      if (fits) { count += 1; }
    });
    document.body.classList.toggle("finding", words.length > 0);
    if (words.length) { details.open = true; }
    found.textContent = words.length ? (count ? find.dataset.found.replace("#", count) : find.dataset.none) : "";
  }
  find.addEventListener("input", show);
  find.addEventListener("keydown", function (event) { if (event.key === "Escape") { find.value = ""; show(); } });
  window.addEventListener("beforeprint", function () { rows.forEach(function (row) { row.hidden = false; }); });
  window.addEventListener("afterprint", show);
  if (find.value) { show(); }
})();
