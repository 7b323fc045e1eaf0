// The e-mail tray: what was sent, and a way to answer it as whoever it was sent to.

import { el, finePointer, icon, iconButton, nonce, toast } from "./dom.js";
import { drawMessage } from "./message.js";
import { act } from "./net.js";
import { dayAndTime, say } from "./words.js";

/** Where an answer is written; what was begun stays while other letters come in. */
class Answering {
  constructor(letter, tab) {
    this.letter = letter;
    this.tab = tab;
    this.mark = nonce(); // one for each answer: the same one sent twice is one
    const label = say("web.tray.answer", { to: letter.mail.to });
    this.box = el("textarea", { rows: 3, "aria-label": label, oninput: () => { this.mark = nonce(); } });
    this.send = el("button", { type: "button", class: "button primary", text: say("web.send"), onclick: () => this.deliver() });
    this.begin = el("button", { type: "button", class: "button", text: label, onclick: () => this.open(true) });
    this.form = el("div", { class: "answering", hidden: true }, this.box,
      el("div", { class: "controls" }, this.send, el("button", { type: "button", class: "button", text: say("web.cancel"), onclick: () => this.open(false) })));
    this.node = el("footer", {}, this.begin, this.form);
  }

  open(wanted) {
    this.form.hidden = !wanted;
    this.begin.hidden = wanted;
    if (wanted && finePointer()) this.box.focus();
  }

  async deliver() {
    if (!this.box.value.trim()) { this.box.focus(); return; }
    this.send.disabled = true;
    try {
      await act(this.tab.me, { kind: "answered", letter: this.letter.id, text: this.box.value }, this.mark);
      this.box.value = "";
      this.mark = nonce();
      this.open(false);
      toast(say("web.tray.answered", { to: this.letter.mail.to }));
    } catch (refused) {
      toast(refused.text ?? say("web.unreached"));
    } finally {
      this.send.disabled = false;
    }
  }
}

function drawLetter(letter, answering, tab) {
  const { to, subject, message } = letter.mail;
  return el("article", { class: "letter", "data-letter": letter.id },
    el("header", {}, el("h3", { text: subject }), el("p", { class: "small" }, `${say("web.tray.to")}: `, el("bdi", { text: to }), ` · ${dayAndTime(new Date(letter.at))}`)),
    drawMessage(message, { id: letter.id, channel: "", thread: null }, tab, () => {}),
    letter.answers.map((answer) => el("blockquote", { class: "answer" },
      el("p", { class: "small" }, el("bdi", { text: to }), ` · ${dayAndTime(new Date(answer.at))}`), el("bdi", { text: answer.text }))),
    answering.node);
}

/** Draws the button of the tray, and the tray itself. */
export function drawTray(tab) {
  const list = el("div", { class: "letters" });
  const answering = new Map();
  const shut = () => dialog.close();
  const dialog = el("dialog", { class: "tray", "aria-labelledby": "tray-title", onclick: (event) => { if (event.target === dialog) shut(); } },
    el("header", {}, el("h2", { id: "tray-title", text: say("web.tray") }), iconButton("close", say("web.close"), shut)), list);
  let seen = 0;
  const count = el("span", { class: "count", hidden: true });
  const draw = () => {
    const letters = [...tab.letters.values()].reverse();
    for (const letter of letters) if (!answering.has(letter.id)) answering.set(letter.id, new Answering(letter, tab));
    const typing = list.contains(document.activeElement) ? document.activeElement : null;
    list.replaceChildren(...(letters.length > 0 ? letters.map((letter) => drawLetter(letter, answering.get(letter.id), tab)) : [el("p", { class: "empty", text: say("web.tray.empty") })]));
    typing?.focus({ preventScroll: true });
    if (dialog.open) seen = letters.length;
    count.hidden = letters.length === seen;
    count.textContent = letters.length - seen;
  };
  const open = () => { dialog.showModal(); draw(); };
  tab.on("letters", () => { if (!tab.started) seen = tab.letters.size; draw(); });
  draw();
  return [el("button", { type: "button", class: "quiet tray-button", onclick: open }, icon("mail"), el("span", { text: say("web.tray") }), count), dialog];
}
