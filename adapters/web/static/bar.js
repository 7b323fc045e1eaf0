// The bar on top: what time it is at the desk, the e-mail tray, and who reads in which language.

import { el, icon, toast } from "./dom.js";
import { moveClock } from "./net.js";
import { drawTray } from "./tray.js";
import { clockTime, dayAndTime, now, say, zoneCity } from "./words.js";

function drawClock(tab) {
  const { zone, movable } = tab.view.clock;
  const city = zone === "America/New_York" ? "Miami" : zoneCity(zone);
  const time = el("time", { class: "time" });
  const tick = () => { time.textContent = dayAndTime(now(), zone); time.dateTime = now().toISOString(); };
  const move = async (how) => {
    try { await moveClock(how); } catch (refused) { toast(refused.text ?? say("web.unreached")); }
  };
  const moves = ["quarter", "hour", "morning"].map((how) =>
    el("button", { type: "button", class: "chip-button", text: say(`web.clock.${how}`), onclick: () => move(how), "data-move": how }));
  tick();
  setInterval(tick, 1000);
  tab.on("clock", tick);
  return el("div", { class: "clock", role: "group", "aria-label": say("web.clock") },
    icon("clock"), el("span", { class: "city", text: say("web.clock.at", { city }) }), time,
    movable && el("span", { class: "moves" }, moves));
}

/** Who is here is in the address, so that every tab can be somebody else and a reload changes nobody. */
function go(change) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(change)) address.searchParams.set(name, value);
  address.hash = "";
  location.assign(address);
}

function drawWho(tab, everybody) {
  const list = el("select", { id: "who", "aria-label": say("web.who"), onchange: () => go({ as: list.value, language: everybody.find((other) => other.id === list.value).language }) },
    everybody.map((person) => el("option", { value: person.id, text: `${person.name} · ${person.company}`, selected: person.id === tab.me.id })));
  const languages = tab.view.languages.map((language) => el("button", {
    type: "button", class: "chip-button", text: language.toUpperCase(), lang: language, title: say(`web.language.${language}`),
    "aria-label": say(`web.language.${language}`), "aria-pressed": String(language === tab.view.language), onclick: () => go({ as: tab.me.id, language }),
  }));
  return [
    el("label", { class: "who" }, el("span", { text: say("web.who"), "aria-hidden": "true" }), list),
    el("div", { class: "languages", role: "group", "aria-label": say("web.language") }, languages),
  ];
}

/** Draws the bar. */
export function drawBar(tab, everybody) {
  return [
    el("h1", { class: "brand" }, el("img", { src: "/static/mark.svg", alt: "", width: 26, height: 26 }), el("span", { text: say("web.title") })),
    drawClock(tab), el("span", { class: "space" }), drawTray(tab), drawWho(tab, everybody),
  ].flat();
}
