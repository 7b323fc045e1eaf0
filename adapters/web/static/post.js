// Draws one post: who, when, what, and what can be done with it.

import { avatar, el, icon, iconButton, toast } from "./dom.js";
import { drawFile, drawMessage } from "./message.js";
import { act } from "./net.js";
import { clockTime, dayAndTime, say } from "./words.js";

const LONG = 1500; // characters, or
const TALL = 24; // lines, that are shown at first

const author = (post, tab) => (post.author ? tab.view.names[post.author]?.name ?? post.author : tab.view.assistant);

/** Does something with a post and says so when it was refused. */
async function attempt(tab, what, place) {
  try {
    const { reply, taken } = await act(tab.me, what);
    tab.replied(reply, place, taken);
    return true;
  } catch (refused) {
    toast(refused.text ?? say("web.unreached"));
    return false;
  }
}

const placeOf = (post) => ({ channel: post.channel, thread: post.thread ?? (post.id || null) });

function drawText(text) {
  const body = el("p", { class: "text", dir: "auto", text });
  if (text.length <= LONG && text.split("\n").length <= TALL) return body;
  const label = () => `${say(body.classList.contains("clamped") ? "web.show_more" : "web.show_less")} · ${say("web.characters", { count: text.length.toLocaleString(document.documentElement.lang) })}`;
  body.classList.add("clamped");
  const more = el("button", { type: "button", class: "link", text: label(), onclick: () => { body.classList.toggle("clamped"); more.textContent = label(); } });
  return [body, more];
}

function drawReactions(post, tab) {
  const byEmoji = new Map();
  for (const reaction of post.reactions) byEmoji.set(reaction.emoji, [...(byEmoji.get(reaction.emoji) ?? []), reaction]);
  if (byEmoji.size === 0) return null;
  return el("div", { class: "reactions" }, [...byEmoji].map(([emoji, reactions]) => {
    const mine = reactions.some((reaction) => reaction.person === tab.me.id);
    const names = reactions.map((reaction) => (reaction.person ? tab.view.names[reaction.person]?.name : tab.view.assistant)).join(", ");
    const sign = tab.view.emoji[emoji] ?? `:${emoji}:`;
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(mine), title: names, "aria-label": `${sign} ${reactions.length}: ${names}`,
      onclick: () => attempt(tab, { kind: "reacted", message: post.id, emoji, added: !mine }, placeOf(post)),
    }, `${sign} ${reactions.length}`);
  }));
}

function drawEmojiMenu(post, tab) {
  const menu = el("details", { class: "emoji" }, el("summary", { class: "quiet", title: say("web.react"), "aria-label": say("web.react") }, icon("smile")));
  menu.append(el("div", { class: "menu" }, Object.entries(tab.view.emoji).map(([emoji, sign]) => el("button", {
    type: "button", class: "quiet", text: sign, title: say(`web.react.${emoji}`), "aria-label": say(`web.react.${emoji}`),
    onclick: () => { menu.open = false; attempt(tab, { kind: "reacted", message: post.id, emoji, added: true }, placeOf(post)); },
  }))));
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.firstChild.focus(); } });
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
  return menu;
}

function edit(post, tab, body) {
  const box = el("textarea", { class: "editing", dir: "auto", value: post.text, rows: Math.min(10, post.text.split("\n").length + 1), "aria-label": say("web.edit") });
  const stop = () => { editor.replaceWith(body); tab.redraw(post.id); };
  const save = async () => {
    if (box.value.trim() === post.text || await attempt(tab, { kind: "edited", message: post.id, text: box.value.trim() }, placeOf(post))) stop();
  };
  const editor = el("div", { class: "editor" }, box, el("div", { class: "controls" },
    el("button", { type: "button", class: "button primary", text: say("web.save"), onclick: save }),
    el("button", { type: "button", class: "button", text: say("web.cancel"), onclick: stop })));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(); }
  });
  body.replaceWith(editor);
  box.focus();
}

/** Asks once more before the message goes: the second press within a few seconds does it. */
function deleteButton(post, tab) {
  const button = iconButton("bin", say("web.delete"), () => {
    if (button.classList.contains("sure")) { attempt(tab, { kind: "deleted", message: post.id }, placeOf(post)); return; }
    button.classList.add("sure");
    button.replaceChildren(say("web.delete.sure"));
    setTimeout(() => { button.classList.remove("sure"); button.replaceChildren(icon("bin")); }, 4000);
  });
  return button;
}

/** Tells the desk of a choice made in a message; a whisper is no post and has no id. */
export async function press(post, tab, control, value, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  const place = placeOf(post);
  const controls = [...node.closest(".controls").querySelectorAll("button, select")];
  for (const other of controls) other.setAttribute("aria-busy", "true");
  tab.channels.get(post.channel)?.expect(post);
  const done = await attempt(tab, { kind: "pressed", ...place, message: post.id || null, name: control.name, value }, place);
  for (const other of controls) other.removeAttribute("aria-busy");
  if (done && control.kind === "select") node.value = "";
  if (done) tab.pressed(post);
}

/** Draws the inside of a post. `reply` names and opens its thread, where it can have one. */
export function drawPost(post, tab, reply) {
  const mine = post.author === tab.me.id;
  const name = author(post, tab);
  const at = new Date(post.at);
  const body = el("div", { class: "body" });
  if (post.deleted) body.append(el("p", { class: "gone", text: say("web.deleted") }));
  else if (post.message) body.append(drawMessage(post.message, post, tab, (...choice) => press(post, tab, ...choice)));
  else if (post.text) body.append(...[drawText(post.text)].flat());
  if (post.files.length > 0) body.append(el("ul", { class: "files" }, post.files.map((file) => drawFile(file, post, tab))));
  const person = tab.view.names[post.author];
  const tag = post.author ? person && !person.staff && tab.view.names[tab.me.id]?.staff && person.company : say("web.app");
  const tools = !post.deleted && post.id && el("div", { class: "tools" },
    drawEmojiMenu(post, tab),
    reply && iconButton("reply", reply.label, reply.open),
    mine && iconButton("edit", say("web.edit"), () => edit(post, tab, body)),
    mine && deleteButton(post, tab));
  return [
    avatar(post.author, name),
    el("div", { class: "said" },
      el("p", { class: "by" },
        el("bdi", { class: "name", text: name }), tag && el("span", { class: "tag", text: tag }),
        post.id && el("time", { datetime: post.at, title: dayAndTime(at), text: clockTime(at) }),
        post.edited_at && el("span", { class: "tag plain", text: say("web.edited") })),
      tools, body, drawReactions(post, tab)),
  ];
}

/** What a screen reader is told of a new post. */
export function announcement(post, tab) {
  const text = post.message ? drawMessage(post.message, post, tab, () => {}).innerText : post.text;
  return say("web.says", { name: author(post, tab), text: text.slice(0, 400) });
}
