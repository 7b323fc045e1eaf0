// Starts the page: finds out who reads, lays out their channels, and listens.

import { drawBar } from "./bar.js";
import { el, finePointer } from "./dom.js";
import { Feed, people, view } from "./net.js";
import { Tab } from "./tab.js";
import { say, setReader } from "./words.js";

const ROLES = ["customer", "desk", "escalations"];
const part = (id) => document.getElementById(id);
const dot = (channel) => (channel.unread > 0 ? [el("span", { class: "dot", role: "img", "aria-label": say("web.new") })] : []);

/** Columns by role; where a role has several channels, one of them is shown and the others are a press away. */
class Layout {
  constructor(tab) {
    this.tab = tab;
    this.columns = ROLES.map((role) => [...tab.channels.values()].filter((channel) => channel.about.role === role))
      .filter((channels) => channels.length > 0)
      .map((channels) => ({ channels, shown: channels[0], node: el("section", { class: "column" }), head: el("header", { class: "column-head" }) }));
    for (const column of this.columns) column.node.append(column.head);
    part("columns").replaceChildren(...this.columns.map((column) => column.node));
    part("columns").dataset.count = this.columns.length;
    this.show(this.columns[0].shown.id);
    for (const column of this.columns) this.fill(column);
    tab.on("show", (channel) => this.show(channel));
    tab.on("unread", () => this.mark());
    tab.on("started", () => this.takeUp());
    document.addEventListener("visibilitychange", () => this.mark());
  }

  show(id) {
    this.front = this.columns.find((column) => column.channels.some((channel) => channel.id === id));
    this.front.shown = this.tab.channels.get(id);
    for (const column of this.columns) column.node.classList.toggle("front", column === this.front);
    this.fill(this.front);
    this.mark();
  }

  fill(column) {
    const { node, shown, head } = column;
    if (node.querySelector(".channel") !== shown.node) {
      node.replaceChildren(head, shown.node);
      shown.toEnd();
    }
    shown.composer.fit();
  }

  /** Lets the first words be typed at once: colleagues' to each other, never by mistake to a customer. */
  takeUp() {
    if (!finePointer() || document.activeElement !== document.body) return;
    const shown = this.columns.map((column) => column.shown);
    const channel = shown.find((other) => other.about.role === "desk") ?? this.front.shown;
    const thread = channel.conversation;
    (thread?.open ? thread : channel).composer.focus();
  }

  mark() {
    for (const { shown } of this.columns) if (shown.shown && !document.hidden) shown.unread = 0;
    for (const column of this.columns) column.head.replaceChildren(...this.drawHead(column));
    const all = [...this.tab.channels.values()];
    part("tabs").hidden = all.length < 2;
    part("tabs").replaceChildren(...all.map((channel) => el("button", {
      type: "button", "aria-current": String(this.front.shown === channel), onclick: () => this.show(channel.id),
    }, `#${channel.about.name}`, ...dot(channel))));
    part("tabs").querySelector('[aria-current="true"]').scrollIntoView({ inline: "nearest", block: "nearest" });
    const unread = all.reduce((sum, channel) => sum + channel.unread, 0);
    document.title = (unread > 0 ? `(${unread}) ` : "") + say("web.title");
  }

  drawHead({ channels, shown }) {
    const label = el("p", { class: "kind", text: say(`web.channel.${shown.about.role}`) });
    if (channels.length === 1) return [el("div", {}, label, el("h2", { text: `#${shown.about.name}` }))];
    return [el("div", {}, label, el("div", { class: "segments", role: "group", "aria-label": say("web.channel.choose") },
      channels.map((channel) => el("button", { type: "button", "aria-pressed": String(channel === shown), onclick: () => this.show(channel.id) },
        `#${channel.about.name}`, ...dot(channel)))))];
  }
}

function listenTo(tab) {
  const note = part("connection");
  addEventListener("online", () => tab.connected());
  let lost;
  return new Feed(tab.me, {
    onframe: (frame) => tab.hear(frame),
    onconnection: (there) => {
      clearTimeout(lost);
      if (there) { note.hidden = true; tab.connected(); }
      else lost = setTimeout(() => { note.textContent = say("web.offline"); note.hidden = false; }, 1200);
    },
  });
}

async function start() {
  const everybody = await people();
  const asked = new URLSearchParams(location.search);
  const person = everybody.find((other) => other.id === asked.get("as")) ?? everybody[0];
  const me = { id: person.id, language: asked.get("language") ?? person.language };
  const shown = await view(me);
  setReader(shown);
  const tab = new Tab(me, shown);
  new Layout(tab);
  part("bar").replaceChildren(...drawBar(tab, everybody));
  listenTo(tab);
}

start().catch(() => setTimeout(() => location.reload(), 3000));
