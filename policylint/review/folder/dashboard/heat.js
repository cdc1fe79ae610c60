// The heat map of the dashboard: a canvas of the frame's size, on which the rows and columns in view are drawn.
"use strict";

/* data: see `data_of` in model.py. letter(row, column): the letter of a status. shown(): the rows to draw, in order.
   sortBy(column): asks for the rows in the order of their status. */
function heatMap({ data, letter, shown, sortBy }) {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const first = (selector) => document.querySelector(selector);
  const frame = first(".map"), space = first(".space"), canvas = first(".view canvas"), labels = first(".names");
  const detail = first(".detail");
  const pen = canvas.getContext("2d", { alpha: false });
  const setting = (name) => first(`[data-view=${name}]`).value;
  let columns = [], groups = [], colour = {}, signs = {}, size = {}, cursor = null, drawn = false, atTop = false;

  function arrange() {
    const place = Number(setting("group"));
    columns = data.columns.map((_, at) => at).sort((a, b) => data.columns[a][place] - data.columns[b][place] || a - b);
    groups = [];
    columns.forEach((column, at) => {
      const group = data.columns[column][place];
      if (groups.at(-1)?.group === group) groups.at(-1).end = at + 1;
      else groups.push({ group, start: at, end: at + 1, label: (place === 1 ? data.packs : data.topics)[group] });
    });
  }

  function measure() {
    const large = setting("size") === "large";
    const width = frame.clientWidth, height = frame.clientHeight;
    const side = large ? Math.round(Math.min(240, width * .36)) : 12; // small rows have no room for names
    const fit = Math.floor((width - side) / columns.length);
    const rowHeight = large ? 24 : 4, columnWidth = Math.max(large ? 16 : 4, fit);
    size = { large, width, height, side, top: large ? 104 : 24, rowHeight, columnWidth };
    space.style.width = `${side + columnWidth * columns.length}px`;
    lengthen();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    labels.style.width = `${side}px`;
    labels.style.height = `${height}px`;
    paint(ratio);
  }

  function lengthen() {
    space.style.height = `${size.top + size.rowHeight * shown().length}px`;
  }

  function paint(ratio) {
    const style = getComputedStyle(root);
    for (const name of ["sheet", "ink", "soft", "line", "accent", "chosen", "met", "partial", "weak", "missing", "conflict", "na", "over"]) {
      colour[name] = style.getPropertyValue(`--${name}`).trim();
    }
    colour.sans = style.getPropertyValue("--sans");
    signs = Object.fromEntries(Object.keys(data.letters).map((key) => [key, sign(key, size.columnWidth, size.rowHeight, ratio)]));
    const legend = first(".signs");
    legend.replaceChildren(...Object.entries(data.letters).map(([key, label]) => {
      const item = document.createElement("li");
      item.append(sign(key, 16, 24, ratio), label);
      return item;
    }));
  }

  // A cell of one status: shape and colour. Small cells have room for the colour only.
  function sign(key, width, height, ratio) {
    const made = document.createElement("canvas");
    made.width = Math.max(1, Math.round(width * ratio));
    made.height = Math.max(1, Math.round(height * ratio));
    made.style.width = `${width}px`;
    made.style.height = `${height}px`;
    made.setAttribute("aria-hidden", "true");
    const draw = made.getContext("2d");
    draw.scale(made.width / width, made.height / height);
    const gap = height > 8 ? 1 : 0, x = gap, y = gap, w = width - 2 * gap, h = height - 2 * gap;
    const fill = (name, ...box) => { draw.fillStyle = colour[name]; draw.fillRect(...box); };
    if (height <= 8) {
      const name = { m: "met", p: "partial", w: "weak", c: "conflict" }[key];
      if (name) fill(name, 0, 0, width, height);
      if (key === "x") { draw.globalAlpha = .25; fill("missing", 0, 0, width, height); }
      return made;
    }
    if (key === "m") fill("met", x, y, w, h);
    if (key === "p") { fill("partial", x, y + h / 2, w, h / 2); stroke("partial"); }
    if (key === "w") { stroke("weak"); fill("weak", x + w / 2 - 3, y + h / 2 - 3, 6, 6); }
    if (key === "x") stroke("missing");
    if (key === "n") fill("na", x + w / 4, y + h / 2 - 1, w / 2, 1.5);
    if (key === "c") { fill("conflict", x, y, w, h); cross(); }
    function stroke(name) { draw.strokeStyle = colour[name]; draw.strokeRect(x + .5, y + .5, w - 1, h - 1); }
    function cross() {
      const r = Math.min(w, h) / 2 - 3, cx = x + w / 2, cy = y + h / 2;
      draw.strokeStyle = colour.over;
      draw.lineWidth = 2;
      draw.beginPath();
      draw.moveTo(cx - r, cy - r); draw.lineTo(cx + r, cy + r);
      draw.moveTo(cx + r, cy - r); draw.lineTo(cx - r, cy + r);
      draw.stroke();
    }
    return made;
  }

  function show() {
    drawn = false;
    if (atTop && frame.scrollTop) frame.scrollTop = 0;
    atTop = false;
    const { width, height, side, top, rowHeight, columnWidth, large } = size;
    const ratio = canvas.width / Math.max(1, width);
    const left = frame.scrollLeft, above = frame.scrollTop;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colour.sheet;
    pen.fillRect(0, 0, width, height);
    const from = Math.max(0, Math.floor(above / rowHeight)), to = Math.min(shown().length, Math.ceil((above + height - top) / rowHeight));
    const begin = Math.max(0, Math.floor(left / columnWidth)), end = Math.min(columns.length, Math.ceil((left + width - side) / columnWidth));
    const x = (at) => side + at * columnWidth - left, y = (at) => top + at * rowHeight - above;
    pen.save();
    pen.beginPath();
    pen.rect(side, top, width - side, height - top);
    pen.clip();
    for (let at = from; at < to; at += 1) {
      const row = shown()[at];
      for (let column = begin; column < end; column += 1) {
        const made = signs[letter(row, columns[column])];
        if (made) pen.drawImage(made, x(column), y(at), columnWidth, rowHeight);
      }
      if (!row.statuses && large) {
        pen.fillStyle = colour.soft;
        pen.font = `12px ${colour.sans}`;
        pen.textBaseline = "middle";
        pen.fillText("not judged", side + 6, y(at) + rowHeight / 2);
      }
    }
    const chosen = cursor && shown().indexOf(cursor.row);
    if (cursor && chosen >= 0) {
      pen.strokeStyle = colour.accent;
      pen.lineWidth = large ? 3 : 2;
      pen.strokeRect(x(cursor.column) - 1, y(chosen) - 1, columnWidth + 2, rowHeight + 2);
    }
    pen.restore();
    head(x, begin, end);
    name(from, to, y);
  }

  // The columns' groups and, where there is room, their requirements, slanting up.
  function head(x, begin, end) {
    const { width, side, top, columnWidth, large } = size;
    pen.save();
    pen.beginPath();
    pen.rect(side, 0, width - side, size.height);
    pen.clip();
    pen.font = `600 12px ${colour.sans}`;
    pen.textBaseline = "middle";
    for (const group of groups) {
      const start = Math.max(side, x(group.start)), stop = x(group.end);
      if (stop < side || start > width) continue;
      pen.fillStyle = colour.soft;
      pen.save();
      pen.beginPath();
      pen.rect(start, 0, stop - start - 6, 22);
      pen.clip();
      pen.fillText(group.label, start + 3, 12);
      pen.restore();
      pen.fillStyle = colour.line;
      if (group.start) pen.fillRect(x(group.start), 0, 1, size.height);
    }
    if (large) {
      pen.font = `11px ${colour.sans}`;
      for (let column = begin; column < end; column += 1) {
        pen.save();
        pen.translate(x(column) + columnWidth / 2, top - 4);
        pen.rotate(-Math.PI / 2);
        pen.fillStyle = cursor?.column === column ? colour.accent : colour.ink;
        pen.fillText(data.columns[columns[column]][0], 0, 0, 74);
        pen.restore();
      }
    }
    pen.restore();
    pen.fillStyle = colour.line;
    pen.fillRect(0, top - 1, width, 1);
    pen.fillRect(side - 1, 0, 1, size.height);
  }

  function name(from, to, y) {
    if (!size.large) { labels.replaceChildren(); return; }
    const { top, height } = size;
    const used = [];
    for (let at = from; at < to; at += 1) {
      if (y(at) < top - 4 || y(at) > height - 8) continue;
      const link = labels.children[used.length] ?? labels.appendChild(document.createElement("a"));
      used.push(link);
      if (link.textContent !== shown()[at].agency) link.textContent = shown()[at].agency;
      link.href = shown()[at].page;
      link.tabIndex = -1; // the table below has them for the keyboard
      link.style.top = `${y(at) + 1}px`;
    }
    while (labels.children.length > used.length) labels.lastChild.remove();
  }

  function soon(fromTop = false) {
    atTop ||= fromTop;
    if (drawn) return;
    drawn = true;
    requestAnimationFrame(show);
  }

  function choose(at, column) {
    const row = shown()[Math.max(0, Math.min(shown().length - 1, at))];
    if (!row) return;
    cursor = { row, column: Math.max(0, Math.min(columns.length - 1, column)) };
    reach(shown().indexOf(row), cursor.column);
    tell();
    soon();
  }

  function reach(at, column) {
    const { side, top, width, height, rowHeight, columnWidth } = size;
    const x = column * columnWidth, y = at * rowHeight;
    if (x < frame.scrollLeft) frame.scrollLeft = x;
    if (x + columnWidth > frame.scrollLeft + width - side) frame.scrollLeft = x + columnWidth - width + side;
    if (y < frame.scrollTop) frame.scrollTop = y;
    if (y + rowHeight > frame.scrollTop + height - top) frame.scrollTop = y + rowHeight - height + top;
  }

  function anchor() {
    const [id] = data.columns[columns[cursor.column]];
    return `${cursor.row.page}#${id.replace(/[^A-Za-z0-9._-]+/g, "-")}`;
  }

  function tell() {
    const { row } = cursor;
    const [id, pack, topic, force, text, citation] = data.columns[columns[cursor.column]];
    const status = data.letters[letter(row, columns[cursor.column])] ?? (row.statuses ? "not asked" : "not judged");
    const line = (...parts) => { const p = document.createElement("p"); p.append(...parts); return p; };
    const strong = (words) => Object.assign(document.createElement("strong"), { textContent: words });
    const link = (words, href) => Object.assign(document.createElement("a"), { textContent: words, href });
    const needed = row.lacking.includes(id) ? ", missing to pass" : "";
    detail.replaceChildren(
      line(strong(row.agency), ` (${data.results[row.result]}): `, strong(`${id} ${status}`), needed),
      line(text, ` ${citation} (${force}; ${data.topics[topic]}; ${data.packs[pack]})`),
      line(link("Open the report there", anchor()), " · ", link("Letter", row.page.replace(/^agencies\/(.*)\.html$/, "letters/$1.docx"))),
    );
  }

  const KEYS = {
    ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
    PageDown: [20, 0], PageUp: [-20, 0], Home: [0, -1e6], End: [0, 1e6],
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && cursor) location.href = anchor();
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const at = cursor ? shown().indexOf(cursor.row) : -1;
    if (at < 0) choose(0, 0);
    else choose(at + step[0], cursor.column + step[1]);
  });
  canvas.addEventListener("click", (event) => {
    const { side, top, rowHeight, columnWidth } = size;
    const x = event.offsetX, y = event.offsetY;
    if (y < top) {
      const over = columns[Math.floor((x - side + frame.scrollLeft) / columnWidth)];
      if (x >= side && over !== undefined) sortBy(over);
      return;
    }
    const column = x < side ? cursor?.column ?? 0 : Math.floor((x - side + frame.scrollLeft) / columnWidth);
    const at = Math.floor((y - top + frame.scrollTop) / rowHeight);
    if (column < columns.length && at < shown().length) choose(at, column);
  });
  canvas.addEventListener("mousemove", (event) => {
    const { side, top, rowHeight, columnWidth } = size;
    const column = columns[Math.floor((event.offsetX - side + frame.scrollLeft) / columnWidth)];
    const row = shown()[Math.floor((event.offsetY - top + frame.scrollTop) / rowHeight)];
    const over = event.offsetX >= side && event.offsetY >= top && row && column !== undefined;
    canvas.title = over ? `${row.agency}: ${data.columns[column][0]} ${data.letters[letter(row, column)] ?? "not asked"}` : "";
  });
  frame.addEventListener("scroll", () => soon(), { passive: true });
  for (const select of all("[data-view]")) select.addEventListener("change", () => { cursor = null; arrange(); measure(); soon(); });
  new ResizeObserver(() => { measure(); show(); }).observe(frame);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { measure(); soon(); });
  if (window.innerWidth < 700) first("[data-view=size]").value = "large";
  arrange();
  return {
    changed() { if (size.width) { lengthen(); soon(true); } },
    repaint() { measure(); soon(); },
  };
}
