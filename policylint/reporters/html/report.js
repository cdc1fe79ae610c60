// What the page adds to a plain document: filters, the passage beside the requirement, keys, copying. Without it
// everything is there and open. It reads the page and nothing else.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const first = (selector, within = document) => within.querySelector(selector);
  const wide = matchMedia("(min-width: 60.01rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const papers = all(".paper").map(paperOf);
  const back = first(".back");
  const dialog = first("dialog");
  let now = papers[0];

  root.classList.add("js");
  for (const hidden of all(".tools, .filters")) hidden.hidden = false;
  for (const clause of all(".clause")) clause.prepend(copyButton(clause.dataset.ids));

  function copyButton(ids) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.append("Copy", Object.assign(document.createElement("span"), { className: "vh", textContent: ` the wording for ${ids}` }));
    return button;
  }

  function paperOf(element) {
    const cards = all(".card", element);
    const paper = {
      element, cards,
      topics: all(".topic", element),
      form: first(".filters", element),
      pane: first(".policy", element),
      words: cards.map((card) => card.textContent.toLowerCase().replace(/\s+/g, " ")),
      marks: all("mark", element),
      opened: null,
      passage: null,
    };
    for (const card of cards) {
      const link = first(".open", card);
      const more = first(".more", card);
      more.id = `${element.id}more${card.dataset.n}`;
      link.setAttribute("aria-controls", more.id);
      link.setAttribute("aria-expanded", "false");
    }
    return paper;
  }

  const numbers = (mark) => [...new Set(`${mark.dataset.v || ""} ${mark.dataset.c || ""}`.split(" ").filter(Boolean))];
  const marksOf = (paper, card) => paper.marks.filter((mark) => numbers(mark).includes(card.dataset.n));
  const shown = (paper) => paper.cards.filter((card) => !card.classList.contains("away"));
  const linkOf = (card) => first(".open", card);
  const say = (text) => { document.getElementById("said:").textContent = text; };

  // -- filters ------------------------------------------------------------------------------------------------------

  function settings(paper) {
    const value = (name) => first(`[data-filter=${name}]`, paper.form).value;
    return {
      words: value("text").toLowerCase().split(/\s+/).filter(Boolean),
      severity: value("severity"), pack: value("pack"), topic: value("topic"),
      statuses: all("[type=checkbox]:checked", paper.form).map((box) => box.value),
    };
  }

  function fits(paper, card, at, want) {
    if (paper.passage) return paper.passage.includes(card.dataset.n);
    const { status, severity, pack, topic } = card.dataset;
    return want.statuses.includes(status)
      && (!want.severity || severity.split(" ").includes(want.severity))
      && (!want.pack || pack.split("\n").includes(want.pack))
      && (!want.topic || topic === want.topic)
      && want.words.every((word) => paper.words[at].includes(word));
  }

  function filter(paper) {
    if (!paper.form) return;
    const want = settings(paper);
    let count = 0, total = 0;
    paper.cards.forEach((card, at) => {
      const fit = fits(paper, card, at, want);
      const asked = card.dataset.pack.split("\n").length; // several authorities may ask what one card shows
      card.classList.toggle("away", !fit);
      count += fit * asked;
      total += asked;
    });
    for (const topic of paper.topics) topic.classList.toggle("away", !first(".card:not(.away)", topic));
    first(".none", paper.element).hidden = count > 0;
    const clear = first(".clear", paper.form);
    clear.hidden = count === total;
    clear.textContent = paper.passage ? "Back to the list" : "Show all";
    paper.form.classList.toggle("aside", paper.passage !== null);
    const requirements = total === 1 ? "requirement" : "requirements";
    first("[role=status]", paper.form).textContent = paper.passage
      ? `${count} of ${total} ${requirements}: those that the chosen passage bears on`
      : `${count} of ${total} ${requirements} shown`;
  }

  function showAll(paper) {
    paper.passage = null;
    for (const field of all("select, [type=search]", paper.form)) field.value = "";
    for (const box of all("[type=checkbox]", paper.form)) box.checked = true;
    filter(paper);
  }

  function leavePassage(paper) {
    if (!paper.passage) return false;
    paper.passage = null;
    filter(paper);
    return true;
  }

  // -- choosing -----------------------------------------------------------------------------------------------------

  function show(paper) {
    now = paper;
    if (papers.length < 2) return;
    for (const other of papers) other.element.classList.toggle("away", other !== paper);
    for (const link of all(".paper-link")) {
      if (link.hash.slice(1) === paper.element.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function open(paper, card) {
    const before = card.getBoundingClientRect().top;
    if (paper.opened && paper.opened !== card) close(paper);
    card.classList.add("opened");
    linkOf(card).setAttribute("aria-expanded", "true");
    paper.opened = card;
    scrollBy({ top: card.getBoundingClientRect().top - before, behavior: "instant" });
    const marks = marksOf(paper, card);
    choose(paper, marks);
    if (marks.length && wide.matches) reach(paper, marks[0]);
  }

  function close(paper) {
    paper.opened.classList.remove("opened");
    linkOf(paper.opened).setAttribute("aria-expanded", "false");
    paper.opened = null;
    choose(paper, []);
  }

  function choose(paper, marks) {
    for (const mark of paper.marks) mark.classList.toggle("chosen", marks.includes(mark));
  }

  // Bring a passage into view: in its own pane where that stands beside the list, else on the page.
  function reach(paper, mark) {
    const behavior = calm.matches ? "instant" : "smooth";
    if (wide.matches && paper.pane) {
      const top = mark.getBoundingClientRect().top - paper.pane.getBoundingClientRect().top;
      paper.pane.scrollTo({ top: paper.pane.scrollTop + top - paper.pane.clientHeight / 3, behavior });
    } else {
      mark.scrollIntoView({ block: "center", behavior });
      back.hidden = !paper.opened;
    }
  }

  // Show the requirements that a passage bears on, and nothing else.
  function passage(paper, mark) {
    const wanted = numbers(mark);
    paper.passage = wanted;
    paper.mark = mark;
    filter(paper);
    const cards = shown(paper);
    if (cards.length === 1) open(paper, cards[0]);
    else if (paper.opened) close(paper);
    choose(paper, paper.marks.filter((other) => other === mark || (beside(mark, other) && numbers(other).join() === wanted.join())));
    if (cards.length) bring(cards[0]);
    say(first("[role=status]", paper.form).textContent);
    return cards;
  }

  const beside = (a, b) => a.closest(".part, tr") === b.closest(".part, tr");

  // The filters stay in view above the list, on as many lines as they need: what is chosen comes to stand below them.
  function bring(card) {
    const form = first(".filters", card.closest(".paper"));
    const covered = getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0;
    card.style.scrollMarginTop = `${covered + 8}px`;
    card.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function reveal(paper, card) {
    if (card.classList.contains("away")) showAll(paper);
    open(paper, card);
    bring(card);
    linkOf(card).focus({ preventScroll: true });
  }

  // Where a link of the page leads.
  function go(id) {
    const target = id && document.getElementById(id);
    if (!target) return;
    const paper = papers.find((each) => each.element.contains(target));
    if (paper) show(paper);
    const card = target.closest(".card");
    if (card) reveal(paper, card);
    else if (target.matches("mark")) {
      if (!target.classList.contains("chosen")) choose(paper, [target]);
      reach(paper, target);
    } else {
      if (target.closest(".topic")) showAll(paper);
      target.scrollIntoView({ behavior: calm.matches ? "instant" : "smooth" });
      if (target.tabIndex >= 0 || target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
    }
  }

  const fragment = (url) => { try { return decodeURIComponent(url.slice(1)); } catch { return ""; } };

  function follow(link, event) {
    const id = fragment(link.hash);
    const card = link.classList.contains("open") && link.closest(".card");
    event.preventDefault();
    if (card && card.classList.contains("opened")) close(now);
    else if (card) open(now, card);
    else if (link.dataset.topic !== undefined) topic(link);
    else go(id);
    history.replaceState(null, "", `#${id}`);
  }

  function topic(link) {
    const paper = papers.find((each) => each.element.contains(link));
    showAll(paper);
    first("[data-filter=topic]", paper.form).value = link.dataset.topic;
    filter(paper);
    document.getElementById(fragment(link.hash)).scrollIntoView({ behavior: calm.matches ? "instant" : "smooth", block: "center" });
  }

  // -- copying ------------------------------------------------------------------------------------------------------

  async function copy(button) {
    const words = first(".words", button.closest(".clause"));
    const text = all("p", words).map((p) => (p.classList.contains("point") ? "- " : "") + p.textContent).join("\n");
    const done = await write(text) || selected(words);
    const label = button.firstChild;
    label.data = done ? "Copied" : "Press Ctrl+C";
    say(done ? "Copied." : "The wording is selected: press Ctrl+C to copy it.");
    setTimeout(() => { label.data = "Copy"; }, 2500);
  }

  async function write(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed on this page: the older way */ }
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "vh";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* neither */ }
    field.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  function selected(words) {
    getSelection().selectAllChildren(words);
    return false;
  }

  // -- keys ---------------------------------------------------------------------------------------------------------

  function step(by) {
    const cards = shown(now);
    const at = cards.indexOf(document.activeElement?.closest(".card"));
    const from = at < 0 && by > 0 ? cards.findIndex((card) => card.getBoundingClientRect().bottom > 160) - 1 : at;
    const card = cards[Math.max(0, Math.min(cards.length - 1, from + by))];
    if (!card) return;
    linkOf(card).focus({ preventScroll: true });
    bring(card);
  }

  function stepMark(by) {
    const marks = now.marks.filter((mark) => mark.id);
    const at = marks.indexOf(now.mark ?? marks.find((mark) => mark.classList.contains("chosen")));
    const mark = marks[(at + by + marks.length) % marks.length];
    if (!mark) return;
    now.mark = mark;
    choose(now, [mark]);
    reach(now, mark);
    say(mark.textContent);
  }

  const KEYS = {
    j: () => step(1), k: () => step(-1),
    n: () => stepMark(1), p: () => stepMark(-1),
    r: () => { const cards = now.mark ? passage(now, now.mark) : []; if (cards[0]) linkOf(cards[0]).focus({ preventScroll: true }); },
    c: () => { const button = now.opened && first(".copy", now.opened); if (button) copy(button); },
    "/": () => first("[data-filter=text]", now.form)?.focus(),
    "?": () => dialog.showModal(),
  };

  function key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const { target } = event;
    const typing = target.matches("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape") {
      if (typing) target.blur();
      else if (now && !leavePassage(now) && now.opened) close(now);
    } else if (typing) return;
    else if (event.key.startsWith("Arrow") && target.matches(".open")) {
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp") step(-1);
      else return;
      event.preventDefault();
    } else if (now && Object.hasOwn(KEYS, event.key) && first(".keys-on").checked) {
      event.preventDefault();
      KEYS[event.key]();
    }
  }

  // -- colours ------------------------------------------------------------------------------------------------------

  const theme = first(".theme");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (night.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };

  // -- events -------------------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { target } = event;
    const link = target.closest("a[href^='#']");
    const mark = target.closest("mark");
    const copies = target.closest(".copy");
    const paper = papers.find((each) => each.element.contains(target));
    if (paper) now = paper;
    if (link) follow(link, event);
    else if (copies) copy(copies);
    else if (mark && getSelection().isCollapsed) passage(paper, mark);
    else if (target.closest(".clear")) leavePassage(paper) || showAll(paper);
    else if (target.closest(".keys")) dialog.showModal();
    else if (target === back) { back.hidden = true; bring(now.opened); linkOf(now.opened).focus({ preventScroll: true }); }
    else if (target === theme) { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); }
  });
  document.addEventListener("input", (event) => {
    const paper = papers.find((each) => each.form?.contains(event.target));
    if (!paper) return;
    paper.passage = null;
    filter(paper);
  });
  document.addEventListener("submit", (event) => { if (event.target.matches(".filters")) event.preventDefault(); });
  document.addEventListener("keydown", key);
  addEventListener("hashchange", () => go(fragment(location.hash)));
  night.addEventListener("change", nameTheme);

  nameTheme();
  for (const paper of papers) filter(paper);
  if (now) show(now);
  if (location.hash) go(fragment(location.hash));
})();
