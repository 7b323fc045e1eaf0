// Talks with the server: requests for what is done, one socket for what happens.

import { nonce } from "./dom.js";

/** What the server refused, with its own sentence; or null text where it could not be reached. */
export class Refused extends Error {
  constructor(code, text) {
    super(code);
    this.code = code;
    this.text = text;
  }
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Refused("offline", null);
  }
  if (response.status === 401) location.assign("/login");
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? "offline", body.text ?? null);
  return body;
}

export const people = () => answer(fetch("/api/people"));
export const view = (me) => answer(fetch(path(me, "")));
export const moveClock = (move) => answer(fetch("/api/clock", { method: "POST", body: JSON.stringify({ move }) }));

const path = (me, rest) =>
  `/api/as/${encodeURIComponent(me.id)}${rest}?${new URLSearchParams(me.language ? { language: me.language } : {})}`;

export const fileUrl = (me, post, file) =>
  path(me, `/posts/${encodeURIComponent(post)}/files/${encodeURIComponent(file)}`);

/** Does something. The same `mark` sent twice is done once. */
export const act = (me, what, mark = nonce()) =>
  answer(fetch(path(me, "/acts"), { method: "POST", body: JSON.stringify({ ...what, nonce: mark }) }));

/** Sends a message with its files; `progress` hears how much of it has gone, from 0 to 1. */
export function sendMessage(me, message, files, mark, progress) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...message, nonce: mark })) if (value !== null) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return answer(new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path(me, "/posts"));
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = request.onabort = reject;
    request.send(form);
  }));
}

/** Keeps a socket open, and after every gap asks for what it missed. */
export class Feed {
  constructor(me, { onframe, onconnection }) {
    this.me = me;
    this.onframe = onframe;
    this.onconnection = onconnection;
    this.change = 0;
    this.pause = 300;
    this.open();
  }

  open() {
    const address = new URL(`/api/as/${encodeURIComponent(this.me.id)}/feed`, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    address.searchParams.set("after", this.change);
    this.socket = new WebSocket(address);
    this.socket.onopen = () => {
      this.pause = 300;
      this.onconnection(true);
    };
    this.socket.onmessage = (event) => {
      const frame = JSON.parse(event.data);
      if (frame.change !== undefined) this.change = frame.change;
      this.onframe(frame);
    };
    this.socket.onclose = () => {
      if (this.closed) return;
      this.onconnection(false);
      this.timer = setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(this.pause * 1.6, 4000);
    };
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close();
  }
}
