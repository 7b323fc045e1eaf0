// One channel: its threads from old to new, and where to write.

import { Composer, takeDrops } from "./composer.js";
import { el, icon, nonce } from "./dom.js";
import { drawMessage } from "./message.js";
import { act, sendMessage } from "./net.js";
import { press } from "./post.js";
import { Thread } from "./thread.js";
import { dayKey, dayName, now, say } from "./words.js";

const OPEN = 2; // of the newest threads
const NEAR = 120; // pixels from the end that still count as reading the end
const BREATH = 60_000; // milliseconds in which more words go on with what nobody has answered yet

export class Channel {
  constructor(tab, channel) {
    this.tab = tab;
    this.id = channel.id;
    this.about = channel;
    this.threads = new Map();
    this.unread = 0;
    this.sending = Promise.resolve();
    this.ghosts = [];
    this.expected = null; // where this person is waiting for an answer: { thread }, null for any of theirs
    this.empty = el("p", { class: "empty", text: say(`web.channel.empty.${channel.role}`) });
    this.list = el("div", { class: "list" });
    this.stream = el("div", { class: "stream", tabindex: 0, role: "region", "aria-label": `#${channel.name}`, onscroll: () => this.scrolled(), onwheel: () => this.leave(), ontouchmove: () => this.leave() }, this.empty, this.list);
    this.atEnd = true;
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.list); // pictures come in late
    this.latest = el("button", { type: "button", class: "latest", hidden: true, onclick: () => this.toEnd() }, icon("down"), say("web.latest"));
    this.composer = new Composer({ tab, name: channel.id, label: say("web.compose"), where: `#${channel.name}`, send: (...words) => this.send(null, ...words) });
    this.node = el("section", { class: "channel", "data-channel": channel.id }, this.stream, this.latest, this.composer.node);
    takeDrops(this.node, tab, (nodes) => this.composerAt(nodes));
  }

  get near() { return this.stream.scrollHeight - this.stream.scrollTop - this.stream.clientHeight < NEAR; }

  get shown() { return this.node.isConnected && this.node.offsetParent !== null; }

  scrolled() {
    this.atEnd = this.near;
    if (this.near) this.latest.hidden = true;
  }

  toEnd() {
    this.stream.scrollTop = this.stream.scrollHeight;
    this.latest.hidden = true;
  }

  /** Whether who reads is helped by the assistant here, rather than at work. */
  get guided() { return this.about.role === "customer" && !this.tab.view.names[this.tab.me.id].staff; }

  /** The thread of this person that goes on: the assistant asks there, or has not had the time to answer. */
  get conversation() {
    if (!this.guided) return null;
    const last = (thread) => thread.by(this.tab.me.id).at(-1)?.number ?? 0;
    const [thread] = [...this.threads.values()].filter(last).sort((a, b) => last(b) - last(a));
    if (!thread) return null;
    const begun = now() - Date.parse(thread.posts.get(thread.id).at);
    return thread.asks || (thread.by("").length === 0 && begun < BREATH) ? thread : null;
  }

  /** Expects an answer to what was done with a post, or to new words. */
  expect(post) { this.expected = { thread: (post && this.thread(post)) ?? null }; }

  leave() { this.expected = null; }

  /** The first of these posts that answers this person. */
  answerAmong(posts) {
    return this.expected && posts.find((post) => {
      const thread = this.thread(post);
      if (post.author || !thread || !(this.guided || thread.open)) return false;
      return this.expected.thread ? thread === this.expected.thread : this.guided && thread.by(this.tab.me.id).length > 0;
    });
  }

  /** Goes on where the answer came: it is shown, and so is the place for the next words. */
  follow(post) {
    const thread = this.thread(post);
    thread.setOpen(true, true);
    if (this.composer.box === document.activeElement && this.composer.empty) thread.composer.focus();
    this.reveal(document.getElementById(`post-${post.id}`), thread);
  }

  /** Scrolls to where the next words go in a thread, but never past the beginning of `node`. */
  reveal(node, thread) {
    const seen = this.stream.getBoundingClientRect();
    const down = Math.max(0, thread.composer.node.getBoundingClientRect().bottom - seen.bottom);
    this.stream.scrollTop += Math.min(down, node.getBoundingClientRect().top - seen.top);
    this.atEnd = this.near;
  }

  composerAt(nodes) {
    const thread = nodes.find((node) => node.thread?.open)?.thread;
    return thread?.composer ?? this.composer;
  }

  thread(post) { return this.threads.get(post.thread ?? post.id); }

  /** Puts posts where they belong; returns those that were not known. */
  put(posts) {
    const wasNear = this.near;
    const fresh = posts.filter((post) => this.putOne(post));
    this.empty.hidden = this.threads.size > 0;
    if (fresh.some((post) => post.thread === null)) this.drawDays();
    this.openNewest();
    this.composer.call(say(this.conversation?.asks ? "web.compose.go_on" : "web.compose"));
    const answer = this.answerAmong(fresh);
    if (answer) this.follow(answer);
    else if (wasNear) this.toEnd();
    else if (fresh.some((post) => post.author !== this.tab.me.id)) this.latest.hidden = false;
    return fresh;
  }

  putOne(post) {
    this.settle(post);
    let thread = this.thread(post);
    if (!thread && post.thread !== null) return false; // its thread was never seen: nothing to hang it on
    if (thread) return thread.put(post);
    thread = new Thread(this, post);
    thread.number = post.number;
    this.threads.set(post.id, thread);
    const next = [...this.threads.values()].find((other) => other.number > post.number);
    this.list.insertBefore(thread.node, next?.node ?? null);
    return true;
  }

  /** Takes away the message on its way that has arrived as this post. */
  settle(post) {
    const mine = post.author === this.tab.me.id;
    const at = this.ghosts.findIndex((ghost) => mine && ghost.text === post.text && ghost.thread === post.thread);
    if (at >= 0) this.ghosts.splice(at, 1)[0].node.remove();
  }

  openNewest() {
    const newest = [...this.threads.values()].sort((a, b) => b.number - a.number);
    for (const [index, thread] of newest.entries()) {
      const open = thread.choice === null ? index < OPEN && thread.count > 0 : thread.choice === "1";
      if (open) { thread.setOpen(true); } else if (thread.open && thread.choice === "0") thread.setOpen(false);
    }
  }

  drawDays() {
    for (const node of this.list.querySelectorAll(".day")) node.remove();
    let day = null;
    for (const node of [...this.list.children]) {
      if (!node.thread) continue;
      const at = new Date(node.thread.posts.get(node.thread.id).at);
      if (dayKey(at) !== day) node.before(el("h3", { class: "day" }, el("span", { text: dayName(at) })));
      day = dayKey(at);
    }
  }

  /**
   * Sends what was written, one after the other, so that it arrives in the order it was written. Words count from
   * their first key: what was asked after that, they do not answer.
   */
  send(thread, text, files, begun) {
    const place = { channel: this.id, thread: thread?.id ?? null };
    this.expect(thread && { id: thread.id });
    if (/^\/\p{L}/u.test(text) && files.length === 0) {
      this.sending = this.sending.then(() => this.command(text, place, thread));
      return;
    }
    const ghost = { ...this.ghost(text, files), text, thread: place.thread };
    this.putAside(ghost.node, thread);
    this.ghosts.push(ghost);
    const mark = nonce();
    const deliver = async () => {
      try {
        ghost.on("");
        ghost.thread ??= this.conversation?.id ?? null;
        const waited = Math.round(performance.now() - begun);
        const message = { channel: this.id, thread: ghost.thread, text, waited };
        const { post } = await sendMessage(this.tab.me, message, files, mark, (part) => files.length > 0 && ghost.on(say("web.uploading", { percent: Math.round(part * 100) })));
        ghost.node.remove();
        this.tab.take([post]);
      } catch (refused) {
        const again = () => { if (ghost.node.isConnected) this.sending = this.sending.then(deliver); };
        ghost.failed(refused.text ?? say("web.unsent"), again);
        if (refused.text === null) this.tab.unsent.push(again);
      }
    };
    this.sending = this.sending.then(deliver);
  }

  async command(text, place, thread) {
    const waiting = this.ghost(text, []);
    this.putAside(waiting.node, thread);
    const mark = nonce();
    const deliver = async () => {
      try {
        waiting.on("");
        const { reply, taken } = await act(this.tab.me, { kind: "invoked", ...place, text }, mark);
        waiting.node.remove();
        this.tab.replied(reply, place, taken);
      } catch (refused) {
        waiting.failed(refused.text ?? say("web.unreached"), deliver);
      }
    };
    await deliver();
  }

  putAside(node, thread) {
    if (thread?.open) {
      thread.putAside(node);
      this.reveal(node, thread);
    } else {
      this.list.append(node);
      this.toEnd();
    }
  }

  /** A message on its way. */
  ghost(text, files) {
    const state = el("p", { class: "small", text: say("web.sending") });
    const again = el("button", { type: "button", class: "link" });
    const node = el("article", { class: "aside ghost" }, el("p", { class: "text", dir: "auto", text: text.slice(0, 2000) }),
      files.length > 0 && el("p", { class: "small", text: files.map((file) => file.name).join(", ") }), state);
    return {
      node,
      on: (how) => { node.classList.remove("failed"); state.textContent = how || say("web.sending"); },
      failed: (why, retry) => {
        node.classList.add("failed");
        const send = again.cloneNode();
        send.textContent = say("web.send");
        send.onclick = retry;
        const drop = again.cloneNode();
        drop.textContent = say("web.whisper.dismiss");
        drop.onclick = () => node.remove();
        state.replaceChildren(why, " ", send, " ", drop);
      },
    };
  }

  /** Something that only this person is told, here and now. */
  whisper(message, thread) {
    const post = { id: "", channel: this.id, thread: thread?.id ?? null };
    const node = el("article", { class: "aside whisper", role: "status" },
      el("p", { class: "small" }, say("web.whisper"), " · ", el("button", { type: "button", class: "link", text: say("web.whisper.dismiss"), onclick: () => node.remove() })),
      drawMessage(message, post, this.tab, (...choice) => press(post, this.tab, ...choice)));
    thread?.setOpen(true);
    this.putAside(node, thread);
  }
}
