// The table twin: the same nodes, filtered as the picture is, sorted by any column; a name opens the facts of its node.
const Tables = ({ data, nodes, passing, tally, open, plain, make }) => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  let rows = [];
  let counted = false;
  const fill = (some) => {
    if (!some && !counted) { for (const row of rows) row.element.hidden = !passing.node[row.node]; return; }
    counted = some;
    for (const row of rows) {
      row.element.hidden = !passing.node[row.node];
      if (row.element.hidden) continue;
      const facts = tally(row.node);
      [facts.gave, facts.got, facts.partners.size, facts.exchanged].forEach((number, cell) => { row.element.children[2 + cell].textContent = number; });
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    const body = one("#table tbody");
    rows = [...body.rows].map((element, number) => ({ element, node: data.order[number] }));
    body.addEventListener("click", (event) => { const cell = event.target.closest("td.what"); if (cell) { const row = rows.find((item) => item.element === cell.parentNode); open(row.node, one("button", cell)); } });
    for (const row of rows) { const cell = row.element.firstElementChild, link = make("button", cell.textContent, "open"); link.type = "button"; cell.replaceChildren(link); }
    all("#table th").forEach((head, column) => {
      const button = make("button", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") !== "descending" : column > 1 && column < 6;
        for (const other of all("#table th")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => { const text = row.element.children[column].textContent; return column > 1 && column < 6 ? Number(text) : plain(text); };
        const keyed = rows.map((row) => [key(row), row]);
        keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
        rows = keyed.map(([, row]) => row);
        rows.forEach((row, number) => row.element.classList.toggle("more", number >= 300));
        body.replaceChildren(...rows.map((row) => row.element));
      });
    });
    const more = one("#all-rows");
    more.hidden = rows.length <= 300;
    more.textContent = `Show all ${rows.length.toLocaleString("en")} rows`;
    more.addEventListener("click", () => { document.documentElement.classList.add("all"); more.hidden = true; });
    performance.mark("giftgraph-table");
  });
  return { fill, rows: () => rows };
};
