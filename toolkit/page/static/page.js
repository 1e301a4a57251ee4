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

  async function send(list) {
    if (!list.length) { return; }
    const failed = [];
    let done = 0, next = 0;
    async function one() {
      while (next < list.length) {
        const item = list[next]; next += 1;
        const address = "/drop?name=" + encodeURIComponent(item.name) + "&sent=" + Math.floor(item.file.lastModified);
        try {
          const answer = await fetch(address, { method: "PUT", body: item.file, credentials: "same-origin" });
          const reply = answer.status === 413 ? { sentence: await answer.text() } : await answer.json(); // read to its end: an answer that nobody reads counts as a request under way until the browser clears up
          if (!answer.ok) { failed.push(reply.sentence); }
        } catch (error) { failed.push(said("“{1}”没有传进来，请再拖一次。", item.name)); }
        done += 1;
        say(said("正在放进收件箱：{1}/{2}", done, list.length));
      }
    }
    await Promise.all(Array.from({ length: KEEPS }, one));
    say(failed.length ? said("有 {1} 个没有收：{2}", failed.length, failed.slice(0, 5).join(" ")) : said("放进收件箱 {1} 个。", done));
    if (failed.length < list.length) {
      htmx.ajax("POST", "/run", { target: "#work-place", swap: "innerHTML", values: { do: "collect", period: "" } });
    }
  }

  // The notice: laid in first, then imported by the command itself; `asks` holds the form's other fields.
  async function sendNotice(file, asks) {
    say(said("正在读入“{1}”……", file.name));
    try {
      const answer = await fetch("/notice?name=" + encodeURIComponent(file.name), { method: "PUT", body: file, credentials: "same-origin" });
      const reply = await answer.json();
      if (!answer.ok) { say(reply.sentence); return; }
      say("");
      htmx.ajax("POST", "/import", { target: "#work-place", swap: "innerHTML", values: Object.assign({ name: reply.name }, asks) });
    } catch (error) { say(said("“{1}”没有传进来，请再试一次。", file.name)); }
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
  });
  document.addEventListener("htmx:afterSettle", function () {
    const shown = document.querySelector("#board .kept[name=state]");
    if (chosen === null || !shown || shown.value === chosen) { return; }
    const button = Array.from(document.querySelectorAll("form.filter button[name=state]")).find(function (one) { return one.value === chosen; });
    if (button) { button.click(); }
  });

  function filesOf(entry, path, found) {
    return new Promise(function (resolve) {
      if (entry.isFile) {
        entry.file(function (file) { found.push({ name: path + file.name, file: file }); resolve(); }, function () { resolve(); });
        return;
      }
      const reader = entry.createReader(), inside = [];
      (function more() {
        reader.readEntries(function (some) {
          if (some.length) { inside.push.apply(inside, some); more(); return; }
          inside.reduce(function (before, child) { return before.then(function () { return filesOf(child, path + entry.name + "/", found); }); }, Promise.resolve()).then(resolve);
        }, function () { resolve(); });
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
    if (!document.getElementById("drop")) { return; }
    const entries = Array.from(event.dataTransfer.items).map(function (item) { return item.webkitGetAsEntry && item.webkitGetAsEntry(); });
    const found = [];
    if (entries.some(Boolean)) {
      for (const entry of entries.filter(Boolean)) { await filesOf(entry, "", found); }
    } else {
      for (const file of event.dataTransfer.files) { found.push({ name: file.name, file: file }); }
    }
    send(found);
  });
  document.addEventListener("change", function (event) {
    if (event.target.id === "notice-file") {
      const file = event.target.files[0];
      document.getElementById("notice-name").textContent = file ? file.name : said("还没有选文件");
      return;
    }
    if (event.target.id !== "files" && event.target.id !== "folder") { return; }
    send(Array.from(event.target.files).map(function (file) { return { name: file.webkitRelativePath || file.name, file: file }; }));
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
  document.addEventListener("htmx:sendError", function () {
    document.getElementById("notice").innerHTML = "<p class=\"bad\">" + said("页面和程序断开了：程序可能已经退出。请重新双击“启动”。") + "</p>";
  });
}());
