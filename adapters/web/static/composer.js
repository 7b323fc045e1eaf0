// Where messages are written: text, files, and commands with completion.

import { el, icon, iconButton } from "./dom.js";
import { say, sizeText } from "./words.js";

const LINES = 9;

/** Commands that go on from what is typed. */
function matching(text, completions) {
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const typed = text.toLowerCase();
  return completions.filter((line) => line.command.startsWith(typed) && line.command !== typed.trimEnd()).slice(0, 9);
}

export class Composer {
  /** `name` keeps its draft apart, `where` completes the label for who hears it; `send(text, files, begun)` is given what is written, and when its first key was pressed. */
  constructor({ tab, name, label, where = "", send }) {
    this.tab = tab;
    this.draft = `draft:${tab.me.id}:${name}`;
    this.send = send;
    this.files = [];
    this.options = [];
    this.chosen = 0;
    this.listId = `commands-${name}`;
    this.where = where;
    this.box = el("textarea", {
      rows: 1, dir: "auto", enterkeyhint: "send", role: "combobox",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId,
      onkeydown: (event) => this.key(event), oninput: () => this.changed(), onblur: () => this.complete([]),
      onpaste: (event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); this.attach(event.clipboardData.files); } },
    });
    this.list = el("ul", { class: "completions", id: this.listId, role: "listbox", "aria-label": say("web.commands"), hidden: true });
    this.chips = el("ul", { class: "chips", hidden: true });
    this.picker = el("input", { type: "file", multiple: true, hidden: true, onchange: () => { this.attach(this.picker.files); this.picker.value = ""; } });
    const attachLabel = `${say("web.attach")} · ${say("web.attach.limit", { megabytes: tab.view.max_megabytes })}`;
    this.node = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.list, this.chips,
      el("div", { class: "line" },
        this.box, iconButton("clip", say("web.attach"), () => this.picker.click(), { title: attachLabel }), this.picker,
        el("button", { class: "quiet send", title: say("web.send"), "aria-label": say("web.send") }, icon("send"))));
    this.call(label);
    this.box.value = sessionStorage.getItem(this.draft) ?? "";
  }

  get empty() { return !this.box.value && this.files.length === 0; }

  /** Says what becomes of the words that are written here. */
  call(label) {
    this.box.placeholder = `${label}…`;
    this.box.ariaLabel = `${label} ${this.where}`.trim();
  }

  focus() { this.box.focus({ preventScroll: true }); }

  key(event) {
    if (this.options.length > 0 && this.keyInList(event)) { event.preventDefault(); return; }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
  }

  keyInList(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.highlight((this.chosen + step + this.options.length) % this.options.length);
    else if (event.key === "Tab" && !event.shiftKey) this.accept(this.options[this.chosen]);
    else if (event.key === "Enter" && !event.shiftKey) this.accept(this.options[this.chosen]);
    else if (event.key === "Escape") this.complete([]);
    else return false;
    return true;
  }

  changed() {
    this.begun = this.box.value ? this.begun ?? performance.now() : null;
    sessionStorage.setItem(this.draft, this.box.value);
    this.fit();
    this.complete(matching(this.box.value, this.tab.view.completions));
  }

  /** Grows with what is written, up to a few lines. */
  fit() {
    this.box.style.height = "auto";
    const line = parseFloat(getComputedStyle(this.box).lineHeight) || 22;
    this.box.style.height = `${Math.min(this.box.scrollHeight, line * LINES)}px`;
  }

  complete(options) {
    this.options = options;
    this.list.replaceChildren(...options.map((line, index) => el("li",
      { role: "option", id: `${this.listId}-${index}`, onpointerdown: (event) => { event.preventDefault(); this.accept(line); } },
      el("code", { text: line.command }), el("i", { text: line.arguments }), el("span", { text: line.summary }))));
    this.list.hidden = options.length === 0;
    this.box.setAttribute("aria-expanded", String(options.length > 0));
    this.highlight(0);
  }

  highlight(index) {
    this.chosen = index;
    for (const [at, node] of [...this.list.children].entries()) node.setAttribute("aria-selected", String(at === index));
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
    if (this.options.length > 0) this.box.setAttribute("aria-activedescendant", `${this.listId}-${index}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  accept(line) {
    this.box.value = `${line.command} `;
    this.changed();
    this.complete([]);
    this.box.focus();
  }

  attach(files) {
    this.files.push(...files);
    this.drawChips();
    this.focus();
  }

  drawChips() {
    this.chips.hidden = this.files.length === 0;
    this.chips.replaceChildren(...this.files.map((file) => el("li", { class: "chip" },
      icon("file"), el("bdi", { text: file.name }), el("small", { text: sizeText(file.size) }),
      iconButton("close", `${say("web.attach.remove")}: ${file.name}`, () => {
        this.files = this.files.filter((other) => other !== file);
        this.drawChips();
        this.focus();
      }))));
  }

  submit() {
    const text = this.box.value.trim();
    const files = this.files;
    const begun = this.begun ?? performance.now();
    if (!text && files.length === 0) return;
    this.files = [];
    this.box.value = "";
    this.drawChips();
    this.changed();
    this.focus();
    this.send(text, files, begun);
  }
}

/** Takes files dropped anywhere on `area`, for the composer that `choose` names. */
export function takeDrops(area, tab, choose) {
  const veil = el("div", { class: "veil", text: say("web.attach.limit", { megabytes: tab.view.max_megabytes }), hidden: true });
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  area.append(veil);
  area.addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); veil.hidden = false; } });
  area.addEventListener("dragleave", (event) => { if (!area.contains(event.relatedTarget)) veil.hidden = true; });
  area.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    veil.hidden = true;
    choose(document.elementsFromPoint(event.clientX, event.clientY)).attach(event.dataTransfer.files);
  });
}
