"use strict";
// Two ways to draw one scene: WebGL where the browser has it, else a plain canvas. A scene holds columns; a view is {k, x, y, w, h, dpr, grow}.
const Renderers = (() => {
  const VERTEX = { line: `#version 300 es
in vec2 corner; in vec4 ends; in float width; in vec4 colour; uniform vec2 size; uniform vec3 view; out vec4 ink; out float side; out float reach;
void main() {
  vec2 p = ends.xy * view.x + view.yz, q = ends.zw * view.x + view.yz, d = q - p;
  vec2 n = vec2(-d.y, d.x) / max(length(d), 1e-4);
  reach = width * .5; side = corner.y * (reach + 1.); ink = colour;
  vec2 s = (mix(p, q, corner.x) + n * side) / size * 2. - 1.;
  gl_Position = vec4(s.x, -s.y, 0., 1.);
}`, node: `#version 300 es
in vec2 corner; in vec2 spot; in float radius; in vec4 colour; in float shape; uniform vec2 size; uniform vec3 view; uniform float grow;
out vec4 ink; out vec2 at; out float r; out float kind;
void main() {
  r = radius * grow; at = corner * (r * 1.2 + 1.5); ink = colour; kind = shape;
  vec2 s = (spot * view.x + view.yz + at) / size * 2. - 1.;
  gl_Position = vec4(s.x, -s.y, 0., 1.);
}` };
  const FRAGMENT = { line: `#version 300 es
precision mediump float; in vec4 ink; in float side; in float reach; uniform float dpr; out vec4 result;
void main() { float a = ink.a * clamp((reach - abs(side)) * dpr + .5, 0., 1.); result = vec4(ink.rgb * a, a); }`, node: `#version 300 es
precision mediump float; in vec4 ink; in vec2 at; in float r; in float kind; uniform float dpr; uniform vec3 ground; out vec4 result;
void main() {
  vec2 p = abs(at);
  float d = kind < .5 ? length(at) - r : kind < 1.5 ? max(p.x * .866 + p.y * .5, p.y) - r * .9 : kind < 2.5 ? (p.x + p.y - r * 1.2) * .707 : max(p.x, p.y) - r * .86;
  float a = ink.a * clamp(.5 - d * dpr, 0., 1.);
  float inner = clamp(.5 - (d + min(1.2, r * .3)) * dpr, 0., 1.);
  result = vec4(mix(ground, ink.rgb, inner) * a, a);
}` };

  // A WebGL that is itself drawn by the processor is slower than the plain canvas: then there is none, unless it is asked for.
  const webgl = (canvas, always) => {
    const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, premultipliedAlpha: true, failIfMajorPerformanceCaveat: !always });
    if (!gl) return null;
    const driver = gl.getExtension("WEBGL_debug_renderer_info");
    if (!always && driver && /swiftshader|llvmpipe|softpipe|basic render/i.test(gl.getParameter(driver.UNMASKED_RENDERER_WEBGL))) return null;
    const compile = (kind, text) => { const shader = gl.createShader(kind); gl.shaderSource(shader, text); gl.compileShader(shader); return shader; };
    const program = (name) => {
      const made = gl.createProgram();
      gl.attachShader(made, compile(gl.VERTEX_SHADER, VERTEX[name]));
      gl.attachShader(made, compile(gl.FRAGMENT_SHADER, FRAGMENT[name]));
      gl.linkProgram(made);
      return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
    };
    const programs = { line: program("line"), node: program("node") };
    if (!programs.line || !programs.node) return null;
    const buffer = (target, data, use) => { const made = gl.createBuffer(); gl.bindBuffer(target, made); gl.bufferData(target, data, use); return made; };
    const corners = { line: [0, -1, 1, -1, 0, 1, 1, 1], node: [-1, -1, 1, -1, -1, 1, 1, 1] };
    const parts = {};
    const make = (name, columns) => {
      const layout = gl.createVertexArray(), buffers = {};
      gl.bindVertexArray(layout);
      const put = (attribute, data, size, kind, normal, divisor) => {
        const place = gl.getAttribLocation(programs[name], attribute);
        buffers[attribute] = buffer(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
        gl.enableVertexAttribArray(place);
        gl.vertexAttribPointer(place, size, kind, normal, 0, 0);
        gl.vertexAttribDivisor(place, divisor);
      };
      put("corner", new Float32Array(corners[name]), 2, gl.FLOAT, false, 0);
      for (const [attribute, data, size] of columns) put(attribute, data, size, data instanceof Uint8Array ? gl.UNSIGNED_BYTE : gl.FLOAT, data instanceof Uint8Array, 1);
      parts[name] = { layout, buffers };
    };
    return {
      kind: "webgl",
      load(scene) {
        make("line", [["ends", scene.ends, 4], ["width", scene.widths, 1], ["colour", scene.lineInk, 4]]);
        make("node", [["spot", scene.spots, 2], ["radius", scene.radii, 1], ["colour", scene.nodeInk, 4], ["shape", scene.shapes, 1]]);
      },
      recolour(scene) {
        for (const [name, data] of [["line", scene.lineInk], ["node", scene.nodeInk]]) {
          gl.bindBuffer(gl.ARRAY_BUFFER, parts[name].buffers.colour);
          gl.bufferSubData(gl.ARRAY_BUFFER, 0, data);
        }
      },
      draw(scene, view) {
        const width = Math.round(view.w * view.dpr), height = Math.round(view.h * view.dpr);
        if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
        gl.viewport(0, 0, width, height);
        gl.clearColor(0, 0, 0, 0);
        gl.clear(gl.COLOR_BUFFER_BIT);
        gl.enable(gl.BLEND);
        gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
        for (const [name, count] of [["line", scene.widths.length], ["node", scene.radii.length]]) {
          const used = programs[name], uniform = (word) => gl.getUniformLocation(used, word);
          gl.useProgram(used);
          gl.uniform2f(uniform("size"), view.w, view.h);
          gl.uniform3f(uniform("view"), view.k, view.x, view.y);
          gl.uniform1f(uniform("dpr"), view.dpr);
          if (name === "node") { gl.uniform1f(uniform("grow"), view.grow); gl.uniform3f(uniform("ground"), ...scene.ground.map((part) => part / 255)); }
          gl.bindVertexArray(parts[name].layout);
          gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
        }
      },
    };
  };

  // The outline of a kind, as in the other pictures: person circle, organization hexagon, polity diamond, office square.
  const outline = (shape, x, y, r) => {
    if (shape === 1) return [[-r, 0], [-r / 2, -r * .9], [r / 2, -r * .9], [r, 0], [r / 2, r * .9], [-r / 2, r * .9]].map(([a, b]) => [x + a, y + b]);
    if (shape === 2) return [[0, -r * 1.2], [r * 1.2, 0], [0, r * 1.2], [-r * 1.2, 0]].map(([a, b]) => [x + a, y + b]);
    if (shape === 3) return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => [x + a * r * .86, y + b * r * .86]);
    return null;
  };
  const css = (ink, at) => `rgba(${ink[at]},${ink[at + 1]},${ink[at + 2]},${(ink[at + 3] / 255).toFixed(3)})`;

  // Lines of one colour and width are one path: thousands of strokes cost more than one long one.
  const paint = (context, scene, view) => {
    const batches = new Map();
    for (let line = 0; line < scene.widths.length; line += 1) {
      if (!scene.lineInk[4 * line + 3]) continue;
      const x1 = scene.ends[4 * line] * view.k + view.x, y1 = scene.ends[4 * line + 1] * view.k + view.y;
      const x2 = scene.ends[4 * line + 2] * view.k + view.x, y2 = scene.ends[4 * line + 3] * view.k + view.y;
      if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > view.w || Math.max(y1, y2) < 0 || Math.min(y1, y2) > view.h) continue;
      const key = `${css(scene.lineInk, 4 * line)}|${(Math.round(scene.widths[line] * 2) / 2).toFixed(1)}`;
      let path = batches.get(key);
      if (!path) batches.set(key, path = new Path2D());
      path.moveTo(x1, y1);
      path.lineTo(x2, y2);
    }
    for (const [key, path] of batches) {
      const [colour, width] = key.split("|");
      context.strokeStyle = colour;
      context.lineWidth = Number(width);
      context.stroke(path);
    }
    context.strokeStyle = `rgb(${scene.ground.join(",")})`;
    for (let node = 0; node < scene.radii.length; node += 1) {
      const x = scene.spots[2 * node] * view.k + view.x, y = scene.spots[2 * node + 1] * view.k + view.y, r = scene.radii[node] * view.grow;
      if (x < -r || y < -r || x > view.w + r || y > view.h + r) continue;
      const corners = outline(scene.shapes[node], x, y, r);
      context.beginPath();
      if (corners) { corners.forEach(([a, b], at) => (at ? context.lineTo(a, b) : context.moveTo(a, b))); context.closePath(); }
      else context.arc(x, y, r, 0, 2 * Math.PI);
      context.fillStyle = css(scene.nodeInk, 4 * node);
      context.fill();
      if (scene.nodeInk[4 * node + 3] > 128) { context.lineWidth = Math.min(1.2, r * .3); context.stroke(); }
    }
  };

  const plain = (canvas) => {
    const context = canvas.getContext("2d");
    return {
      kind: "canvas",
      load() {}, recolour() {},
      draw(scene, view) {
        const width = Math.round(view.w * view.dpr), height = Math.round(view.h * view.dpr);
        if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
        context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
        context.clearRect(0, 0, view.w, view.h);
        paint(context, scene, view);
      },
    };
  };
  return { webgl, plain, paint, outline, css };
})();
