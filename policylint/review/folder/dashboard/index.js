// What the dashboard adds to a plain document: filters, order, and the heat map (heat.js, which stands before this in the
// page). It reads the page and nothing else.
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

  const map = heat && data.columns.length ? heatMap({ data, letter, shown: () => shown, sortBy }) : null;
  if (heat && !map) heat.hidden = true;

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
