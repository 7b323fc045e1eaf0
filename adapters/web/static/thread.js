// One post at the top of a channel, and under it, in place, the thread it opened.

import { Composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { drawPost } from "./post.js";
import { say } from "./words.js";

export class Thread {
  constructor(channel, root) {
    this.channel = channel;
    this.tab = channel.tab;
    this.id = root.id;
    this.posts = new Map();
    this.nodes = new Map();
    this.seen = 0;
    this.top = el("article", { class: "post root", id: `post-${root.id}`, tabindex: -1 });
    this.toggle = el("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-controls": `thread-${root.id}`, onclick: () => (this.open || this.count > 0 ? this.setOpen(!this.open, true) : this.answer()) });
    this.replies = el("div", { class: "replies" });
    this.inside = el("div", { class: "inside", id: `thread-${root.id}` }, this.replies);
    this.node = el("section", { class: "thread" }, this.top, this.toggle, this.inside);
    this.node.thread = this;
    this.open = false;
    this.put(root);
  }

  /** Whether the person opened or closed it themselves; otherwise the newest threads are open. */
  get choice() { return sessionStorage.getItem(`open:${this.tab.me.id}:${this.id}`); }

  /** What writing here is called: at the desk it is no answer to anybody. */
  label(key) { return say(this.channel.about.role === "desk" ? "web.compose.note" : key); }

  /** Its posts of one author from old to new; the assistant's is the empty name. */
  by(author) { return [...this.posts.values()].filter((post) => post.author === author && !post.deleted).sort((a, b) => a.number - b.number); }

  /** Whether the assistant's last words here wait for an answer; a choice about a case can wait. */
  get asks() { return this.by("").at(-1)?.message.controls.some((control) => !control.name.startsWith("case.")) ?? false; }

  put(post) {
    const isNew = !this.posts.has(post.id);
    this.posts.set(post.id, post);
    if (post.id === this.id) this.top.replaceChildren(...drawPost(post, this.tab, { label: this.label("web.thread.answer"), open: () => this.answer() }));
    else this.putReply(post);
    this.drawToggle();
    return isNew;
  }

  /** Draws the inside when it is first opened: a page with a thousand threads opens few of them. */
  build() {
    this.composer = new Composer({
      tab: this.tab, name: this.id, label: this.label("web.compose.reply"),
      send: (...words) => this.channel.send(this, ...words),
    });
    this.inside.append(this.composer.node);
    for (const post of this.posts.values()) if (post.id !== this.id) this.putReply(post);
  }

  putReply(post) {
    if (!this.composer) return;
    let node = this.nodes.get(post.id);
    if (!node) {
      node = el("article", { class: "post", id: `post-${post.id}`, tabindex: -1 });
      node.number = post.number;
      this.nodes.set(post.id, node);
      const next = [...this.replies.children].find((other) => other.number > post.number);
      this.replies.insertBefore(node, next ?? this.replies.querySelector(".aside"));
    }
    node.hidden = post.deleted;
    node.replaceChildren(...drawPost(post, this.tab));
  }

  redraw(post) { if (this.posts.has(post)) this.put(this.posts.get(post)); }

  get count() { return [...this.posts.values()].filter((post) => post.id !== this.id && !post.deleted).length; }

  /** Puts something in passing (a whisper, a message on its way) at the end. */
  putAside(node) { this.replies.append(node); }

  drawToggle() {
    const count = this.count;
    const root = this.posts.get(this.id);
    this.node.hidden = root.deleted && count === 0;
    const unread = this.open ? 0 : count - this.seen;
    const many = count === 1 ? say("web.thread.one") : say("web.thread.many", { count });
    const closed = count === 0 ? this.label("web.thread.answer") : many;
    this.toggle.replaceChildren(icon(count === 0 && !this.open ? "reply" : "down"), el("span", { text: this.open ? say("web.thread.hide") : closed }),
      ...(unread > 0 ? [el("span", { class: "dot", role: "img", "aria-label": say("web.new") })] : []));
    this.inside.hidden = !this.open;
  }

  setOpen(open, chosen = false) {
    if (chosen) this.channel.atEnd = false; // what was pressed stays where it is
    if (chosen) sessionStorage.setItem(`open:${this.tab.me.id}:${this.id}`, open ? "1" : "0");
    this.open = open;
    if (open && !this.composer) this.build();
    if (open) this.seen = this.count;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.drawToggle();
    if (open) this.composer.fit();
  }

  /** Opens the thread to answer in it. */
  answer() {
    this.setOpen(true, true);
    this.composer.focus();
    this.composer.node.scrollIntoView({ block: "nearest" });
  }
}
