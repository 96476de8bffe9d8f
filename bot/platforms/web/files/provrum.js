/* Makes the pages live: sends without reloading, shows forms in a dialog, listens for what is new.
   Everything here also works without it, by plain forms and links. */
"use strict";

const body = document.body;
const dialog = document.getElementById("dialog");
const status = document.querySelector("[data-status]");
const BY_SCRIPT = { "X-Provrum": "1" };

function gesture() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function tell(words, seconds) {
  status.textContent = words;
  if (seconds) setTimeout(() => { if (status.textContent === words) status.textContent = ""; }, seconds * 1000);
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and escaped by our own server
  return template.content;
}

/* lines */

const logs = [...document.querySelectorAll("[data-log]")];
const ANSWERED_WITHIN = 3000;
let pressed = 0; // when something was last sent from here: what only you see then is the answer to it

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

function replace(old, line) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const names = [...old.querySelectorAll("a, button, summary")];
  const same = (one) => [...line.querySelectorAll("a, button, summary")][names.indexOf(one)] || line;
  const open = old.querySelector("details[open]") !== null;
  if (old.matches(".joined")) line.classList.add("joined");
  old.replaceWith(line);
  if (open) line.querySelector("details")?.setAttribute("open", "");
  if (opener && old.contains(opener)) opener = same(opener); // where focus goes when the dialog closes
  if (focused) same(focused).focus({ preventScroll: true });
}

function show({ rad, trad, html }) {
  for (const log of logs) {
    const line = made(html).firstElementChild;
    const inside = log.firstElementChild;
    const old = inside.querySelector(`[data-ref="${rad}"]`);
    if (old) {
      replace(old, line);
      if (log.dataset.log === rad) line.removeAttribute("id");
    } else if (log.dataset.log === trad) {
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

/* the stream */

/* Load anew, but never while somebody fills in a form or waits for an answer. */
function again() {
  if (dialog.open || document.querySelector("form[aria-busy=true]")) { setTimeout(again, 300); return; }
  if (document.activeElement?.matches(".composer textarea")) sessionStorage.setItem("skrev i", document.activeElement.id);
  location.reload();
}

let stream = null;
let after = body.dataset.after;

function listen(seated) {
  const asked = new URLSearchParams({ plats: body.dataset.place, efter: after });
  stream = new EventSource(`${body.dataset.home}/flode?${asked}`);
  const on = (kind, act) => stream.addEventListener(kind, (event) => {
    after = event.lastEventId || after;
    act(JSON.parse(event.data));
  });
  on("rad", show);
  on("klocka", ({ html }) => document.querySelector("[data-clock]").replaceChildren(made(html)));
  on("olasta", ({ plats, antal }) => {
    for (const link of document.querySelectorAll("[data-place]:not(body)")) {
      if (link.dataset.place !== plats) continue;
      const badge = link.querySelector(".badge");
      badge.hidden = antal === 0;
      badge.firstElementChild.textContent = antal;
    }
  });
  on("om", again);
  stream.onopen = () => { body.dataset.live = "yes"; reached(); if (status.dataset.lost) { status.dataset.lost = ""; tell("Kontakten är tillbaka.", 3); } };
  stream.onerror = () => {
    body.dataset.live = "";
    const refused = stream.readyState === EventSource.CLOSED;
    if (refused && seated) setTimeout(listen, 3000, seated);
    status.dataset.lost = "yes";
    tell(refused ? "Provrummet har startats om. Öppna adressen i terminalfönstret. Det du skriver är kvar."
      : "Kontakten bröts. Jag försöker igen. Det du skriver är kvar.");
  };
}

/* A browser opens six connections to one address. Four windows listen all the time, whatever is sent has
   the others to itself, and a window more looks in for a moment now and then. */
const LISTENING = 4;
const LOOK = 500;
const REST = 1500;

function free(seat) {
  return new Promise((told) => {
    navigator.locks.request(`nulage-flode-${seat}`, { ifAvailable: true }, (seated) => {
      told(seated !== null);
      return seated && new Promise(() => {}); // kept until the window closes
    }).catch(() => told(false));
  });
}

async function follow() {
  let seated = !navigator.locks;
  for (let seat = 1; seat <= LISTENING && !seated; seat += 1) seated = await free(seat);
  listen(seated);
  if (!seated) setTimeout(() => { stream.close(); setTimeout(follow, REST * (1 + Math.random())); }, LOOK);
}
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
follow();

/* the dialog */

let opener = null;

function openDialog(html) {
  if (!dialog.open) opener = document.activeElement;
  dialog.replaceChildren(made(html));
  for (const file of dialog.querySelectorAll(".file")) file.hidden = false;
  if (!dialog.open) dialog.showModal();
  const wrong = dialog.querySelector("[aria-invalid]");
  const at = wrong?.matches("fieldset") ? wrong.querySelector("input") : wrong;
  const first = at || dialog.querySelector("textarea, select, input:not([type=hidden]), button, a");
  dialog.scrollTop = 0;
  first?.focus({ preventScroll: true });
  const field = first?.closest(".field"); // what is wrong stands in sight, with the question that follows from it
  const bottom = (wrong && field?.nextElementSibling?.matches(".field") ? field.nextElementSibling : field || first)?.getBoundingClientRect().bottom;
  const row = dialog.querySelector(".dialog-row")?.getBoundingClientRect().top;
  if (dialog.querySelector(".intro blockquote")) return; // what is to be compared stands first: begin there
  if (bottom > (row ?? dialog.getBoundingClientRect().bottom)) (field || first).scrollIntoView({ block: "start" });
}

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  const back = opener?.isConnected ? opener : document.querySelector(".thread textarea, .room textarea");
  back?.focus({ preventScroll: performance.now() - pressed < ANSWERED_WITHIN }); // the answer stays in sight
});
dialog.addEventListener("click", (event) => { if (event.target === dialog && !dialog.querySelector("textarea")) dialog.close(); });

async function fetchDialog(url) {
  try {
    const answer = await fetch(url, { headers: BY_SCRIPT });
    if (!answer.ok) throw new Error(answer.status);
    openDialog(await answer.text());
  } catch { location.assign(url); }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog], a[data-close]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.matches("[data-close]") && !dialog.open) return;
  event.preventDefault();
  if (link.matches("[data-close]")) dialog.close();
  else { link.closest("details")?.removeAttribute("open"); fetchDialog(link.href); }
});

