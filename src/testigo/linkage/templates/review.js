(function () {
  "use strict";
  var body = document.body, sheet = body.getAttribute("data-sheet"), current = 0, given = {};
  var pairs = Array.prototype.slice.call(document.querySelectorAll(".pair"));
  function one(id) { return document.getElementById(id); }
  function fetch(key) { try { return localStorage.getItem(key); } catch (error) { return null; } }
  function keep(key, text) {
    try { localStorage.setItem(key, text); return true; } catch (error) { return false; }
  }
  function codeOf(pair) { return pair.getAttribute("data-pair"); }
  function place() { return "testigo-review:" + sheet + ":" + one("reviewer").value; }

  function speak(code) {
    one("lang-" + code).checked = true;
    document.documentElement.lang = code;
    document.title = body.getAttribute("data-title-" + code) || document.title;
  }
  function chooseLanguage() {
    var radios = Array.prototype.slice.call(document.querySelectorAll("input.language"));
    var asked = (/[?&]lang=([a-z]{2})/.exec(location.search) || [])[1];
    var wanted = [asked, fetch("testigo-language")].concat(
      (navigator.languages || [navigator.language]).map(function (tongue) { return String(tongue).slice(0, 2); })
    ).filter(function (code) { return code && one("lang-" + code); })[0];
    if (wanted) { speak(wanted); }
    radios.forEach(function (radio) {
      radio.addEventListener("change", function () { speak(radio.value); keep("testigo-language", radio.value); });
    });
  }

  function read() {
    try { given = JSON.parse(fetch(place()) || "{}") || {}; } catch (error) { given = {}; }
    pairs.forEach(paint);
    tell();
  }
  function write() {
    one("no-storage").hidden = keep(place(), JSON.stringify(given));
    one("told").hidden = true;
    tell();
  }
  function answerOf(pair) { return (given[codeOf(pair)] || {}).answer || ""; }
  function paint(pair) {
    var said = given[codeOf(pair)] || {};
    Array.prototype.forEach.call(pair.querySelectorAll("input[type=radio]"), function (input) {
      var chosen = input.value === (input.name.charAt(0) === "a" ? said.answer : said.reason);
      input.checked = chosen;
      input.parentNode.classList.toggle("chosen", chosen);
    });
    var reasons = pair.querySelector(".reasons"), kept = reasons.querySelector("template");
    reasons.hidden = !(said.answer && one("after").checked);
    if (!reasons.hidden && kept && kept.content) { reasons.replaceChild(kept.content, kept); }
  }
  function tell() {
    var done = pairs.filter(answerOf).length;
    one("count").textContent = String(done);
    one("done").value = done;
  }
  function set(pair, what, value) {
    var said = given[codeOf(pair)] || {};
    said[what] = said[what] === value && what === "reason" ? "" : value;
    given[codeOf(pair)] = said;
    paint(pair); write();
  }
  function show(number, still) {
    current = Math.max(0, Math.min(pairs.length - 1, number));
    pairs.forEach(function (pair, at) { pair.classList.toggle("current", at === current); });
    keep(place() + ":at", String(current));
    if (still || !pairs.length) { return; }
    pairs[current].focus();
    one("bar").scrollIntoView();
  }
  function answer(value) {
    if (!pairs.length) { return; }
    set(pairs[current], "answer", value);
    document.querySelector(".help").open = false;
    if (value && !one("after").checked) { show(current + 1); }
  }
  function nextOpen() {
    for (var step = 1; step <= pairs.length; step += 1) {
      var at = (current + step) % pairs.length;
      if (!answerOf(pairs[at])) { show(at); return; }
    }
  }

  function save() {
    var lines = ["sheet,pair,answer,reason"], name = "answers-" + sheet + "-" + one("reviewer").value + ".csv";
    pairs.forEach(function (pair) {
      var said = given[codeOf(pair)] || {};
      if (said.answer) { lines.push([sheet, codeOf(pair), said.answer, said.reason || ""].join(",")); }
    });
    var text = lines.join("\n") + "\n", link = document.createElement("a");
    if (!("download" in link) || !window.Blob || !window.URL) {
      one("copy").hidden = false; one("lines").value = text; one("lines").select();
      return;
    }
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = name;
    body.appendChild(link); link.click(); body.removeChild(link);
    one("file").textContent = name; one("told").hidden = false;
  }

  var keys = {
    s: function () { answer("same"); }, d: function () { answer("different"); }, u: function () { answer("unsure"); },
    x: function () { answer(""); }, j: function () { show(current + 1); }, k: function () { show(current - 1); },
    ArrowRight: function () { show(current + 1); }, ArrowLeft: function () { show(current - 1); },
    n: nextOpen, w: save,
    r: function () { one("after").checked = !one("after").checked; pairs.forEach(paint); }
  };
  document.addEventListener("keydown", function (event) {
    var name = event.target.nodeName, key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.altKey || event.metaKey || name === "SELECT" || name === "TEXTAREA" || !pairs.length) { return; }
    var reason = pairs[current].querySelectorAll(".because input")[Number(key) - 1];
    if (/^[1-9]$/.test(key) && reason) { set(pairs[current], "reason", reason.value); }
    else if (Object.prototype.hasOwnProperty.call(keys, key)) { keys[key](); } else { return; }
    event.preventDefault();
  });
  pairs.forEach(function (pair) {
    pair.addEventListener("click", function (event) {
      var input = event.target, step = input.getAttribute && input.getAttribute("data-step");
      if (step) { show(current + Number(step)); return; }
      if (input.nodeName !== "INPUT") { return; }
      if (input.name.charAt(0) === "a") { answer(input.value); } else { set(pair, "reason", input.value); }
      input.blur();
    });
  });
  one("after").addEventListener("change", function () { pairs.forEach(paint); this.blur(); });
  one("reviewer").addEventListener("change", function () { this.blur(); keep("testigo-review:" + sheet, this.value); read(); show(0); });
  one("save").addEventListener("click", function () { save(); this.blur(); });

  body.classList.add("js");
  one("bar").hidden = false;
  one("reviewer").value = fetch("testigo-review:" + sheet) || "1";
  one("no-storage").hidden = keep("testigo-review:" + sheet, one("reviewer").value);
  chooseLanguage();
  read();
  if (pairs.some(answerOf)) { document.querySelector(".help").open = false; }
  show(Number(fetch(place() + ":at")) || 0, true);
}());
