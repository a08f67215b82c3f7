// Saving what is seen: the picture as SVG and PNG with its title and dataset version, the rows that are shown as CSV.
const Saving = ({ data, nodes, scene, view, pairs, overlays, rows, draw }) => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const title = document.title.replace(/ – giftgraph$/, "").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  const save = (blob, suffix) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${title}.${suffix}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const heading = () => [one("h1").textContent, `${one(".summary").textContent} · dataset ${data.version}`];
  const asDrawing = () => {
    const root = draw("svg", { width: view.w, height: view.h + 56, viewBox: `0 -56 ${view.w} ${view.h + 56}`, "font-family": getComputedStyle(document.body).fontFamily });
    const ground = `rgb(${scene.ground.join(",")})`, ink = getComputedStyle(document.body).color, style = (element) => getComputedStyle(element);
    root.append(draw("rect", { x: 0, y: -56, width: view.w, height: view.h + 56, fill: ground }));
    const inside = draw("svg", { x: 0, y: 0, width: view.w, height: view.h, overflow: "hidden" });
    pairs.forEach((_pair, pair) => {
      if (!scene.lineInk[4 * pair + 3]) return;
      const [x1, y1, x2, y2] = scene.ends.subarray(4 * pair, 4 * pair + 4);
      inside.append(draw("path", { d: `M${(x1 * view.k + view.x).toFixed(1)} ${(y1 * view.k + view.y).toFixed(1)}L${(x2 * view.k + view.x).toFixed(1)} ${(y2 * view.k + view.y).toFixed(1)}`, stroke: Renderers.css(scene.lineInk, 4 * pair), "stroke-width": scene.widths[pair].toFixed(1) }));
    });
    for (let node = 0; node < nodes.key.length; node += 1) {
      const x = scene.spots[2 * node] * view.k + view.x, y = scene.spots[2 * node + 1] * view.k + view.y, r = scene.radii[node] * view.grow;
      const corners = Renderers.outline(scene.shapes[node], x, y, r), look = { fill: Renderers.css(scene.nodeInk, 4 * node), stroke: ground, "stroke-width": Math.min(1.2, r * 0.3).toFixed(1) };
      const mark = corners ? draw("polygon", { points: corners.map((corner) => corner.map((part) => part.toFixed(1)).join(",")).join(" "), ...look }) : draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...look });
      const name = draw("title", {});
      name.textContent = nodes.label[node];
      mark.append(name);
      inside.append(mark);
    }
    for (const part of [...overlays.flatMap((part) => [...part.children])]) {
      const copy = part.cloneNode(true), look = style(part);
      for (const name of ["fill", "stroke", "stroke-width", "font-size", "font-weight", "paint-order", "stroke-linejoin"]) copy.setAttribute(name, look.getPropertyValue(name));
      inside.append(copy);
    }
    root.append(inside);
    heading().forEach((sentence, line) => { const text = draw("text", { x: 12, y: line ? -10 : -30, fill: ink, "font-size": line ? 12 : 20, "font-weight": line ? 400 : 700 }); text.textContent = sentence; root.append(text); });
    return root;
  };
  const svgBlob = () => new Blob([new XMLSerializer().serializeToString(asDrawing())], { type: "image/svg+xml" });
  one("#save-svg").addEventListener("click", () => save(svgBlob(), "svg"));
  one("#save-png").addEventListener("click", async () => {
    const image = new Image(), address = URL.createObjectURL(svgBlob());
    image.src = address;
    await image.decode();
    const sheet = document.createElement("canvas");
    sheet.width = image.naturalWidth * 2;
    sheet.height = image.naturalHeight * 2;
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    URL.revokeObjectURL(address);
    sheet.toBlob((blob) => save(blob, "png"));
  });
  // A cell that begins like a formula is kept from being one in a spreadsheet.
  const cell = (text) => `"${(/^[=+\-@\t]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
  one("#save-csv").addEventListener("click", () => {
    const lines = [["key", ...all("#table th").map((head) => head.textContent)], ...rows().filter((row) => !row.element.hidden).map((row) => [nodes.key[row.node], ...[...row.element.children].map((part) => part.textContent)])];
    save(new Blob(["\ufeff" + lines.map((cells) => cells.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }), "csv");
  });
};
