"use strict";
const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text());
};
(async () => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const drawing = one("#drawing"), panel = one("#panel"), details = one("#details"), evidence = one("#evidence");
  const articles = all("#evidence article"), rows = all("#table tbody tr"), items = all("#drawing .item"), body = one("#table tbody");
  const wires = all("#drawing .wire"), table = one("#table"), graph = one("#graph"), shown = one("#shown");
  const placeholders = new Map();
  let opener = null, only = null, page = 0;
  // Of very many lines the page holds the first as they are; the others are packed, and made when they are wanted.
  const inline = articles.length, late = one("#late") ? await unpack(one("#late").textContent) : [];
  const total = inline + late.length, ROWS = 300, OPENED = 100;
  const parse = (html) => { const box = document.createElement("template"); box.innerHTML = html; return box.content.firstElementChild; };
  const articleOf = (number) => {
    if (!articles[number]) { articles[number] = parse(late[number - inline][1]); evidence.append(articles[number]); }
    return articles[number];
  };
  const rowOf = (number) => rows[number] ||= parse(late[number - inline][0]);
  const FACTS = /data-years="([^"]*)" data-category="([^"]*)" data-claim="(.)" data-other="(.)"/;
  const facts = Array.from({ length: total }, (_, number) => {
    if (number < inline) return articles[number].dataset;
    const [, years, category, claim, other] = FACTS.exec(late[number - inline][1]);
    return { years, category, claim, other };
  });
  let passing = new Set(facts.keys());

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
  // What is not drawn opens as the rows of the table that hold it.
  const tabulate = (item) => { only = new Set(linesOf(item)); page = 0; filter(); view(true); table.focus(); };

  const linesOf = (item) => (item.dataset.lines ? item.dataset.lines.split(" ") : [item.dataset.line]).map(Number);

  // The details panel shows the articles themselves, moved there and back, so that nothing is written twice.
  const close = () => {
    for (const [article, mark] of placeholders) mark.replaceWith(article);
    placeholders.clear();
    details.replaceChildren();
    panel.hidden = true;
    for (const item of items) item.classList.remove("chosen");
    if (opener) opener.focus();
    opener = null;
  };
  const open = (numbers, from) => {
    if (!panel.hidden) { const keep = from; opener = null; close(); from = keep; }
    const add = (from) => {
      for (const number of numbers.slice(from, from + OPENED)) {
        const article = articleOf(number), mark = document.createComment("");
        article.replaceWith(mark);
        placeholders.set(article, mark);
        details.append(article);
      }
      if (numbers.length > from + OPENED) {
        const more = document.createElement("button");
        more.type = "button";
        more.textContent = `Show the next of ${numbers.length.toLocaleString("en")} gifts`;
        more.addEventListener("click", () => { more.remove(); add(from + OPENED); });
        details.append(more);
      }
    };
    add(0);
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
  const choose = (item) => { if ("table" in item.dataset) tabulate(item); else open(linesOf(item), item); };
  items.forEach((item) => {
    item.addEventListener("click", () => { focusItem(item); choose(item); });
    item.addEventListener("keydown", (event) => {
      const active = items.filter((other) => !other.classList.contains("out"));
      const at = active.indexOf(item);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (step) { event.preventDefault(); focusItem(active[(at + step + active.length) % active.length]); }
      else if (event.key === "Home" || event.key === "End") { event.preventDefault(); focusItem(active.at(event.key === "Home" ? 0 : -1)); }
      else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(item); }
    });
  });
  body.addEventListener("click", (event) => {
    const link = event.target.closest("[data-open]");
    if (link) { event.preventDefault(); open([Number(link.dataset.open)], link); }
  });

  const value = (id) => { const field = one("#" + id); return field ? field.value.trim() : ""; };
  const ticked = (id) => { const field = one("#" + id); return !field || field.checked; };
  // The text of a line, to find words in; of a packed one without its marks.
  const SIGNS = { amp: "&", lt: "<", gt: ">", "#39": "'", "#34": '"' };
  const words = [];
  const wordsOf = (number) => words[number] ??= (number < inline ? `${articles[number].textContent} ${rows[number].textContent}`
    : late[number - inline].join(" ").replace(/<[^>]*>/g, " ").replace(/&(#?\w+);/g, (all, name) => SIGNS[name] ?? all)).toLocaleLowerCase();
  const initial = [value("from"), value("to")];
  const filter = () => {
    const category = value("category"), from = value("from"), to = value("to"), find = value("find").toLocaleLowerCase();
    const narrowed = from !== initial[0] || to !== initial[1];
    passing = new Set();
    facts.forEach((fact, number) => {
      const years = fact.years.split(" ").filter(Boolean).map(Number);
      const dated = !narrowed || (years.length && (from === "" || years.at(-1) >= Number(from)) && (to === "" || years[0] <= Number(to)));
      const kept = dated && (!only || only.has(number)) && (!category || fact.category === category) && (ticked("claims") || fact.claim === "0")
        && (ticked("others") || fact.other === "0") && (!find || wordsOf(number).includes(find));
      if (kept) passing.add(number);
    });
    write();
    for (const item of items) item.classList.toggle("out", !linesOf(item).some((number) => passing.has(number)));
    for (const wire of wires) wire.classList.toggle("out", !linesOf(wire).some((number) => passing.has(number)));
    const first = items.find((item) => !item.classList.contains("out"));
    for (const item of items) item.setAttribute("tabindex", item === first ? "0" : "-1");
    shown.textContent = passing.size === total ? "" : `${passing.size} of ${total} lines shown` + (passing.size ? "" : ": widen the filter");
    if (only) {
      const all = document.createElement("button");
      all.type = "button";
      all.textContent = "Show all";
      all.addEventListener("click", () => { only = null; page = 0; filter(); });
      shown.append(" ", all);
    }
  };
  // The rows of the table: all of them with those hidden that do not pass, or of very many one page of those that do.
  const write = () => {
    if (!late.length) { rows.forEach((row, number) => { row.hidden = !passing.has(number); }); return; }
    const kept = [...passing], last = Math.max(0, Math.ceil(kept.length / ROWS) - 1);
    page = Math.min(page, last);
    const part = kept.slice(page * ROWS, (page + 1) * ROWS), say = (number) => number.toLocaleString("en");
    body.replaceChildren(...part.map(rowOf));
    one("#range").textContent = part.length ? `Rows ${say(page * ROWS + 1)} to ${say(page * ROWS + part.length)} of ${say(kept.length)}; Save CSV writes all of them.` : "";
    one("#earlier").disabled = page === 0;
    one("#later").disabled = page === last;
    one("#pages").hidden = last === 0;
  };
  if (late.length) {
    for (const [id, step] of [["earlier", -1], ["later", 1]]) one("#" + id).addEventListener("click", () => { page += step; write(); table.scrollIntoView(); });
    write();
  }
  one("#bar").addEventListener("input", () => { page = 0; filter(); });
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
    const lines = [all("#table thead th"), ...[...passing].map((number) => [...rowOf(number).children])];
    save(new Blob(["\ufeff" + lines.map((cells) => cells.map((c) => cell(c.textContent)).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }), "csv");
  });
})();
