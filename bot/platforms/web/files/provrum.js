/* Makes the pages live: what every part uses, and sending without leaving the page.
   Everything here also works without it, by plain forms and links. Nothing here loads the page anew:
   what somebody is filling in must not go away under their hands. */
"use strict";

const body = document.body;
const status = document.querySelector("[data-status]");
const BY_SCRIPT = { "X-Provrum": "1" };
const UNREACHED = "Det gick inte att nå provrummet. Försök igen om en stund.";

function gesture() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* Said once: a break that goes on is not read out at every try. */
function tell(words, seconds) {
  if (status.textContent !== words) status.textContent = words;
  if (seconds) setTimeout(() => { if (status.textContent === words) status.textContent = ""; }, seconds * 1000);
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and escaped by our own server
  return template.content;
}

/* sending */

const ANSWERED_WITHIN = 3000;
let pressed = 0; // when something was last sent from here: what only you see then is the answer to it

function trouble(form, words) {
  if (form.closest(".dialog-form")) { inDialog(form, words); return; }
  const at = form.querySelector(".composer > .error, :scope > .error");
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

/* What was sent leaves the box; what was written since stays. */
function said(form, words) {
  const area = form.elements.text;
  area.value = area.value.startsWith(words) ? area.value.slice(words.length).trimStart() : area.value;
  keep(form);
  trouble(form, "");
}

function settled(form, answer, words) {
  form.elements.gest.value = gesture();
  if (form.matches("[data-composer]")) said(form, words);
  if (answer.ga) location.assign(answer.ga);
  else if (answer.dialog) present(made(answer.dialog), form);
  else if (dialog.contains(form)) dialog.close();
}

async function send(form, button) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  pressed = performance.now();
  const sent = new URLSearchParams(new FormData(form, button));
  const words = form.elements.text?.value;
  const loosen = hold(form, button);
  try {
    const answer = await fetch(form.action, { method: "POST", headers: BY_SCRIPT, body: sent });
    const told = await answer.json();
    loosen(Boolean(told.problem));
    if (told.problem) trouble(form, told.problem);
    else settled(form, told, words);
  } catch {
    loosen(true);
    form.dataset.unreached = "yes";
    trouble(form, UNREACHED + " Din text är kvar.");
  } finally { form.removeAttribute("aria-busy"); }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-live]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
