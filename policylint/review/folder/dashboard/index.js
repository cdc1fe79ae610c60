// What the dashboard adds to a plain document: filters, order, and the heat map, drawn on a canvas of the frame's size
// whatever the number of agencies. It reads the page and nothing else.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const first = (selector, within = document) => within.querySelector(selector);
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = first(".filters");
  const field = (name) => first(`[data-filter=${name}]`, form);
  const body = first("#agencies tbody");
  const heat = first(".heat");
  const FEW_ROWS = 25, FEW_ASKED = 15;

  const rows = all("tr", body).map((element, at) => {
    const [result, coverage, statuses, family, lacking] = data.rows[at];
    const text = (cell) => element.cells[cell].textContent;
    const name = first("a", element);
    return {
      element, at, result, coverage, statuses, family, lacking,
      agency: name.textContent, page: name.getAttribute("href"), state: text(1), kind: text(2), submitted: text(3),
      words: `${name.textContent} ${text(1)} ${text(2)}`.toLowerCase(),
      conflicts: statuses.split("c").length - 1,
    };
  });
  const names = new Intl.Collator("en", { numeric: true });
  const NOT_ASKED = ".";
  const letter = (row, column) => row.statuses[column] ?? NOT_ASKED;
  let shown = rows, limit = FEW_ROWS, allAsked = false;

  root.classList.add("js");
  for (const hidden of all(".tools, .filters, .heat")) hidden.hidden = false;

  // -- filters ------------------------------------------------------------------------------------------------------

  function choices(name, values) {
    for (const [value, label] of values) field(name).append(new Option(label, value));
  }

  function grouped(name, groups, place) {
    groups.forEach((label, at) => {
      const group = document.createElement("optgroup");
      group.label = label;
      data.columns.forEach((column, number) => { if (column[place] === at) group.append(new Option(column[0], number)); });
      field(name).append(group);
    });
  }

  const different = (key) => [...new Set(rows.map((row) => row[key]).filter(Boolean))].sort(names.compare).map((value) => [value, value]);
  choices("state", different("state"));
  choices("kind", different("kind"));
  choices("result", data.results.map((label, at) => [at, label]).filter(([at]) => rows.some((row) => row.result === at)));
  choices("family", data.families.map((label, at) => [at, label]));
  choices("status", Object.entries(data.letters));
  grouped("requirement", data.packs, 1);

  const GAPS = "xcwp";
  const ORDERS = {
    agency: (a, b) => a.at - b.at,
    best: (a, b) => b.coverage - a.coverage,
    worst: (a, b) => (a.coverage < 0) - (b.coverage < 0) || a.coverage - b.coverage,
    conflicts: (a, b) => b.conflicts - a.conflicts,
    lacking: (a, b) => (a.coverage < 0) - (b.coverage < 0) || a.lacking.length - b.lacking.length,
    submitted: (a, b) => (a.submitted < b.submitted) - (a.submitted > b.submitted),
  };

  function order() {
    const { value } = field("order");
    const column = field("requirement").value;
    const rank = "cxpwmn.";
    if (value !== "status") return ORDERS[value];
    return column === "" ? ORDERS.agency : (a, b) => rank.indexOf(letter(a, column)) - rank.indexOf(letter(b, column));
  }

  function fits(row, want) {
    return (!want.state || row.state === want.state)
      && (!want.kind || row.kind === want.kind)
      && (want.result === "" || row.result === Number(want.result))
      && (want.family === "" || row.family === Number(want.family))
      && (want.requirement === "" || want.status === ""
        || (want.status === "gap" ? GAPS : want.status).includes(letter(row, want.requirement)))
      && want.text.every((word) => row.words.includes(word));
  }

  function filter() {
    const want = Object.fromEntries(all("[data-filter]", form).map((each) => [each.dataset.filter, each.value]));
    want.text = want.text.toLowerCase().split(/\s+/).filter(Boolean);
    const by = order();
    shown = rows.filter((row) => fits(row, want)).sort((a, b) => by(a, b) || a.at - b.at);
    const some = shown.length < rows.length;
    first("[role=status]", form).textContent = `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} agencies`;
    first(".clear", form).hidden = !some;
    first("#agencies .none").hidden = shown.length > 0;
    list();
    if (map) map.changed();
    later(count);
  }

  let waiting = 0;
  function later(work) { // after the page has shown what was asked for
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => setTimeout(work));
  }

  function list() {
    const some = shown.slice(0, limit);
    body.replaceChildren(...some.map((row) => row.element));
    const more = first(".more-rows");
    more.hidden = some.length === shown.length;
    more.textContent = `Show all ${shown.length.toLocaleString("en")}`;
  }

  // -- figures about those shown ------------------------------------------------------------------------------------

  const STATUSES = ["c", "x", "w", "p", "m"];
  const asked = all(".asked tbody tr").map((element) => ({ element, column: Number(element.dataset.c), rects: all("rect", element), bar: first(".bar", element), count: first(".count", element) }));
  const spread = all(".spread tbody tr").map((element) => ({ element, tenth: Number(element.dataset.b), rects: all("rect", element), bar: first(".bar", element), count: first(".count", element) }));

  function draw(line, counts, whole) {
    let done = 0;
    line.rects.forEach((rect, at) => {
      rect.setAttribute("x", `${100 * done / (whole || 1)}%`);
      rect.setAttribute("width", `${100 * counts[at] / (whole || 1)}%`);
      done += counts[at];
    });
  }

  function count() {
    for (const line of asked) {
      const counts = STATUSES.map(() => 0);
      for (const row of shown) {
        const at = STATUSES.indexOf(letter(row, line.column));
        if (at >= 0) counts[at] += 1;
      }
      const total = counts.reduce((a, b) => a + b, 0);
      draw(line, counts, total);
      line.weight = counts[0] + counts[1];
      line.count.textContent = total ? `${counts[4]} of ${total}` : "n/a";
      line.bar.setAttribute("aria-label", STATUSES.map((key, at) => counts[at] && `${counts[at]} ${data.letters[key]}`).filter(Boolean).join(", ") || "asked of no agency");
    }
    asked.sort((a, b) => b.weight - a.weight || a.column - b.column);
    first(".asked tbody").replaceChildren(...asked.slice(0, allAsked ? asked.length : FEW_ASKED).map((line) => line.element));
    const tenths = spread.map(() => [0, 0]);
    for (const row of shown) {
      if (row.coverage >= 0) tenths[Math.min(9, Math.floor(row.coverage * 10 + 1e-9))][row.result === 0 ? 0 : 1] += 1;
    }
    const longest = Math.max(...tenths.map(([a, b]) => a + b));
    for (const line of spread) {
      const [passing, others] = tenths[line.tenth];
      draw(line, [passing, others], longest);
      line.count.textContent = passing + others;
      line.bar.setAttribute("aria-label", `${passing + others} agencies, ${passing} of them pass`);
    }
  }

  for (const line of asked) {
    const id = first(".id", line.element);
    const pick = Object.assign(document.createElement("button"), { type: "button", className: "pick id", textContent: id.textContent, title: "Show the agencies that do not meet it" });
    pick.dataset.pick = line.column;
    id.replaceWith(pick);
  }

  // -- the heat map -------------------------------------------------------------------------------------------------

  const map = heat && data.columns.length ? heatMap() : null;
  if (heat && !map) heat.hidden = true;

  function heatMap() {
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
      space.style.height = `${size.top + size.rowHeight * shown.length}px`;
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
      const from = Math.max(0, Math.floor(above / rowHeight)), to = Math.min(shown.length, Math.ceil((above + height - top) / rowHeight));
      const begin = Math.max(0, Math.floor(left / columnWidth)), end = Math.min(columns.length, Math.ceil((left + width - side) / columnWidth));
      const x = (at) => side + at * columnWidth - left, y = (at) => top + at * rowHeight - above;
      pen.save();
      pen.beginPath();
      pen.rect(side, top, width - side, height - top);
      pen.clip();
      for (let at = from; at < to; at += 1) {
        const row = shown[at];
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
      const chosen = cursor && shown.indexOf(cursor.row);
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
        if (link.textContent !== shown[at].agency) link.textContent = shown[at].agency;
        link.href = shown[at].page;
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
      const row = shown[Math.max(0, Math.min(shown.length - 1, at))];
      if (!row) return;
      cursor = { row, column: Math.max(0, Math.min(columns.length - 1, column)) };
      reach(shown.indexOf(row), cursor.column);
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
      const at = cursor ? shown.indexOf(cursor.row) : -1;
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
      if (column < columns.length && at < shown.length) choose(at, column);
    });
    canvas.addEventListener("mousemove", (event) => {
      const { side, top, rowHeight, columnWidth } = size;
      const column = columns[Math.floor((event.offsetX - side + frame.scrollLeft) / columnWidth)];
      const row = shown[Math.floor((event.offsetY - top + frame.scrollTop) / rowHeight)];
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

  // -- colours and events -------------------------------------------------------------------------------------------

  const theme = first(".theme");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (night.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };

  function sortBy(column) {
    field("requirement").value = column;
    field("order").value = "status";
    filter();
  }

  function pick(column) {
    field("requirement").value = column;
    field("status").value = "gap";
    field("order").value = "status";
    limit = FEW_ROWS;
    filter();
    form.scrollIntoView({ block: "start" });
  }

  function showAll() {
    for (const each of all("select, [type=search]", form)) if (each.dataset.filter !== "order") each.value = "";
    limit = FEW_ROWS;
    filter();
  }

  document.addEventListener("click", ({ target }) => {
    if (target === theme) { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); map?.repaint(); }
    else if (target.matches(".clear")) showAll();
    else if (target.matches(".more-rows")) { limit = Infinity; body.classList.add("whole"); list(); }
    else if (target.matches(".more-asked")) { allAsked = true; target.hidden = true; first(".asked tbody").classList.add("whole"); count(); }
    else if (target.dataset?.pick !== undefined) pick(target.dataset.pick);
  });
  form.addEventListener("input", () => { limit = FEW_ROWS; filter(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeprint", () => body.replaceChildren(...shown.map((row) => row.element)));
  addEventListener("afterprint", list);
  night.addEventListener("change", nameTheme);

  nameTheme();
  first(".more-asked").hidden = asked.length <= FEW_ASKED;
  filter();
})();
