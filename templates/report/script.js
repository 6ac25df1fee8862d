
"use strict";
// Filters the list of the page, if it has a filter: the children of the element
// with data-list, whose value is what they are called.
(() => {
  const text = document.getElementById("text");
  if (!text) return;
  const list = document.querySelector("[data-list]");
  const items = [...list.children];
  const words = items.map(item => item.textContent.toLowerCase());
  const boxes = [...document.querySelectorAll("input[name=severity]")];
  const visible = () => items.filter(item => !item.hidden);
  const filter = () => {
    const severities = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const parts = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    items.forEach((item, i) => {
      item.hidden = boxes.length > 0 && !severities.has(item.dataset.severity) || !parts.every(part => words[i].includes(part));
    });
    const shown = visible().length;
    document.getElementById("shown").textContent = `${shown} of ${items.length} ${list.dataset.list}`;
    document.getElementById("none").hidden = shown > 0;
  };
  const showAll = () => { boxes.forEach(box => { box.checked = true; }); text.value = ""; filter(); };
  const setOpen = open => visible().forEach(item => { item.querySelector("details").open = open; });
  const move = step => {
    const list = visible();
    if (list.length === 0) return;
    const at = list.findIndex(item => item.contains(document.activeElement));
    const to = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
    list[to].querySelector("summary, th").focus();
  };
  boxes.forEach(box => box.addEventListener("change", filter));
  text.addEventListener("input", filter);
  document.getElementById("open")?.addEventListener("click", () => setOpen(true));
  document.getElementById("close")?.addEventListener("click", () => setOpen(false));
  document.querySelectorAll("svg a").forEach(link => link.addEventListener("click", event => {
    event.preventDefault();
    showAll();
    text.value = link.dataset.type;
    filter();
    move(1);
  }));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === text;
    if (event.key === "Escape") { showAll(); if (typing) text.blur(); }
    else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); text.focus(); }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
  });
  filter();
})();
