/* Writing: drafts, Enter, and the list of commands. */
"use strict";

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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || dialog.open) return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.removeAttribute("open"); menu.querySelector("summary").focus(); return; }
  document.querySelector("[data-shut]")?.click();
});
