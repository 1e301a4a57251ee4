// What htmx does not do: files and folders dropped anywhere, and the focus kept where it was. No address outside this machine is named here.
(function () {
  "use strict";
  const KEEPS = 4; // files on their way at once

  // A sentence in the page's language, {1}, {2} … filled in; in Chinese the page hands over no words.
  const words = JSON.parse(document.body.dataset.words || "{}");
  function said(text) {
    const values = arguments;
    return (words[text] || text).replace(/\{(\d)\}/g, function (hole, number) { return values[number]; });
  }

  function say(text) { document.getElementById("dropping").textContent = text; }

  function complain(text) {
    const line = document.createElement("p"), notice = document.getElementById("notice");
    line.className = "bad";
    line.textContent = text;
    notice.replaceChildren(line);
  }
  function gone() { return said("页面和程序断开了：程序可能已经退出。请重新双击“启动”。"); }

  // Why a file did not come in: the program's own sentence, or that it has ended, or that the file could not be read.
  async function why(answer, name) {
    if (answer) {
      const text = await answer.text(); // read to its end: an answer that nobody reads counts as a request under way until the browser clears up
      if (answer.ok) { return ""; }
      try { return JSON.parse(text).sentence; } catch (error) { return text; } // what the guard turns away is plain text
    }
    try { await (await fetch("/static/page.js", { credentials: "same-origin" })).text(); } catch (error) { return gone(); }
    return unread(name);
  }
  function unread(name) { return said("“{1}”读不出来，没有传进来：可能已经移走、改了名，或者正被别的程序占用。请关掉占用它的程序再拖一次。", name); }
  async function put(address, file) {
    try { return await fetch(address, { method: "PUT", body: file, credentials: "same-origin" }); } catch (error) { return null; }
  }

  // `list` is what goes in, `failed` says what could not be read of what was dropped.
  async function send(list, failed) {
    if (!list.length && !failed.length) { say(said("这里面没有文件，什么都没有放进收件箱。")); return; }
    const lost = failed.length;
    let done = 0, next = 0;
    async function one() {
      while (next < list.length) {
        const item = list[next]; next += 1;
        const address = "/drop?name=" + encodeURIComponent(item.name) + "&sent=" + Math.floor(item.file.lastModified);
        const sentence = await why(await put(address, item.file), item.name);
        if (sentence) { failed.push(sentence); }
        done += 1;
        say(said("正在放进收件箱：{1}/{2}", done, list.length));
      }
    }
    await Promise.all(Array.from({ length: KEEPS }, one));
    const told = Array.from(new Set(failed)).slice(0, 5).join(" ");
    say(failed.length ? said("有 {1} 个没有收：{2}", failed.length, told) : said("放进收件箱 {1} 个。", done));
    if (failed.length - lost < list.length) {
      htmx.ajax("POST", "/run", { target: "#work-place", swap: "innerHTML", values: { do: "collect", period: "" } });
    }
  }

  // The notice: laid in first, then imported by the command itself; `asks` holds the form's other fields.
  async function sendNotice(file, asks) {
    say(said("正在读入“{1}”……", file.name));
    const answer = await put("/notice?name=" + encodeURIComponent(file.name), file);
    if (!answer || !answer.ok) { say(await why(answer, file.name)); return; }
    const reply = await answer.json();
    say("");
    htmx.ajax("POST", "/import", { target: "#work-place", swap: "innerHTML", values: Object.assign({ name: reply.name }, asks) });
  }

  function noticeAsks(button) {
    const asks = {}, form = document.getElementById("notice-form");
    for (const field of form.querySelectorAll("input[name=year], input[name=list]")) { asks[field.name] = field.value; }
    if (button && button.name) { asks[button.name] = button.value; }
    return asks;
  }

  document.addEventListener("submit", function (event) {
    if (event.target.id !== "notice-form") { return; }
    event.preventDefault();
    const file = document.getElementById("notice-file").files[0];
    if (file) { sendNotice(file, noticeAsks(event.submitter)); } else { say(said("请先选通知文件。")); document.getElementById("notice-file").focus(); }
  });

  // What the clerk chose on the board last: a part that was asked for before and comes after may still show what was chosen earlier.
  let chosen = null;
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.filter") && event.submitter) { chosen = event.submitter.value; }
  });
  document.addEventListener("input", function (event) {
    if (event.target.id === "find") { chosen = ""; }  // looking for a unit is looking among all
  });
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.target.id !== "desk" && event.target.id !== "board") { return; }
    for (const field of document.querySelectorAll("#board .kept")) { event.detail.parameters[field.name] = field.value; }
    const cause = event.detail.triggeringEvent, mark = document.getElementById("desk-mark");
    if (cause && cause.type === "seen" && mark) { event.detail.parameters.known = mark.value; }
  });
  document.addEventListener("htmx:afterSettle", function () {
    const shown = document.querySelector("#board .kept[name=state]");
    if (chosen === null || !shown || shown.value === chosen) { return; }
    const button = Array.from(document.querySelectorAll("form.filter button[name=state]")).find(function (one) { return one.value === chosen; });
    if (button) { button.click(); }
  });

  function filesOf(entry, path, found, failed) {
    return new Promise(function (resolve) {
      function fail() { failed.push(unread(path + entry.name)); resolve(); }
      if (entry.isFile) {
        entry.file(function (file) { found.push({ name: path + file.name, file: file }); resolve(); }, fail);
        return;
      }
      const reader = entry.createReader(), inside = [];
      (function more() {
        reader.readEntries(function (some) {
          if (some.length) { inside.push.apply(inside, some); more(); return; }
          inside.reduce(function (before, child) { return before.then(function () { return filesOf(child, path + entry.name + "/", found, failed); }); }, Promise.resolve()).then(resolve);
        }, fail);
      }());
    });
  }

  function holdsFiles(event) { return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files"); }

  document.addEventListener("dragover", function (event) {
    if (!holdsFiles(event)) { return; }
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", function (event) { if (!event.relatedTarget) { document.body.classList.remove("dragging"); } });
  document.addEventListener("drop", async function (event) {
    if (!holdsFiles(event)) { return; }
    event.preventDefault();
    document.body.classList.remove("dragging");
    if (document.getElementById("notice-form")) {
      const files = event.dataTransfer.files;
      if (files.length === 1) { sendNotice(files[0], noticeAsks(null)); } else { say(said("请只拖一个通知文件。")); }
      return;
    }
    if (!document.getElementById("drop")) { complain(said("拖来的文件没有收：请先点上面的“收表”，再把它们拖到那一页。")); return; }
    const entries = Array.from(event.dataTransfer.items).map(function (item) { return item.webkitGetAsEntry && item.webkitGetAsEntry(); });
    const found = [], failed = [];
    if (entries.some(Boolean)) {
      for (const entry of entries.filter(Boolean)) { await filesOf(entry, "", found, failed); }
    } else {
      for (const file of event.dataTransfer.files) { found.push({ name: file.name, file: file }); }
    }
    send(found, failed);
  });
  document.addEventListener("change", function (event) {
    if (event.target.id === "notice-file") {
      const file = event.target.files[0];
      document.getElementById("notice-name").textContent = file ? file.name : said("还没有选文件");
      return;
    }
    if (event.target.id !== "files" && event.target.id !== "folder") { return; }
    send(Array.from(event.target.files).map(function (file) { return { name: file.webkitRelativePath || file.name, file: file }; }), []);
    event.target.value = "";
  });

  // A part that comes anew may take away what had the focus: it goes to the same thing, else to the nearest that is left.
  let held = "";
  document.addEventListener("htmx:beforeSwap", function () { held = document.activeElement ? document.activeElement.id : ""; });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (!held || (document.activeElement && document.activeElement !== document.body)) { return; }
    const again = document.getElementById(held) || event.detail.elt.querySelector("button, a, input, summary") || document.getElementById("main");
    if (again) { again.focus({ preventScroll: true }); }
  });
  document.addEventListener("htmx:sendError", function () { complain(gone()); });
  document.addEventListener("htmx:responseError", function (event) { complain(event.detail.xhr.responseText.slice(0, 400)); }); // the guard's own sentence

  // What was typed into a file's card and not sent yet stays when the desk comes anew; what was shown of it goes by the number of the file.
  let typed = [];
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target.id !== "desk") { return; }
    typed = Array.from(document.querySelectorAll(".card input[id]:not([type=checkbox])")).filter(function (one) { return one.value !== one.defaultValue; })
      .map(function (one) { return { id: one.id, value: one.value, opened: one.closest("details") && one.closest("details").open }; });
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.target.id !== "desk") { return; }
    for (const was of typed) {
      const field = document.getElementById(was.id), more = field && field.closest("details");
      if (field) { field.value = was.value; field.dispatchEvent(new Event("change")); } // a unit's tasks are listed anew
      if (more && was.opened) { more.open = true; }
    }
    typed = [];
  });

  // That something else is being done is over when it has ended; other sentences stay until the clerk does something.
  let passing = false;
  function hush() { document.getElementById("notice").replaceChildren(); passing = false; }
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id === "notice") { passing = document.querySelector("#work.busy") !== null; }
  });
  document.addEventListener("htmx:beforeRequest", function (event) { if (event.detail.requestConfig.verb === "post") { hush(); } });
  document.body.addEventListener("changed", function () { if (passing) { hush(); } });

  // Another program, or another clerk, may have worked meanwhile: who comes back to the page sees how things stand.
  document.addEventListener("visibilitychange", function () {
    const desk = document.getElementById("desk");
    if (desk && document.visibilityState === "visible") { htmx.trigger(desk, "seen"); }
  });
}());
