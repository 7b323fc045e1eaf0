// One open tab: who it is, what it has heard, and what it shows.

import { Channel } from "./channel.js";
import { finePointer, toast } from "./dom.js";
import { openForm } from "./forms.js";
import { announcement } from "./post.js";
import { say, setNow } from "./words.js";

export class Tab {
  constructor(me, view) {
    this.me = me;
    this.view = view;
    this.changes = new Map(); // post id to the number of its last change
    this.letters = new Map();
    this.unsent = []; // what to do again once the server is back
    this.started = false;
    this.listeners = new Map();
    this.channels = new Map(view.channels.map((channel) => [channel.id, new Channel(this, channel)]));
  }

  on(what, listener) { this.listeners.set(what, listener); }

  tell(what, ...values) { this.listeners.get(what)?.(...values); }

  /** Takes what the server says. */
  hear(frame) {
    if (frame.anew) location.reload();
    if (frame.clock) { setNow(frame.clock); this.tell("clock"); }
    if (frame.reply) this.replied(frame.reply, null, true);
    if (frame.letters?.length) { for (const letter of frame.letters) this.letters.set(letter.id, letter); this.tell("letters"); }
    if (frame.posts) { this.take(frame.posts); this.start(); }
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.tell("started");
  }

  connected() { for (const again of this.unsent.splice(0)) again(); }

  take(posts) {
    const news = posts.filter((post) => (this.changes.get(post.id) ?? 0) < post.change);
    for (const post of news) this.changes.set(post.id, post.change);
    for (const [id, channel] of this.channels) {
      const here = news.filter((post) => post.channel === id);
      if (here.length > 0) this.announce(channel, channel.put(here));
    }
  }

  announce(channel, fresh) {
    const others = fresh.filter((post) => post.author !== this.me.id);
    if (!this.started) {
      for (const thread of channel.threads.values()) { thread.seen = thread.count; thread.drawToggle(); }
      channel.toEnd();
      return;
    }
    if (others.length === 0) return;
    if (!channel.shown || document.hidden) channel.unread += others.length;
    this.tell("unread");
    if (!channel.shown) return;
    const live = document.getElementById("live");
    for (const post of others) {
      const line = document.createElement("p");
      line.textContent = announcement(post, this);
      live.append(line);
      setTimeout(() => line.remove(), 8000);
    }
  }

  redraw(post) {
    for (const channel of this.channels.values()) for (const thread of channel.threads.values()) thread.redraw(post);
  }

  /** Does what the desk replied: opens a form, or shows what only this person is told. */
  replied(reply, place, taken) {
    if (!taken) toast(say("web.late"));
    const where = place ?? { channel: this.view.channels[0].id, thread: null };
    if (reply?.kind === "open_form") openForm(reply.view, where, this, (next, done) => this.replied(next, where, done));
    if (reply?.kind === "whisper") {
      const channel = this.channels.get(where.channel);
      channel.whisper(reply.message, channel.threads.get(where.thread) ?? null);
    }
  }

  /** After a choice by mouse the next words may be typed at once. */
  pressed(post) {
    const thread = this.channels.get(post.channel)?.thread(post);
    if (thread?.open && finePointer() && !document.querySelector("dialog[open]")) thread.composer.focus();
  }

  /** Shows a post, wherever it is. */
  show(channelId, postId) {
    const channel = this.channels.get(channelId);
    if (!channel) { toast(say("web.elsewhere")); return; }
    this.tell("show", channelId);
    for (const thread of channel.threads.values()) if (thread.posts.has(postId)) thread.setOpen(true, true);
    const node = document.getElementById(`post-${postId}`);
    node?.scrollIntoView({ block: "center" });
    node?.focus({ preventScroll: true });
  }
}
