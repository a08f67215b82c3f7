(() => {
  performance.mark("giftgraph-start");
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const SVG = "http://www.w3.org/2000/svg";
  const make = (name, text = "", kind = "") => { const made = document.createElement(name); if (text) made.textContent = text; if (kind) made.className = kind; return made; };
  const draw = (name, attributes) => { const made = document.createElementNS(SVG, name); for (const key in attributes) made.setAttribute(key, attributes[key]); return made; };
  const plural = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
  const data = JSON.parse(one("#data").textContent), nodes = data.nodes, exchanges = data.exchanges;
  const count = nodes.key.length, flat = data.lines, lineCount = flat.length / 3;
  const stage = one("#stage"), overlay = one("#overlay"), names = one("#labels"), arrows = one("#arrows"), panel = one("#panel"), details = one("#details");
  const still = matchMedia("(prefers-reduced-motion: reduce)"), dark = matchMedia("(prefers-color-scheme: dark)");
  document.documentElement.classList.add("ready");
  for (const id of ["#bar", "#graph", "#save-svg", "#save-png", "#save-csv"]) one(id).hidden = false;

  // ---- the scene: one drawn line a pair, however many exchanges and whichever way
  const pairs = [], pairAt = new Map(), linesOf = Array.from({ length: count }, () => []);
  for (let line = 0; line < lineCount; line += 1) {
    const a = flat[3 * line], b = flat[3 * line + 1], key = a < b ? a * count + b : b * count + a;
    linesOf[a].push(line);
    if (b !== a) linesOf[b].push(line);
    let pair = pairAt.get(key);
    if (!pair) { pairAt.set(key, pair = { a, b, lines: [] }); pairs.push(pair); }
    pair.lines.push(line);
  }
  const neighbours = Array.from({ length: count }, () => []);
  for (const { a, b } of pairs) if (a !== b) { neighbours[a].push(b); neighbours[b].push(a); }
  const weigh = (lines) => lines.reduce((sum, line) => sum + exchanges.count[flat[3 * line + 2]], 0);
  const largest = Math.max(...nodes.size, 1e-9);
  const least = Math.max(1.3, Math.min(3.5, 110 / Math.sqrt(count))), most = Math.max(9, Math.min(20, 420 / Math.sqrt(count)));
  const scene = {
    spots: new Float32Array(2 * count), radii: new Float32Array(count), shapes: new Float32Array(count), nodeInk: new Uint8Array(4 * count),
    ends: new Float32Array(4 * pairs.length), widths: new Float32Array(pairs.length), lineInk: new Uint8Array(4 * pairs.length), ground: [255, 255, 255],
  };
  const shapeOf = { person: 0, organization: 1, polity: 2, office: 3, community: 0 };
  for (let node = 0; node < count; node += 1) {
    scene.spots[2 * node] = nodes.x[node];
    scene.spots[2 * node + 1] = nodes.y[node];
    scene.radii[node] = least + (most - least) * Math.sqrt(Math.max(nodes.size[node], 0) / largest);
    scene.shapes[node] = shapeOf[data.kinds[nodes.kind[node]]];
  }
  const weights = pairs.map((pair) => weigh(pair.lines)), heaviest = weights.reduce((a, b) => Math.max(a, b), 31);
  pairs.forEach((pair, at) => {
    scene.ends.set([nodes.x[pair.a], nodes.y[pair.a], nodes.x[pair.b], nodes.y[pair.b]], 4 * at);
    scene.widths[at] = 0.7 + 4.5 * Math.sqrt((weights[at] - 1) / (heaviest - 1));
  });
  const boxOf = (members) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of members) { box[0] = Math.min(box[0], nodes.x[node]); box[1] = Math.min(box[1], nodes.y[node]); box[2] = Math.max(box[2], nodes.x[node]); box[3] = Math.max(box[3], nodes.y[node]); }
    return box;
  };
  const bounds = boxOf(nodes.x.keys());
  // On a narrow screen the largest group fills the first view.
  const largestGroup = () => {
    const seen = new Uint8Array(count);
    let best = [];
    for (let from = 0; from < count; from += 1) {
      if (seen[from]) continue;
      const group = [from];
      seen[from] = 1;
      for (const node of group) for (const other of neighbours[node]) if (!seen[other]) { seen[other] = 1; group.push(other); }
      if (group.length > best.length) best = group;
    }
    return best;
  };

  // ---- what passes the filter, and what is chosen
  const passing = { line: new Uint8Array(lineCount).fill(1), node: new Uint8Array(count).fill(1) };
  let chosen = -1, cursor = -1, hover = -1, opener = null;
  let palette = [];
  const rgb = (text) => { const parts = text.match(/#(..)(..)(..)/); return parts.slice(1).map((part) => parseInt(part, 16)); };
  const readPalette = () => {
    const style = getComputedStyle(document.documentElement), named = data.communities.length;
    palette = nodes.group.map((group) => rgb(style.getPropertyValue(group < named ? `--c${group}` : "--other").trim()));
    scene.ground = rgb(style.getPropertyValue("--ground").trim());
    scene.grey = rgb(style.getPropertyValue("--other").trim());
  };
  const faint = Math.max(70, Math.min(150, 9000 / Math.sqrt(pairs.length)));
  let near = new Set();
  const partnersOf = (node) => [...new Set(linesOf[node].filter((line) => passing.line[line]).map((line) => (flat[3 * line] === node ? flat[3 * line + 1] : flat[3 * line])))].filter((other) => other !== node);
  const colour = () => {
    near = new Set(chosen >= 0 ? [chosen, ...partnersOf(chosen)] : []);
    for (let node = 0; node < count; node += 1) {
      const [red, green, blue] = palette[node];
      const alpha = near.has(node) ? 255 : !passing.node[node] ? 22 : chosen >= 0 ? 60 : 255;
      scene.nodeInk.set([red, green, blue, alpha], 4 * node);
    }
    pairs.forEach(({ a, b, lines }, at) => {
      const [red, green, blue] = nodes.group[a] === nodes.group[b] ? palette[a] : scene.grey;
      const shown = passing.node[a] && passing.node[b] && lines.some((line) => passing.line[line]);
      scene.lineInk.set([red, green, blue, !shown ? 0 : chosen >= 0 ? 28 : faint], 4 * at);
    });
    renderer.recolour(scene);
  };

  // ---- the view
  const view = { k: 1, x: 0, y: 0, w: 1, h: 1, dpr: 1, grow: 1 };
  let whole = 1, moved = false, queued = 0;
  let renderer = null, canvas = null;
  // `?draw=canvas` or `?draw=webgl` behind the address of the page chooses, for whoever sees a driver draw wrongly.
  const asked = new URLSearchParams(location.search).get("draw");
  const start = (name) => {
    if (canvas) canvas.remove();
    canvas = make("canvas");
    canvas.setAttribute("aria-hidden", "true");
    const made = Renderers[name](canvas, asked === "webgl");
    if (!made) return start("plain");
    stage.insertBefore(canvas, overlay);
    stage.dataset.renderer = made.kind;
    renderer = made;
    renderer.load(scene);
    if (made.kind === "webgl") canvas.addEventListener("webglcontextlost", (event) => { event.preventDefault(); start("plain"); redraw(); });
  };
  const fit = (box = bounds) => {
    const pad = view.w < 600 ? 16 : 28;
    const scale = ([left, top, right, bottom]) => Math.min((view.w - 2 * pad) / (right - left + 1), (view.h - 2 * pad) / (bottom - top + 1), 24);
    whole = scale(bounds);
    view.k = scale(box);
    view.x = view.w / 2 - view.k * (box[0] + box[2]) / 2;
    view.y = view.h / 2 - view.k * (box[1] + box[3]) / 2;
    moved = box !== bounds;
  };
  const measure = () => {
    const box = stage.getBoundingClientRect(), before = [view.w, view.h];
    view.w = Math.max(box.width, 1); view.h = Math.max(box.height, 1); view.dpr = Math.min(devicePixelRatio || 1, 2);
    if (!moved) fit(before[0] === 1 && view.w < 600 ? boxOf(largestGroup()) : bounds); else { view.x += (view.w - before[0]) / 2; view.y += (view.h - before[1]) / 2; }
  };
  const redraw = () => { if (!queued) queued = requestAnimationFrame(paint); };
  const paint = () => {
    queued = 0;
    view.grow = Math.max(0.8, Math.min(Math.sqrt(view.k / whole), 4)) * Math.max(0.55, Math.min(view.w / 1100, 1));
    renderer.draw(scene, view);
    drawArrows();
    drawNames();
  };
  const glide = (k, x, y) => {
    moved = true;
    if (still.matches) { Object.assign(view, { k, x, y }); redraw(); return; }
    const from = { k: view.k, x: view.x, y: view.y }, begun = performance.now();
    const step = (now) => {
      const part = Math.min((now - begun) / 220, 1), eased = part * (2 - part);
      view.k = from.k + (k - from.k) * eased; view.x = from.x + (x - from.x) * eased; view.y = from.y + (y - from.y) * eased;
      paint();
      if (part < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };
  const zoom = (factor, x = view.w / 2, y = view.h / 2, smooth = false) => {
    const k = Math.max(whole * 0.5, Math.min(view.k * factor, whole * 40)), scale = k / view.k;
    const next = [k, x - (x - view.x) * scale, y - (y - view.y) * scale];
    if (smooth) glide(...next); else { [view.k, view.x, view.y] = next; moved = true; redraw(); }
  };
  // What the panel leaves free of the picture.
  const free = () => (panel.hidden ? view.w : Math.max(Math.min(view.w, panel.getBoundingClientRect().left - stage.getBoundingClientRect().left), view.w * 0.4));
  // A chosen node and its partners fill what is free.
  const frame = (node) => {
    const [left, top, right, bottom] = boxOf([node, ...partnersOf(node)]), wide = free(), pad = Math.min(90, wide / 5);
    const k = Math.max(whole, Math.min((wide - 2 * pad) / (right - left + 1), (view.h - 100) / (bottom - top + 1), whole * 5));
    glide(k, wide / 2 - k * (left + right) / 2, view.h / 2 - k * (top + bottom) / 2);
  };
  const show = (node) => {
    const k = Math.max(view.k, Math.min(whole * 2, 6));
    const x = scene.spots[2 * node] * view.k + view.x, y = scene.spots[2 * node + 1] * view.k + view.y;
    const wide = free();
    if (x > 60 && x < wide - 60 && y > 40 && y < view.h - 40) redraw();
    else glide(k, wide / 2 - scene.spots[2 * node] * k, view.h / 2 - scene.spots[2 * node + 1] * k);
  };

  // ---- names: largest first, none over another; more of them the closer one looks
  const centres = new Map();
  for (const node of data.order) { const group = nodes.group[node]; if (group < data.communities.length && nodes.label[node] === data.communities[group][0] && !centres.has(group)) centres.set(group, node); }
  const first = [...new Set([...centres.values(), ...[...nodes.size.keys()].sort((a, b) => nodes.size[b] - nodes.size[a] || a - b)])];
  const isCentre = new Set(centres.values());
  const pen = document.createElement("canvas").getContext("2d"), widths = new Map();
  const widthOf = (node) => {
    if (!widths.has(node)) { pen.font = `${isCentre.has(node) ? 700 : 400} 13px ${getComputedStyle(document.body).fontFamily}`; widths.set(node, pen.measureText(nodes.label[node]).width * 1.04 + 2); }
    return widths.get(node);
  };
  const drawNames = () => {
    const limit = Math.min(140, Math.max(6, Math.round(view.w * view.h / 16000 * Math.sqrt(view.k / whole))));
    const boxes = [], placed = [], parts = [];
    const around = [...near].sort((a, b) => nodes.size[b] - nodes.size[a] || a - b);
    const wanted = [...new Set([hover, cursor, chosen].filter((node) => node >= 0).concat(around, chosen >= 0 ? [] : first))];
    let tried = 0;
    for (const node of wanted) {
      if (placed.length >= limit || tried > 600) break;
      const must = node === hover || node === cursor || node === chosen;
      if (!passing.node[node] && !must && !near.has(node)) continue;
      const x = scene.spots[2 * node] * view.k + view.x, y = scene.spots[2 * node + 1] * view.k + view.y, r = scene.radii[node] * view.grow;
      if (x < 0 || y < 0 || x > view.w || y > view.h) continue;
      tried += 1;
      const wide = widthOf(node), high = 16;
      const places = [[x + r + 4, y - 8], [x - r - 4 - wide, y - 8], [x - wide / 2, y - r - 3 - high], [x - wide / 2, y + r + 3]];
      let place = places.find(([left, top]) => left >= 2 && top >= 2 && left + wide <= view.w - 2 && top + high <= view.h - 2
        && (left + wide < view.w - 150 || top > 50) // the buttons
        && !boxes.some(([l, t, w]) => left < l + w + 4 && l < left + wide + 4 && top < t + high + 2 && t < top + high + 2));
      if (!place && must && node === (hover >= 0 ? hover : cursor)) place = [Math.max(2, Math.min(places[0][0], view.w - wide - 2)), Math.max(2, Math.min(places[0][1], view.h - high - 2))];
      if (!place) continue;
      boxes.push([place[0], place[1], wide]);
      placed.push([node, place[0], place[1] + 13]);
    }
    for (const node of new Set([chosen, cursor])) {
      if (node < 0) continue;
      parts.push(draw("circle", { class: node === chosen ? "ring chosen" : "ring", cx: scene.spots[2 * node] * view.k + view.x, cy: scene.spots[2 * node + 1] * view.k + view.y, r: scene.radii[node] * view.grow * 1.1 + 4 }));
    }
    for (const [node, x, y] of placed) {
      const text = draw("text", { x: x.toFixed(1), y: y.toFixed(1), class: isCentre.has(node) ? "centre" : "name" });
      text.textContent = nodes.label[node];
      parts.push(text);
    }
    names.replaceChildren(...parts);
  };
  const drawArrows = () => {
    const parts = [];
    if (chosen >= 0) {
      const ways = new Map();
      for (const line of linesOf[chosen]) {
        if (!passing.line[line]) continue;
        const gives = flat[3 * line] === chosen, other = gives ? flat[3 * line + 1] : flat[3 * line];
        const way = ways.get(other) || [0, 0];
        way[gives ? 0 : 1] += 1;
        ways.set(other, way);
      }
      const spot = (node) => [scene.spots[2 * node] * view.k + view.x, scene.spots[2 * node + 1] * view.k + view.y, scene.radii[node] * view.grow * 1.1 + 2];
      const [cx, cy, cr] = spot(chosen);
      for (const [other, [given, received]] of [...ways].slice(0, 400)) {
        if (other === chosen) continue;
        const [ox, oy, or] = spot(other), length = Math.hypot(ox - cx, oy - cy) || 1, dx = (ox - cx) / length, dy = (oy - cy) / length;
        if (length < cr + or + 4) continue;
        // Both ways: two lanes side by side, each with its arrow.
        const lane = given && received ? 2.5 : 0;
        for (const [number, kind, sign] of [[given, "given", 1], [received, "received", -1]]) {
          if (!number) continue;
          const side = lane * sign, px = -dy * side, py = dx * side;
          const from = sign > 0 ? [cx + dx * cr + px, cy + dy * cr + py] : [ox - dx * or + px, oy - dy * or + py];
          const to = sign > 0 ? [ox - dx * or + px, oy - dy * or + py] : [cx + dx * cr + px, cy + dy * cr + py];
          const ux = dx * sign, uy = dy * sign;
          parts.push(draw("line", { class: kind, x1: from[0], y1: from[1], x2: to[0] - ux * 6, y2: to[1] - uy * 6 }));
          parts.push(draw("path", { class: kind, d: `M${to[0]} ${to[1]}L${to[0] - ux * 8 - uy * 4} ${to[1] - uy * 8 + ux * 4}L${to[0] - ux * 8 + uy * 4} ${to[1] - uy * 8 - ux * 4}z` }));
        }
      }
    }
    arrows.replaceChildren(...parts);
  };

  // ---- the facts of a node
  const tally = (node) => {
    const given = new Set(), received = new Set(), partners = new Map();
    for (const line of linesOf[node]) {
      if (!passing.line[line]) continue;
      const x = flat[3 * line + 2], gives = flat[3 * line] === node, other = gives ? flat[3 * line + 1] : flat[3 * line];
      (gives ? given : received).add(x);
      const way = partners.get(other) || [new Set(), new Set()];
      way[gives ? 0 : 1].add(x);
      partners.set(other, way);
    }
    const sum = (found) => [...found].reduce((total, x) => total + exchanges.count[x], 0);
    return { given, received, partners, gave: sum(given), got: sum(received), exchanged: sum(new Set([...given, ...received])), sum };
  };
  const words = (node) => {
    const facts = tally(node);
    return `${nodes.label[node]}: gave in ${facts.gave}, received in ${facts.got}, ${plural(facts.partners.size, "partner")}`;
  };
  const say = () => { const node = hover >= 0 ? hover : cursor >= 0 ? cursor : chosen; one("#said").textContent = node >= 0 ? words(node) : ""; };
  const list = (title, rows, left, unit) => {
    const heading = make("h3", title), found = make("ul");
    for (const row of rows) { const item = make("li"); item.append(...row); found.append(item); }
    if (left > 0) found.append(make("li", `and ${left.toLocaleString("en")} more ${unit}`, "muted"));
    details.append(heading, found);
  };
  const go = (node) => { const link = make("button", nodes.label[node]); link.type = "button"; link.addEventListener("click", () => open(node)); return link; };
  const command = (node) => `giftgraph show ${nodes.key[node]}${data.by === "person" ? "" : ` --by ${data.by}`}${data.period[0] ? ` --from ${data.period[0]}` : ""}${data.period[1] ? ` --to ${data.period[1]}` : ""}`;
  const fill = (node) => {
    const facts = tally(node), rows = make("dl");
    details.replaceChildren(make("h2", nodes.label[node]));
    const group = nodes.group[node], polity = data.folded ? "" : data.polities[nodes.polity[node]], pairsOf = [
      ["kind", data.kinds[nodes.kind[node]]], ["polity", polity && polity !== nodes.label[node] ? polity : ""], ["gave", plural(facts.gave, "exchange")],
      ["received", plural(facts.got, "exchange")], ["partners", String(facts.partners.size)],
      [data.measure || "measure", data.measure ? String(Number(nodes.size[node].toPrecision(3))) : ""],
      ["community", group < data.communities.length ? `around ${data.communities[group][0]}, ${data.communities[group][1]} members` : "a smaller one"],
    ];
    for (const [what, value] of pairsOf) if (value && !(data.folded && what === "community")) rows.append(make("dt", what), make("dd", value));
    details.append(rows);
    if (data.folded) list("Members with most exchanges", nodes.members[node].slice(0, 12).map((name) => [name]), nodes.members[node].length - 12, "members");
    else {
      const how = make("p", "Every gift with its sources: ");
      const [prefix, slug] = nodes.key[node].split(":");
      if (data.navigation && prefix !== "office") { const link = make("a", `the page of ${nodes.label[node]}`); link.href = `/party/${encodeURIComponent(prefix)}/${encodeURIComponent(slug)}`; how.append(link, ", or "); }
      how.append(make("code", command(node)));
      details.append(how);
    }
    const partners = [...facts.partners].sort((a, b) => b[1][0].size + b[1][1].size - a[1][0].size - a[1][1].size || a[0] - b[0]);
    list("Partners", partners.slice(0, 25).map(([other, [given, received]]) => [go(other), ` ${[given.size && `${facts.sum(given)} given`, received.size && `${facts.sum(received)} received`].filter(Boolean).join(", ")}`]), partners.length - 25, "partners");
    if (data.folded) return;
    const mine = [...new Set([...facts.given, ...facts.received])].sort((a, b) => (exchanges.from[b] ?? -9e9) - (exchanges.from[a] ?? -9e9) || a - b);
    list("Exchanges, newest first", mine.slice(0, 60).map((x) => {
      const row = [make("span", facts.given.has(x) ? "gave " : "received ", facts.given.has(x) ? "g" : "r"), exchanges.label[x]];
      return [...row, make("span", ` · ${exchanges.date[x] || "no date stated"} · ${exchanges.categories[x].map((kind) => data.categories[kind][1]).join(", ")} · ${plural(exchanges.sources[x], "source")}`, "muted")];
    }), mine.length - 60, "exchanges");
  };
  const choose = (node) => { chosen = node; cursor = node; colour(); say(); };
  const open = (node, from = stage) => {
    opener = from;
    choose(node);
    fill(node);
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
    if (!one("#graph").hidden) frame(node);
    redraw();
  };
  const close = () => {
    const back = !panel.hidden;
    panel.hidden = true;
    if (!back) { cursor = -1; }
    chosen = -1;
    colour(); say(); redraw();
    if (back && opener) opener.focus({ preventScroll: true });
    opener = null;
  };
  one("#close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  // ---- keyboard: arrows step through the neighbours of the chosen node, or through all nodes, the largest first
  stage.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      const base = chosen >= 0 ? partnersOf(chosen).sort((a, b) => angle(a) - angle(b)) : data.order.filter((node) => passing.node[node]);
      if (!base.length) return;
      const at = base.indexOf(cursor);
      cursor = at < 0 ? base[steps[event.key] > 0 ? 0 : base.length - 1] : base[(at + steps[event.key] + base.length) % base.length];
      say(); show(cursor); redraw();
    } else if ((event.key === "Enter" || event.key === " ") && cursor >= 0) { event.preventDefault(); open(cursor); }
    else if (event.key === "Home") { event.preventDefault(); cursor = data.order.find((node) => passing.node[node]) ?? -1; if (cursor >= 0) show(cursor); say(); redraw(); }
    else if (event.key === "+" || event.key === "=") zoom(1.4, undefined, undefined, true);
    else if (event.key === "-") zoom(1 / 1.4, undefined, undefined, true);
    else if (event.key === "0") { fit(); redraw(); }
  });
  const angle = (node) => Math.atan2(nodes.y[node] - nodes.y[chosen], nodes.x[node] - nodes.x[chosen]);

  // ---- mouse and touch
  const pick = (x, y) => {
    let best = -1, near = Infinity;
    for (let node = 0; node < count; node += 1) {
      if (!passing.node[node]) continue;
      const gap = Math.hypot(scene.spots[2 * node] * view.k + view.x - x, scene.spots[2 * node + 1] * view.k + view.y - y) - scene.radii[node] * view.grow;
      if (gap < near) { near = gap; best = node; }
    }
    return near < 8 ? best : -1;
  };
  const held = new Map();
  let travelled = 0;
  const at = (event) => { const box = stage.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  stage.addEventListener("pointerdown", (event) => { if (event.button) return; held.set(event.pointerId, at(event)); travelled = 0; stage.setPointerCapture(event.pointerId); stage.classList.add("held"); });
  stage.addEventListener("pointermove", (event) => {
    const [x, y] = at(event), before = held.get(event.pointerId);
    if (!before) { const found = pick(x, y); if (found !== hover) { hover = found; stage.classList.toggle("over", found >= 0); say(); redraw(); } return; }
    travelled += Math.abs(x - before[0]) + Math.abs(y - before[1]);
    if (held.size === 1) { view.x += x - before[0]; view.y += y - before[1]; }
    else {
      const other = [...held].find(([id]) => id !== event.pointerId)[1];
      const scale = Math.hypot(x - other[0], y - other[1]) / (Math.hypot(before[0] - other[0], before[1] - other[1]) || 1);
      zoom(scale, (x + other[0]) / 2, (y + other[1]) / 2);
    }
    held.set(event.pointerId, [x, y]);
    moved = true;
    redraw();
  });
  const release = (event) => {
    const mine = held.delete(event.pointerId);
    if (!held.size) stage.classList.remove("held");
    if (!mine || held.size || event.type !== "pointerup" || travelled > 6) return;
    const found = pick(...at(event));
    if (found >= 0) open(found); else { cursor = -1; close(); }
  };
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener("pointerleave", () => { if (hover >= 0 && !held.size) { hover = -1; say(); redraw(); } });
  // The page scrolls as ever until one has clicked into the picture.
  stage.addEventListener("wheel", (event) => { if (!event.ctrlKey && document.activeElement !== stage && document.activeElement !== panel) return; event.preventDefault(); zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), ...at(event)); }, { passive: false });
  one("#zoom-in").addEventListener("click", () => zoom(1.6, undefined, undefined, true));
  one("#zoom-out").addEventListener("click", () => zoom(1 / 1.6, undefined, undefined, true));
  one("#fit").addEventListener("click", () => { fit(); redraw(); });

  // ---- filters, the same for picture and table
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let folded = null;
  const value = (id) => { const field = one(id); return field ? field.value.trim() : ""; };
  const initial = [value("#from"), value("#to")];
  const filter = () => {
    const category = value("#category"), community = value("#community"), from = value("#from"), to = value("#to"), find = plain(value("#find"));
    const narrowed = from !== initial[0] || to !== initial[1], some = narrowed || category !== "";
    // A folded community is found by the name of any member.
    folded = folded || nodes.label.map((label, node) => plain(data.folded ? [label, ...nodes.members[node]].join("\n") : label));
    const keeps = exchanges.count.map((_n, x) => (!category || exchanges.categories[x].includes(Number(category)))
      && (!narrowed || (exchanges.to[x] !== null && (from === "" || exchanges.to[x] >= Number(from)) && (to === "" || exchanges.from[x] <= Number(to)))));
    const touched = new Uint8Array(count);
    for (let line = 0; line < lineCount; line += 1) {
      passing.line[line] = keeps[flat[3 * line + 2]] ? 1 : 0;
      if (passing.line[line]) touched[flat[3 * line]] = touched[flat[3 * line + 1]] = 1;
    }
    let kept = 0;
    for (let node = 0; node < count; node += 1) {
      passing.node[node] = (!some || touched[node]) && (community === "" || nodes.group[node] === Number(community)) && (!find || folded[node].includes(find)) ? 1 : 0;
      kept += passing.node[node];
    }
    const unit = data.folded ? "communities" : "parties", lasting = new Set();
    for (let line = 0; line < lineCount; line += 1) if (passing.line[line] && (passing.node[flat[3 * line]] || passing.node[flat[3 * line + 1]])) lasting.add(flat[3 * line + 2]);
    one("#shown").textContent = kept === count && !some ? "" : `${kept.toLocaleString("en")} of ${count.toLocaleString("en")} ${unit} shown, with ${plural([...lasting].reduce((sum, x) => sum + exchanges.count[x], 0), "exchange")}` + (kept ? "" : ": widen the filter");
    one("#names").replaceChildren(...(find ? data.order.filter((node) => folded[node].includes(find)).slice(0, 20).map((node) => { const option = make("option"); option.value = nodes.label[node]; return option; }) : []));
    for (const button of all("button.community")) button.setAttribute("aria-pressed", String(button.dataset.community === community));
    if (cursor >= 0 && !passing.node[cursor]) cursor = -1;
    colour(); table.fill(some); say(); redraw();
  };
  const bar = one("#bar");
  bar.addEventListener("input", filter);
  bar.addEventListener("submit", (event) => event.preventDefault());
  one("#find").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !value("#find")) return;
    event.preventDefault();
    const exact = data.order.find((node) => folded[node] === plain(value("#find")));
    const found = exact ?? data.order.find((node) => passing.node[node]);
    if (found !== undefined) open(found, one("#find"));
  });
  for (const button of all("button.community")) button.addEventListener("click", () => { const select = one("#community"); select.value = select.value === button.dataset.community ? "" : button.dataset.community; filter(); });

  // ---- the table, and saving
  const table = Tables({ data, nodes, passing, tally, open, plain, make });
  const turn = (asTable) => {
    document.documentElement.classList.toggle("tabled", asTable);
    one("#graph").hidden = asTable;
    one("#as-graph").setAttribute("aria-pressed", String(!asTable));
    one("#as-table").setAttribute("aria-pressed", String(asTable));
    if (!asTable) { measure(); redraw(); }
  };
  one("#as-graph").addEventListener("click", () => turn(false));
  one("#as-table").addEventListener("click", () => turn(true));
  Saving({ data, nodes, scene, view, pairs, overlays: [arrows, names], rows: table.rows, draw });

  // ---- begin
  readPalette();
  start(asked === "canvas" ? "plain" : "webgl");
  colour();
  measure();
  paint();
  // The frame after the first one begins when the first is on the screen.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("giftgraph-drawn")));
  new ResizeObserver(() => { if (one("#graph").hidden) return; measure(); redraw(); }).observe(stage);
  dark.addEventListener("change", () => { readPalette(); colour(); redraw(); });
})();
