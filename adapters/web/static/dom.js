// Small helpers for building the page. Text always goes in as text, never as markup.

/** Makes an element. `class`, `text`, `on<event>` and plain attributes; null and false are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  send: "M3.4 20.4 21 12 3.4 3.6 3 10l10 2-10 2z",
  clip: "M16.5 6.5v10a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9.5a1.5 1.5 0 0 1-3 0V7H9v8.500a3 3 0 0 0 6 0V6a4.500 4.500 0 0 0-9 0v10.500a6 6 0 0 0 12 0v-10z",
  mail: "M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm0 3.200V17h16V8.200l-8 5.300zM5.400 7l6.600 4.300L18.600 7z",
  clock: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm1 3v4.600l3.200 1.900-1 1.700L11 12.700V7z",
  smile: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.500 9A1.200 1.200 0 1 1 8.500 11.400 1.200 1.200 0 0 1 8.500 9zm7 0a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400zM7.500 14h9a4.700 4.700 0 0 1-9 0z",
  edit: "M16.800 3.200a2 2 0 0 1 2.800 0l1.200 1.200a2 2 0 0 1 0 2.800L8.600 19.400 3 21l1.600-5.600zM6.300 16.500l-.6 1.800 1.800-.6L17 8.200 15.800 7z",
  bin: "M9 3h6l1 2h4v2H4V5h4zM6 8h12l-1 13H7zm3 2 .5 9h1.500l-.4-9zm4.400 0-.4 9h1.500l.5-9z",
  close: "m6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600 10.600 12 5 6.400z",
  down: "M12 15.600 5.400 9l1.400-1.400 5.200 5.200 5.200-5.200L18.600 9z",
  file: "M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm0 2v16h11V8h-4V4z",
  reply: "M10 5v4c7 .5 10 4.500 11 10-2.500-3.500-5.500-5-11-5v4l-7-6.500z",
};

/** Makes an icon; it says nothing by itself, its button has the label. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

/** Makes a button that shows an icon and is named by its label. */
export function iconButton(name, label, onclick, props = {}) {
  return el("button", { type: "button", class: "quiet", title: label, "aria-label": label, onclick, ...props }, icon(name));
}

const SHADES = 6;

/** Makes the round sign of somebody: their initials on a colour that stays theirs. */
export function avatar(id, name) {
  if (!id) return el("img", { class: "avatar", src: "/static/mark.svg", alt: "", width: 34, height: 34 });
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((part) => [...part][0]).join("");
  const shade = [...id].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % SHADES;
  return el("span", { class: `avatar shade-${shade}`, "aria-hidden": "true", text: initials.toUpperCase() });
}

/** Says something for a few seconds at the edge of the page. */
export function toast(text) {
  const node = el("p", { class: "toast", text });
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 7000);
}

/** Whether the person points with something finer than a finger, so that a keyboard will not pop up. */
export const finePointer = () => matchMedia("(pointer: fine)").matches;

/** An id for one act, so that sent twice it is done once. */
export function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
