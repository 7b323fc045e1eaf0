// The page's words and times, in the language and zone of who reads.

let phrases = {};
let language = "es";
let zone = "UTC";
let ahead = 0; // how far the desk's clock is ahead of this machine's, in milliseconds

export function setReader(view) {
  ({ phrases, language } = view);
  zone = view.person.zone;
  document.documentElement.lang = language;
}

/** The phrase of a key, with values in its places. */
export function say(key, values = {}) {
  return phrases[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const setNow = (iso) => { ahead = Date.parse(iso) - Date.now(); };

/** The desk's time. */
export const now = () => new Date(Date.now() + ahead);

const formats = new Map();

function format(date, options, timeZone = zone) {
  const key = JSON.stringify([language, timeZone, options]);
  if (!formats.has(key)) {
    const locale = language === "es" ? "es-US" : "en-US";
    const hourCycle = language === "es" ? { hourCycle: "h23" } : {};
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone, ...hourCycle, ...options }));
  }
  return formats.get(key).format(date);
}

const CLOCK = { hour: "numeric", minute: "2-digit" };
const DAY = { weekday: "short", day: "numeric", month: "short" };

export const clockTime = (date, inZone) => format(date, CLOCK, inZone);
export const dayAndTime = (date, inZone) => format(date, { ...DAY, ...CLOCK }, inZone);
export const dayKey = (date) => format(date, { year: "numeric", month: "2-digit", day: "2-digit" });

/** A day as people call it: today, yesterday, or its date. */
export function dayName(date) {
  const key = dayKey(date);
  if (key === dayKey(now())) return say("web.today");
  if (key === dayKey(new Date(now().getTime() - 864e5))) return say("web.yesterday");
  return format(date, { weekday: "long", day: "numeric", month: "long" });
}

/** An instant in the reader's own zone, as finely as it is known. */
export function instantText(date, grain) {
  if (grain === "hour" || grain === "minute") return format(date, { ...DAY, ...CLOCK });
  if (grain === "second") return format(date, { ...DAY, ...CLOCK, second: "2-digit" });
  return null; // a day or a part of one is not the same day elsewhere: its own words say it best
}

/** The city in the name of a zone. */
export const zoneCity = (name) => name.split("/").pop().replaceAll("_", " ");

export function sizeText(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let at = 0;
  let size = bytes;
  while (size >= 1000 && at < units.length - 1) { size /= 1000; at += 1; }
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)} ${units[at]}`;
}
