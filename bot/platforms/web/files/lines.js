/* Lines: what is said, as it comes and as it changes. */
"use strict";

const HANDLES = "a, button, summary";
const OWN = ["open", "aria-busy"]; // what the window has put there itself

const logs = () => [...document.querySelectorAll("[data-log]")];

function answers(line) {
  return performance.now() - pressed < ANSWERED_WITHIN && (line.dataset.only || body.dataset.place?.startsWith("@"));
}

function dress(line, log) {
  const before = line.previousElementSibling;
  const last = before && before.matches(".line") ? before : null;
  if (log.dataset.log && log.dataset.log === line.dataset.ref) line.removeAttribute("id");
  if (!last || (last.dataset.day !== line.dataset.day && last.dataset.ref !== log.dataset.log)) {
    const day = document.createElement("div");
    day.className = "day";
    day.append(document.createElement("span"));
    day.firstChild.textContent = line.dataset.day;
    line.before(day);
  } else if (line.dataset.author && last.dataset.author === line.dataset.author && last.dataset.only === line.dataset.only
    && last.dataset.ref !== log.dataset.log && line.dataset.at - last.dataset.at < 300
    && last.matches(".removed") === line.matches(".removed")) {
    line.classList.add("joined");
  }
}

/* Make `old` like `fresh`, and touch nothing that is alike: what is read out is then what is new, and a
   button stays where the finger is. A gesture that has not been sent is kept too. */
function morph(old, fresh) {
  if (old.isEqualNode(fresh) || (old.name === "gest" && fresh.name === "gest")) return;
  if (old.nodeName !== fresh.nodeName) { old.replaceWith(fresh); return; }
  if (old.nodeType !== Node.ELEMENT_NODE) { old.data = fresh.data; return; }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !OWN.includes(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if (!OWN.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [was, is] = [[...old.childNodes], [...fresh.childNodes]];
  if (was.length === is.length) was.forEach((child, place) => morph(child, is[place]));
  else old.replaceChildren(...is);
}

function change(old, line) {
  const before = [...old.querySelectorAll(HANDLES)];
  const opened = [...old.querySelectorAll("details")].map((one) => one.open);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (old.matches(".joined")) line.classList.add("joined");
  if (!old.id) line.removeAttribute("id"); // in a thread the line it hangs under has none
  morph(old, line);
  const same = (one) => [...old.querySelectorAll(HANDLES)][before.indexOf(one)] || old;
  opened.forEach((open, place) => { if (open) old.querySelectorAll("details")[place]?.setAttribute("open", ""); });
  if (opener && !opener.isConnected && before.includes(opener)) opener = same(opener); // where focus goes when the dialog closes
  if (focused && !focused.isConnected) same(focused).focus({ preventScroll: true });
}

function show({ rad, trad, html }) {
  for (const log of logs()) {
    const line = made(html).firstElementChild;
    const inside = log.firstElementChild;
    const old = inside.querySelector(`[data-ref="${rad}"]`);
    if (old) change(old, line);
    else if (log.dataset.log === trad) {
      inside.querySelector(".empty")?.remove();
      const below = log.scrollTop > -40; // column-reverse: 0 is the newest, above it is negative
      inside.append(line);
      dress(line, log);
      if (line.dataset.author === body.dataset.own) log.scrollTop = 0;
      else if ((below || answers(line)) && line.offsetHeight > log.clientHeight) line.scrollIntoView({ block: "start" });
      else if (answers(line)) line.scrollIntoView({ block: "nearest" });
    }
  }
}

/* A whole log as the server has it now: silently, and what is there already stays the same element. */
function refill(log, fresh) {
  const inside = log.firstElementChild;
  const [top, focused] = [log.scrollTop, document.activeElement];
  const kept = [...fresh.firstElementChild.children].map((one) => {
    const old = one.dataset.ref && inside.querySelector(`[data-ref="${one.dataset.ref}"]`);
    if (!old) return one;
    old.classList.remove("joined");
    change(old, one);
    return old;
  });
  log.setAttribute("aria-live", "off");
  inside.replaceChildren(...kept);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  log.scrollTop = top;
  if (inside.contains(focused)) focused.focus({ preventScroll: true });
}

/* Where somebody was reading: a thread beside, the way back and a page loaded anew leave it in sight. */
const readKey = `rullat ${location.pathname}`;
const roomLog = document.querySelector(".room .log");
addEventListener("pagehide", () => {
  sessionStorage.setItem("rullat", location.pathname);
  if (roomLog.checkVisibility()) sessionStorage.setItem(readKey, roomLog.scrollTop);
});
const returning = performance.getEntriesByType("navigation")[0]?.type !== "navigate"
  || sessionStorage.getItem("rullat") === location.pathname;
if (returning && !location.hash) roomLog.scrollTop = Number(sessionStorage.getItem(readKey) || 0);
