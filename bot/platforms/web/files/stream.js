/* The stream: what happens comes as it happens, and what was missed comes when contact is back. */
"use strict";

/* A browser opens six connections to one address. Four windows listen all the time, whatever is sent has
   the others to itself, and a window more looks in for a moment now and then. */
const LISTENING = 4;
const LOOK = 500;
const REST = 1500;
const AGAIN = 1000;

let stream = null;
let after = body.dataset.after;
let seated = false;
let renewing = false;

function listen() {
  if (renewing) return;
  stream?.close();
  const wanted = new URLSearchParams({ plats: body.dataset.place, efter: after });
  stream = new EventSource(`${body.dataset.home}/flode?${wanted}`);
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
  on("om", renew);
  stream.onopen = () => { body.dataset.live = "yes"; reached(); if (status.dataset.lost) { status.dataset.lost = ""; tell("Kontakten är tillbaka.", 3); } };
  stream.onerror = () => {
    body.dataset.live = "";
    const refused = stream.readyState === EventSource.CLOSED;
    if (refused && seated) setTimeout(listen, AGAIN);
    status.dataset.lost = "yes";
    tell(refused ? "Provrummet har startats om. Öppna adressen i terminalfönstret. Det du skriver är kvar."
      : "Kontakten bröts. Jag försöker igen. Det du skriver är kvar.");
  };
}

/* renewal: too much was missed, or everybody starts over */

/* Take what the server shows now into this page. Loading it anew would take whatever is being filled in
   with it, also in the moment between asking for the new page and getting it. */
async function renew() {
  if (renewing) return;
  renewing = true;
  stream?.close();
  try { adopt(await drawn()); } catch { await new Promise((rested) => { setTimeout(rested, AGAIN); }); }
  renewing = false;
  if (seated) listen();
}

async function drawn() {
  const answer = await fetch(location.href, { headers: BY_SCRIPT });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.body.dataset.after) throw new Error(answer.status);
  if (body.dataset.thread && !page.body.dataset.thread) leaveThread();
  return page;
}

function adopt(page) {
  for (const log of logs()) refill(log, page.querySelector(`[data-log="${log.dataset.log}"]`));
  for (const part of [".side", ".menu nav", "[data-clock]"]) morph(document.querySelector(part), page.querySelector(part));
  after = page.body.dataset.after;
}

/* The thread is gone. What was being written in it goes on in the room. */
function leaveThread() {
  const thread = document.querySelector(".thread");
  const [from, to] = [thread.querySelector("[data-composer]"), document.querySelector(".room [data-composer]")];
  const here = thread.contains(document.activeElement);
  history.replaceState(null, "", thread.querySelector("[data-shut]").href);
  if (!to.elements.text.value) to.elements.text.value = from.elements.text.value;
  from.elements.text.value = "";
  keep(from);
  keep(to);
  thread.remove();
  body.classList.remove("with-thread");
  body.dataset.thread = "";
  if (here) to.elements.text.focus();
}

/* seats */

function free(seat) {
  return new Promise((told) => {
    navigator.locks.request(`nulage-flode-${seat}`, { ifAvailable: true }, (taken) => {
      told(taken !== null);
      return taken && new Promise(() => {}); // kept until the window closes
    }).catch(() => told(false));
  });
}

async function follow() {
  seated = !navigator.locks;
  for (let seat = 1; seat <= LISTENING && !seated; seat += 1) seated = await free(seat);
  listen();
  if (!seated) setTimeout(() => { stream?.close(); setTimeout(follow, REST * (1 + Math.random())); }, LOOK);
}
addEventListener("pagehide", () => stream?.close());
addEventListener("online", () => { if (seated && stream?.readyState !== EventSource.OPEN) listen(); }); // rather than at the next try
addEventListener("pageshow", (event) => { if (event.persisted) renew(); });
follow();
