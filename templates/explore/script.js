"use strict";
// The page of explore. The server renders all parts; this script asks for them, and
// keeps the selection until it is written.
(() => {
  const byId = id => document.getElementById(id);
  const main = byId("main"), tree = byId("tree"), search = byId("search"), figures = byId("figures");
  const lists = ["include", "exclude", "types", "derived"];
  // A selection that was not written stays, unless its file has changed since.
  let digest = document.body.dataset.digest;
  const kept = JSON.parse(sessionStorage.getItem(location.pathname));
  const options = kept && kept.digest === digest ? kept.options : JSON.parse(document.body.dataset.options);
  let selected = new Set(), shown = "";

  // latest returns a function that fetches, and aborts its request before.
  const latest = () => {
    let controller;
    return (address, init) => {
      controller?.abort();
      controller = new AbortController();
      return fetch(address, { ...init, signal: controller.signal });
    };
  };
  const getPage = latest(), postSelection = latest();
  const unlessAborted = error => { if (error.name === "TypeError") byId("problem").textContent = "msgraphgen does not answer: start it again"; };
  const post = body => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

  // The tree and the pages show which methods are selected.
  const mark = () => {
    document.querySelectorAll("input[data-request]").forEach(box => { box.checked = selected.has(box.dataset.request); });
    document.querySelectorAll("input[data-set]").forEach(box => { box.checked = has(box.dataset.set, box.value); });
    tree.querySelectorAll("[data-request]").forEach(item => item.setAttribute("aria-checked", selected.has(item.dataset.request)));
  };
  const requests = () => [...new Set([...document.querySelectorAll("[data-request]")].map(e => e.dataset.request))];

  const showPatterns = () => lists.forEach(name => {
    const rows = (options[name] || []).map(text => {
      const row = document.createElement("li"), code = document.createElement("code"), remove = document.createElement("button");
      code.textContent = text;
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `Remove ${text} from ${name}`);
      remove.addEventListener("click", () => { drop(name, text); mark(); changed(); byId("pattern").focus(); });
      row.append(code, remove);
      return row;
    });
    document.querySelector(`#patterns [data-list=${name}]`).replaceChildren(...rows);
  });
  const showCosts = costs => {
    byId("costs").hidden = costs.length === 0;
    byId("costs").replaceChildren(...costs.flatMap(({ name, value }) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = name;
      dd.textContent = value;
      return [dt, dd];
    }));
  };

  const select = async () => {
    figures.setAttribute("aria-busy", "true");
    const response = await postSelection("select", post({ options, requests: requests() }));
    const answer = await response.json();
    figures.removeAttribute("aria-busy");
    const stale = answer.yaml !== undefined && (answer.digest || "") !== digest;
    byId("problem").textContent = answer.problem || (stale ? "The file has changed since it was read: reload the page." : "");
    byId("write").disabled = !answer.figures || !!answer.problem;
    if (answer.yaml !== undefined) byId("yaml").textContent = answer.yaml;
    if (answer.problem) {
      figures.textContent = "This cannot be generated:";
      return;
    }
    figures.textContent = answer.figures || "Nothing is selected yet.";
    selected = new Set(answer.selected);
    showCosts(answer.costs || []);
    mark();
  };
  let timer;
  const update = wait => {
    clearTimeout(timer);
    timer = setTimeout(() => select().catch(unlessAborted), wait);
  };
  const changed = () => {
    sessionStorage.setItem(location.pathname, JSON.stringify({ options, digest }));
    byId("written").textContent = "";
    showPatterns();
    update(150);
  };

  const add = (name, text) => { options[name] = [...(options[name] || []).filter(t => t !== text), text]; };
  const drop = (name, text) => { options[name] = (options[name] || []).filter(t => t !== text); };
  const has = (name, text) => (options[name] || []).includes(text);
  // A method that a wildcard selects is excluded by name.
  const tick = (request, on) => {
    if (on && has("exclude", request)) drop("exclude", request);
    else if (on) add("include", request);
    else if (has("include", request)) drop("include", request);
    else add("exclude", request);
    if (on) selected.add(request); else selected.delete(request);
    mark();
    changed();
  };

  const show = async () => {
    const at = location.hash.startsWith("#/") ? decodeURIComponent(location.hash.slice(2)) : "";
    if (location.hash && !location.hash.startsWith("#/") || shown === "/" + at) return;
    shown = "/" + at;
    if (at.startsWith("search/") && document.activeElement !== search) search.value = at.slice("search/".length);
    main.setAttribute("aria-busy", "true");
    const response = await getPage(`page?at=${encodeURIComponent(at)}`);
    main.innerHTML = await response.text();
    main.removeAttribute("aria-busy");
    const heading = main.querySelector("h1").textContent;
    document.title = `${heading} · msgraphgen explore`;
    byId("found").textContent = at.startsWith("search/") ? heading : "";
    tree.querySelectorAll("[aria-selected]").forEach(item => item.removeAttribute("aria-selected"));
    items().find(item => item.dataset.at === "#/" + at)?.setAttribute("aria-selected", "true");
    if (document.activeElement !== search && document.activeElement?.closest("#tree") === null) main.focus({ preventScroll: true });
    mark();
    update(0);
    const preview = main.querySelector("[data-preview]");
    if (preview) {
      const go = await fetch(`preview?request=${encodeURIComponent(preview.dataset.preview)}`);
      preview.innerHTML = await go.text();
      preview.removeAttribute("aria-busy");
    }
  };
  const navigate = () => show().catch(unlessAborted);
  const open = at => { location.hash = at; };

  let before = "#/";
  search.addEventListener("input", () => {
    if (!location.hash.startsWith("#/search/")) before = location.hash || "#/";
    const words = search.value.trim();
    history.replaceState(null, "", words ? "#/search/" + encodeURIComponent(words) : before);
    navigate();
  });
  addEventListener("hashchange", () => {
    if (!location.hash.startsWith("#/search/")) search.value = "";
    navigate();
  });

  // The tree, https://www.w3.org/WAI/ARIA/apg/patterns/treeview
  const items = () => [...tree.querySelectorAll("[role=treeitem]")].filter(item => !item.parentElement.closest("[aria-expanded=false]"));
  const focus = item => {
    if (!item) return;
    tree.querySelectorAll("[tabindex='0']").forEach(other => { other.tabIndex = -1; });
    item.tabIndex = 0;
    item.focus();
  };
  const expand = async (item, open) => {
    if (!item.dataset.path) return;
    item.setAttribute("aria-expanded", open);
    const group = item.querySelector("ul");
    if (!open || group.children.length > 0) return;
    const response = await fetch(`tree?path=${encodeURIComponent(item.dataset.path)}`);
    group.innerHTML = await response.text();
    update(0);
  };
  const toggle = item => tick(item.dataset.request, item.getAttribute("aria-checked") !== "true");
  tree.addEventListener("click", event => {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    focus(item);
    if (event.target.closest(".box")) return toggle(item);
    if (!event.target.closest(".twist")) open(item.dataset.at);
    expand(item, item.getAttribute("aria-expanded") !== "true").catch(unlessAborted);
  });
  tree.addEventListener("keydown", event => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = items(), at = visible.indexOf(item), expanded = item.getAttribute("aria-expanded");
    switch (event.key) {
      case "ArrowDown": focus(visible[at + 1]); break;
      case "ArrowUp": focus(visible[at - 1]); break;
      case "Home": focus(visible[0]); break;
      case "End": focus(visible.at(-1)); break;
      case "ArrowRight":
        if (expanded === "false") expand(item, true).catch(unlessAborted);
        else if (expanded === "true") focus(item.querySelector("[role=treeitem]"));
        break;
      case "ArrowLeft":
        if (expanded === "true") expand(item, false);
        else focus(item.parentElement.closest("[role=treeitem]"));
        break;
      case "Enter": open(item.dataset.at); break;
      case " ":
        if (item.dataset.request) toggle(item);
        else expand(item, expanded !== "true").catch(unlessAborted);
        break;
      default: return;
    }
    event.preventDefault();
  });

  main.addEventListener("change", ({ target }) => {
    if (target.dataset.request) tick(target.dataset.request, target.checked);
    if (!target.dataset.set) return;
    (target.checked ? add : drop)(target.dataset.set, target.value);
    changed();
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === "ArrowDown" || event.key === "Enter") { main.querySelector("a")?.focus(); event.preventDefault(); }
      if (event.key === "Escape") { search.value = ""; search.dispatchEvent(new Event("input")); search.blur(); }
    } else if (main.contains(event.target) && main.querySelector(".hits")) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], row = event.target.closest(".hits > li");
      if (step && row) { (row[step > 0 ? "nextElementSibling" : "previousElementSibling"]?.querySelector("a") || search).focus(); event.preventDefault(); }
      if (event.key === " " && row && event.target.tagName === "A") { row.querySelector("input")?.click(); event.preventDefault(); }
    }
    if (event.key === "/" && !event.target.matches("input")) { search.focus(); search.select(); event.preventDefault(); }
  });

  byId("patterns").addEventListener("submit", event => {
    event.preventDefault();
    const text = byId("pattern").value.trim();
    if (!text) return;
    add(event.submitter?.value || "include", text);
    byId("pattern").value = "";
    changed();
  });
  byId("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(byId("yaml").textContent);
    byId("written").textContent = "Copied.";
  });
  byId("write").addEventListener("click", async () => {
    const response = await fetch("write", post({ options, digest }));
    const answer = await response.json();
    byId("problem").textContent = answer.problem || "";
    byId("written").textContent = answer.written || "";
    if (!answer.written) return;
    digest = answer.digest;
    sessionStorage.removeItem(location.pathname);
    update(0);
  });

  if (matchMedia("(max-width: 64rem)").matches) byId("resources").open = false;
  if (tree.firstElementChild) tree.firstElementChild.tabIndex = 0;
  showPatterns();
  navigate();
})();
