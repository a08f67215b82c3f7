"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const drawing = one("#drawing"), panel = one("#panel"), details = one("#details"), evidence = one("#evidence");
  const articles = all("#evidence article"), rows = all("#table tbody tr"), items = all("#drawing .item");
  const wires = all("#drawing .wire"), table = one("#table"), graph = one("#graph"), shown = one("#shown");
  const placeholders = new Map();
  let opener = null;
  let passing = new Set(articles.keys());

  one("#bar").hidden = false;
  evidence.hidden = true;
  table.hidden = true;
  for (const id of ["save-svg", "save-png", "save-csv"]) one("#" + id).hidden = false;

  const view = (asTable) => {
    table.hidden = !asTable;
    graph.hidden = asTable;
    one("#as-graph").setAttribute("aria-pressed", String(!asTable));
    one("#as-table").setAttribute("aria-pressed", String(asTable));
  };
  one("#as-graph").addEventListener("click", () => view(false));
  one("#as-table").addEventListener("click", () => view(true));
  for (const link of all("[data-table]")) link.addEventListener("click", () => view(true));

  const linesOf = (item) => (item.dataset.lines ? item.dataset.lines.split(" ") : [item.dataset.line]).map(Number);

  // The details panel shows the articles themselves, moved there and back, so that nothing is written twice.
  const close = () => {
    for (const [article, mark] of placeholders) mark.replaceWith(article);
    placeholders.clear();
    panel.hidden = true;
    for (const item of items) item.classList.remove("chosen");
    if (opener) opener.focus();
    opener = null;
  };
  const open = (numbers, from) => {
    if (!panel.hidden) { const keep = from; opener = null; close(); from = keep; }
    for (const number of numbers) {
      const article = articles[number], mark = document.createComment("");
      article.replaceWith(mark);
      placeholders.set(article, mark);
      details.append(article);
    }
    opener = from;
    if (from.classList.contains("item")) from.classList.add("chosen");
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus();
  };
  one("#close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) close(); });

  const focusItem = (item) => {
    for (const other of items) other.setAttribute("tabindex", other === item ? "0" : "-1");
    item.focus();
  };
  items.forEach((item) => {
    item.addEventListener("click", () => { focusItem(item); open(linesOf(item), item); });
    item.addEventListener("keydown", (event) => {
      const active = items.filter((other) => !other.classList.contains("out"));
      const at = active.indexOf(item);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (step) { event.preventDefault(); focusItem(active[(at + step + active.length) % active.length]); }
      else if (event.key === "Home" || event.key === "End") { event.preventDefault(); focusItem(active.at(event.key === "Home" ? 0 : -1)); }
      else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(linesOf(item), item); }
    });
  });
  for (const link of all("#table [data-open]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); open([Number(link.dataset.open)], link); });
  }

  const value = (id) => { const field = one("#" + id); return field ? field.value.trim() : ""; };
  const ticked = (id) => { const field = one("#" + id); return !field || field.checked; };
  const words = articles.map((article, number) => (article.textContent + " " + rows[number].textContent).toLocaleLowerCase());
  const initial = [value("from"), value("to")];
  const filter = () => {
    const category = value("category"), from = value("from"), to = value("to"), find = value("find").toLocaleLowerCase();
    const narrowed = from !== initial[0] || to !== initial[1];
    passing = new Set();
    articles.forEach((article, number) => {
      const years = article.dataset.years.split(" ").filter(Boolean).map(Number);
      const dated = !narrowed || (years.length && (from === "" || years.at(-1) >= Number(from)) && (to === "" || years[0] <= Number(to)));
      const kept = dated && (!category || article.dataset.category === category) && (ticked("claims") || article.dataset.claim === "0")
        && (ticked("others") || article.dataset.other === "0") && (!find || words[number].includes(find));
      if (kept) passing.add(number);
    });
    rows.forEach((row, number) => { row.hidden = !passing.has(number); });
    for (const item of items) item.classList.toggle("out", !linesOf(item).some((number) => passing.has(number)));
    for (const wire of wires) wire.classList.toggle("out", !passing.has(Number(wire.dataset.line)));
    const first = items.find((item) => !item.classList.contains("out"));
    for (const item of items) item.setAttribute("tabindex", item === first ? "0" : "-1");
    shown.textContent = passing.size === articles.length ? "" : `${passing.size} of ${articles.length} lines shown` + (passing.size ? "" : ": widen the filter");
  };
  one("#bar").addEventListener("input", filter);
  one("#bar").addEventListener("submit", (event) => event.preventDefault());

  const name = document.title.replace(/ – giftgraph$/, "").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  const save = (blob, suffix) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.${suffix}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const picture = () => {
    const copy = drawing.cloneNode(true), box = drawing.viewBox.baseVal;
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height + 60);
    copy.setAttribute("viewBox", `0 -60 ${box.width} ${box.height + 60}`);
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, number] of [["x", 0], ["y", -60], ["width", box.width], ["height", box.height + 60]]) ground.setAttribute(key, number);
    ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
    copy.insertBefore(ground, copy.children[1]);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "text");
    title.setAttribute("x", 16); title.setAttribute("y", -28); title.setAttribute("font-size", 22); title.setAttribute("font-weight", 700);
    title.textContent = one("h1").textContent;
    const note = document.createElementNS("http://www.w3.org/2000/svg", "text");
    note.setAttribute("x", 16); note.setAttribute("y", -8); note.setAttribute("font-size", 12);
    note.textContent = one(".summary").textContent + " · " + one("footer").textContent.trim().split(" · ")[1];
    copy.append(title, note);
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  };
  one("#save-svg").addEventListener("click", () => save(picture(), "svg"));
  one("#save-png").addEventListener("click", async () => {
    const image = new Image(), address = URL.createObjectURL(picture());
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => save(blob, "png"));
  });
  // A cell that begins like a formula is kept from being one in a spreadsheet.
  const cell = (text) => `"${(/^[=+\-@\t]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
  one("#save-csv").addEventListener("click", () => {
    const lines = [all("#table thead th"), ...rows.filter((row) => !row.hidden).map((row) => [...row.children])];
    save(new Blob(["\ufeff" + lines.map((cells) => cells.map((c) => cell(c.textContent)).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }), "csv");
  });
})();
