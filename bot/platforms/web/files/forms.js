/* Forms in the dialog. One that is open stays, with every word in it, until it is sent or closed by whoever
   fills it in: what else arrives meanwhile waits for its turn, and the words outlive the page. */
"use strict";

const dialog = document.getElementById("dialog");
const turns = []; // forms that came while another was open
let opener = null;
let touched = false;

/* Show a form, in the place of the one that was sent (`from`) or after the one that is open. */
function present(content, from) {
  if (dialog.open && !dialog.contains(from)) turns.push(content);
  else fill(content, from);
}

function fill(content, from) {
  if (!dialog.open) opener = document.activeElement;
  dialog.replaceChildren(content);
  for (const file of dialog.querySelectorAll(".file")) file.hidden = false;
  if (!dialog.open) dialog.showModal();
  touched = Boolean(from?.closest(".dialog-form"));
  if (touched) remember(dialog.querySelector("form:has(.field)"));
  else forget();
  focusFirst();
}

function focusFirst() {
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
  if (dialog.open) return; // the next one was opened before this was told
  forget();
  dialog.replaceChildren();
  if (turns.length) { fill(turns.shift()); return; }
  const back = opener?.isConnected && opener !== body ? opener : document.querySelector(".thread textarea") || document.querySelector(".room textarea");
  if (![body, back].includes(document.activeElement)) return; // who has gone on somewhere else is not called back
  back?.focus({ preventScroll: performance.now() - pressed < ANSWERED_WITHIN }); // the answer stays in sight
});

/* Beside the dialog closes it, but not when something is filled in, nor at the end of a drag out of it. */
let heldDown = null;
dialog.addEventListener("pointerdown", (event) => { heldDown = event.target; });
dialog.addEventListener("click", (event) => {
  if (event.target === dialog && heldDown === dialog && !touched) dialog.close();
});

/* opening */

let asked = 0;

async function fetchDialog(url) {
  const mine = ++asked;
  try {
    const answer = await fetch(url, { headers: BY_SCRIPT });
    const said = answer.ok ? await answer.text() : (await answer.json()).problem;
    if (mine !== asked || dialog.open) return; // another was asked for later, or stands there already
    if (answer.ok) present(made(said));
    else tell(said, 8);
  } catch { tell(UNREACHED, 8); }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog], a[data-close]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.matches("[data-close]") && !dialog.open) return;
  event.preventDefault();
  if (link.matches("[data-close]")) dialog.close();
  else { link.closest("details")?.removeAttribute("open"); fetchDialog(link.href); }
});

/* sending */

/* While it is sent nothing can be written in it, for that would come too late. Returns what undoes that. */
function hold(form, button) {
  const fields = dialog.contains(form) ? [...form.querySelectorAll(".field")] : [];
  const focused = fields.length ? document.activeElement : null;
  if (focused?.closest(".field")) (button || form.querySelector("button"))?.focus({ preventScroll: true });
  for (const field of fields) field.inert = true;
  return (back) => {
    for (const field of fields) field.inert = false;
    if (back && focused?.isConnected && dialog.contains(document.activeElement)) focused.focus({ preventScroll: true });
  };
}

/* Say in the form itself what went wrong: the status line lies behind it. Who closed it gets it back. */
function inDialog(form, words) {
  form.querySelector(":scope > [data-trouble]")?.remove();
  if (!words) return;
  const whole = form.closest(".dialog-form");
  if (!whole.isConnected) present(whole, form);
  const alert = document.createElement("p");
  alert.className = "alert";
  alert.dataset.trouble = "";
  alert.setAttribute("role", "alert");
  const title = form.querySelector(":scope > .dialog-title");
  if (title) title.after(alert);
  else form.prepend(alert);
  alert.textContent = words;
  if (dialog.contains(form)) dialog.scrollTop = 0;
}

/* words that outlive the page */

const formKey = `formulär ${location.pathname}`;

function remember(form) {
  if (form) sessionStorage.setItem(formKey, JSON.stringify({ at: form.getAttribute("action"), said: [...new FormData(form)] }));
}

function forget() { sessionStorage.removeItem(formKey); }

dialog.addEventListener("input", (event) => {
  touched = true;
  remember(event.target.form);
});

async function reopen() {
  const kept = JSON.parse(sessionStorage.getItem(formKey) || "null");
  if (!kept) return;
  const answer = await fetch(kept.at, { headers: BY_SCRIPT }).catch(() => null);
  if (answer?.status === 404) forget(); // everybody has started over
  if (!answer?.ok) return;
  const content = made(await answer.text());
  const form = content.querySelector(`form[action="${kept.at}"]:has(.field)`);
  if (!form || dialog.open) return; // another form is no place for these words: they wait for theirs
  fill(content);
  for (const field of form.elements) {
    const said = kept.said.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = said.includes(field.value);
    else if (said.length && field.type !== "submit") field.value = said[0];
  }
  touched = true;
  remember(form);
}
reopen();

/* files */

/* Read a file as text, also as Excel and old programs write it; null for what is none. */
function read(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const marked = { "255 254": "utf-16le", "254 255": "utf-16be" }[`${first} ${second}`];
  let words;
  try { words = new TextDecoder(marked || "utf-8", { fatal: true }).decode(bytes); } catch { words = new TextDecoder("windows-1252").decode(bytes); }
  return /[\0-\x08\x0e-\x1a]/.test(words) ? null : words;
}

document.addEventListener("change", async (event) => {
  const file = event.target.files?.[0];
  const into = event.target.dataset.into && document.getElementById(event.target.dataset.into);
  if (!file || !into) return;
  const words = file.size > 900000 ? null : read(await file.arrayBuffer());
  trouble(into.form, "");
  if (words === null) {
    event.target.value = "";
    trouble(into.form, file.size > 900000 ? "Filen är för stor. Dela upp den. Inget har ändrats."
      : "Filen är ingen textfil. Spara den som CSV eller text och välj den igen. Inget har ändrats.");
    return;
  }
  into.value = words;
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.focus();
});