document.addEventListener("change", async (event) => {
  const file = event.target.files?.[0];
  const into = event.target.dataset.into && document.getElementById(event.target.dataset.into);
  if (!file || !into) return;
  if (file.size > 900000) { tell("Filen är för stor. Dela upp den. Inget har ändrats.", 6); return; }
  into.value = await file.text();
  into.focus();
});

/* sending */

function trouble(form, words) {
  const at = form.querySelector(".composer > .error, :scope > .error");
  if (dialog.contains(form)) { // the status line lies behind an open dialog
    form.querySelector(":scope > .alert")?.remove();
    if (!words) return;
    const alert = document.createElement("p");
    alert.className = "alert";
    alert.setAttribute("role", "alert");
    form.prepend(alert);
    alert.textContent = words;
    dialog.scrollTop = 0;
    return;
  }
  if (!form.matches("[data-composer]") || !at) { tell(words, 8); return; }
  at.textContent = words;
  at.hidden = !words;
  const area = form.querySelector("textarea");
  if (words) area.setAttribute("aria-invalid", "true");
  else area.removeAttribute("aria-invalid");
}

/* Contact is back: what said that it was not is no longer so. */
function reached() {
  for (const form of document.querySelectorAll("form[data-unreached]")) {
    delete form.dataset.unreached;
    trouble(form, "");
  }
}

function settled(form, answer) {
  form.elements.gest.value = gesture();
  if (form.matches("[data-composer]")) { form.elements.text.value = ""; keep(form); trouble(form, ""); }
  if (answer.ga) location.assign(answer.ga);
  else if (answer.dialog) openDialog(answer.dialog);
  else if (dialog.contains(form)) dialog.close();
}

async function send(form, button) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  pressed = performance.now();
  const sent = new URLSearchParams(new FormData(form, button));
  try {
    const answer = await fetch(form.action, { method: "POST", headers: BY_SCRIPT, body: sent });
    const told = await answer.json();
    if (told.problem) trouble(form, told.problem);
    else settled(form, told);
  } catch {
    form.dataset.unreached = "yes";
    trouble(form, "Det gick inte att nå provrummet. Försök igen om en stund. Din text är kvar.");
  } finally { form.removeAttribute("aria-busy"); }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-live]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

/* writing: drafts, Enter, and the list of commands */

const draftKey = (form) => `utkast ${body.dataset.home} ${form.elements.plats.value} ${form.elements.trad.value}`;
function keep(form) {
  if (form.elements.text.value) sessionStorage.setItem(draftKey(form), form.elements.text.value);
  else sessionStorage.removeItem(draftKey(form));
}

function composer(form) {
  const area = form.elements.text;
  const list = form.querySelector(".commands");
  const all = [...document.getElementById("kommandon").content.children];
  let chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-autocomplete", "aria-activedescendant"]) area.removeAttribute(name);
  };
  const mark = (index) => {
    chosen = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    area.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };
  const take = (item) => { area.value = item.dataset.name + " "; close(); keep(form); area.focus(); };
  const offer = () => {
    const typed = area.value.normalize("NFC").toLowerCase();
    const fits = /^\/\S*$/.test(typed) ? all.filter((item) => item.dataset.name.normalize("NFC").toLowerCase().startsWith(typed)) : [];
    if (!fits.length) { close(); return; }
    list.replaceChildren(...fits.map((item, place) => {
      const copy = item.cloneNode(true);
      copy.id = `${list.id}-${place}`;
      return copy;
    }));
    list.hidden = false;
    area.setAttribute("role", "combobox");
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-expanded", "true");
    area.setAttribute("aria-controls", list.id);
    mark(0);
  };

  area.addEventListener("input", () => { keep(form); trouble(form, ""); offer(); });
  area.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== area) close(); }, 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) take(item);
  });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (!list.hidden && step) { event.preventDefault(); mark((chosen + step + count) % count); return; }
    if (!list.hidden && event.key === "Escape") { event.preventDefault(); close(); return; }
    const whole = !list.hidden && list.children[chosen]?.dataset.name === area.value.trim();
    if (!list.hidden && (event.key === "Tab" || (event.key === "Enter" && !whole)) && !event.shiftKey) {
      event.preventDefault();
      take(list.children[chosen]);
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); close(); form.requestSubmit(); }
  });
  if (!area.value) area.value = sessionStorage.getItem(draftKey(form)) || "";
}
for (const form of document.querySelectorAll("[data-composer]")) composer(form);
if (body.dataset.thread && !location.hash.startsWith("#rad-")) document.getElementById("skriv-trad")?.focus();

const wrote = document.getElementById(sessionStorage.getItem("skrev i") || "");
sessionStorage.removeItem("skrev i");
wrote?.focus();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || dialog.open) return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.removeAttribute("open"); menu.querySelector("summary").focus(); return; }
  document.querySelector("[data-shut]")?.click();
});
