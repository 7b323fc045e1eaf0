// Draws the neutral messages of the assistant. Nothing here parses: a span says what it is.

import { el, icon } from "./dom.js";
import { fileUrl } from "./net.js";
import { instantText, say, sizeText } from "./words.js";

const TYPED = 24; // characters that somebody may be asked to type, and that stay on one line

function link(span, tab) {
  if (span.place) {
    const target = span.message ?? span.place.thread;
    return el("a", { href: `#post-${target}`, text: span.text, onclick: (event) => { event.preventDefault(); tab.show(span.place.channel, target); } });
  }
  const safe = /^(https?:|mailto:)/i.test(span.url);
  return safe ? el("a", { href: span.url, text: span.text, target: "_blank", rel: "noopener noreferrer" }) : span.text;
}

function when(span) {
  const own = instantText(new Date(span.instant), span.grain);
  const title = own && say("web.own_time", { time: own });
  return el("time", { datetime: span.instant, title, text: span.text });
}

function drawSpan(span, tab) {
  switch (span.kind) {
    case "strong": return el("strong", { text: span.text });
    case "code": return el("code", { class: span.text.length <= TYPED && "typed", text: span.text });
    case "link": return link(span, tab);
    case "mention": return el("span", { class: span.person.endsWith(`:${tab.me.id}`) ? "mention me" : "mention", text: `@${span.name}` });
    case "when": return when(span);
    default: return el("bdi", { text: span.text });
  }
}

const drawSpans = (spans, tab) => spans.map((span) => drawSpan(span, tab));

/** A file, to open or to download, or why it is not there. */
export function drawFile(file, post, tab) {
  if (file.problem) {
    const why = say(`web.file.${file.problem}`, { megabytes: tab.view.max_megabytes });
    return el("li", { class: "file refused" }, icon("file"), el("span", {}, el("bdi", { text: file.name }), el("small", { text: why })));
  }
  const href = fileUrl(tab.me, post.id, file.id);
  const picture = /^image\/(png|jpeg|gif|webp)$/.test(file.media_type);
  return el("li", { class: picture ? "file picture" : "file" },
    el("a", { href, download: picture ? null : file.name, target: picture ? "_blank" : null, rel: "noopener" },
      picture ? el("img", { src: href, alt: file.name, loading: "lazy" }) : icon("file"),
      el("span", {}, el("bdi", { text: file.name }), el("small", { text: sizeText(file.size) }))));
}

function drawBlock(block, post, tab) {
  switch (block.kind) {
    case "heading": return el("h3", { text: block.text });
    case "quote": return el("blockquote", {}, drawSpans(block.spans, tab));
    case "small": return el("p", { class: "small" }, drawSpans(block.spans, tab));
    case "fields":
      return el("dl", {}, block.rows.map((row) => el("div", {}, el("dt", { text: row.label }), el("dd", {}, drawSpans(row.spans, tab)))));
    case "bullets": return el("ul", {}, block.items.map((item) => el("li", {}, drawSpans(item, tab))));
    case "attachments": return el("ul", { class: "files" }, block.files.map((file) => drawFile(file, post, tab)));
    default: return el("p", {}, drawSpans(block.spans, tab));
  }
}

function drawSelect(control, press) {
  const list = el("select", { "aria-label": control.placeholder, "data-name": control.name },
    el("option", { value: "", text: control.placeholder, disabled: true, selected: true }),
    control.options.map((option) => el("option", { value: option.value, text: option.label })));
  // With arrow keys a list changes at every step: then Enter says which one is meant.
  let stepping = false;
  const choose = () => list.value && press(control, list.value, list);
  list.addEventListener("pointerdown", () => { stepping = false; });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return;
    if (event.key === "Enter") { event.preventDefault(); choose(); return; }
    stepping = true;
    list.parentElement.classList.add("stepping");
  });
  list.addEventListener("change", () => { if (!stepping) choose(); });
  const confirm = el("button", { type: "button", class: "button", text: say("web.select.confirm"), onclick: choose });
  return el("span", { class: "pick" }, list, confirm);
}

function drawControl(control, press) {
  if (control.kind === "select") return drawSelect(control, press);
  const button = el("button", { type: "button", class: `button ${control.style}`, text: control.label, "data-name": control.name });
  button.addEventListener("click", () => press(control, control.value, button));
  return button;
}

/** The whole of a message. `press` is told of every choice made in it. */
export function drawMessage(message, post, tab, press) {
  const kinds = new Set(message.blocks.map((block) => block.kind));
  const card = kinds.has("heading") && kinds.has("fields");
  return el("div", { class: card ? "message card" : "message", lang: message.language },
    message.blocks.map((block) => drawBlock(block, post, tab)),
    message.controls.length > 0 && el("div", { class: "controls" }, message.controls.map((control) => drawControl(control, press))));
}
