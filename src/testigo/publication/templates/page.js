(function () {
  "use strict";
  var body = document.body, radios = document.querySelectorAll("input.language");
  function known(code) { return code && document.getElementById("lang-" + code); }
  function remembered() { try { return localStorage.getItem("testigo-language"); } catch (e) { return null; } }
  function remember(code) { try { localStorage.setItem("testigo-language", code); } catch (e) { return; } }
  function show(code) {
    document.getElementById("lang-" + code).checked = true;
    document.documentElement.lang = code;
    document.title = body.getAttribute("data-title-" + code) || document.title;
  }
  function wanted() {
    var asked = /[?&]lang=([a-z]{2})/.exec(location.search), tongues = navigator.languages || [navigator.language];
    if (asked && known(asked[1])) { return asked[1]; }
    if (known(remembered())) { return remembered(); }
    for (var i = 0; i < tongues.length; i += 1) {
      var code = String(tongues[i]).slice(0, 2).toLowerCase();
      if (known(code)) { return code; }
    }
    return null;
  }
  if (radios.length) {
    var first = wanted();
    if (first) { show(first); }
    radios.forEach(function (radio) {
      radio.addEventListener("change", function () { show(radio.value); remember(radio.value); });
    });
  }
  function visibleText(element) { return element.innerText.replace(/\s+\n|\n\s+|\n/g, " ").trim(); }
  function copyText(text, done) {
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done, function () { copyOld(text, done); }); } else { copyOld(text, done); }
  }
  function copyOld(text, done) {
    var area = document.createElement("textarea");
    area.value = text; area.className = "hidden"; body.appendChild(area); area.select();
    try { if (document.execCommand("copy")) { done(); } } finally { body.removeChild(area); }
  }
  document.querySelectorAll("button.copy").forEach(function (button) {
    var plain = button.innerHTML, source = document.getElementById(button.getAttribute("data-copy"));
    button.hidden = false;
    button.addEventListener("click", function () {
      copyText(visibleText(source), function () {
        button.textContent = "✓";
        setTimeout(function () { button.innerHTML = plain; }, 1500);
      });
    });
  });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.printed:not([open])").forEach(function (one) { one.open = true; opened.push(one); });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
    opened = [];
  });
  function folded(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  document.querySelectorAll(".finder").forEach(function (finder) {
    var seek = finder.querySelector(".seek"), input = seek.querySelector("input"), status = seek.querySelector("[role=status]");
    var groups = Array.prototype.map.call(finder.querySelectorAll("details"), function (group) {
      return { group: group, rows: Array.prototype.map.call(group.querySelectorAll("tbody tr"), function (row) {
        return { row: row, name: folded(row.querySelector("th").textContent) };
      }) };
    });
    seek.hidden = false;
    input.addEventListener("input", function () {
      var sought = folded(input.value.trim()), all = 0;
      groups.forEach(function (one) {
        var found = 0;
        one.rows.forEach(function (line) {
          var fits = !sought || line.name.indexOf(sought) >= 0;
          line.row.hidden = !fits; found += fits ? 1 : 0;
        });
        one.group.hidden = Boolean(sought) && !found;
        one.group.open = sought.length > 2 && found > 0;
        all += found;
      });
      status.textContent = sought ? String(all) : "";
    });
  });
}());
