// Makes pages smoother. Everything here also works without it.

document.documentElement.dataset.script = "";

const search = () => document.querySelector("[data-search]");

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  const asksForSearch = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !isTyping(event.target);
  if ((asksForSearch || slash) && search()) {
    event.preventDefault();
    search().focus();
    search().select();
  }
  if (event.key === "Escape") closeMenus();
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu === except || menu.contains(except)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary").focus();
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const opener = event.target.closest("[data-dialog]");
  if (opener) openDialog(event, opener);
  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier);
});

function openDialog(event, opener) {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy.replace("#", ""));
  const words = button.querySelector("span");
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(field.value ?? field.textContent);
    words.textContent = "Copied";
  } catch {
    // Without https a browser refuses: select the text, so that the keys can copy it.
    field.select?.();
    words.textContent = "Press ⌘C";
  }
  setTimeout(() => { words.textContent = before; }, 1800);
}

const agreed = new WeakSet();

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const question = button?.dataset.confirm ?? event.target.dataset.confirm;
  if (!question || agreed.has(event.target)) return;
  event.preventDefault();
  ask(question, button?.textContent.trim() || "Go on", () => {
    agreed.add(event.target);
    event.target.requestSubmit(button?.isConnected ? button : undefined);
    agreed.delete(event.target);
  });
});

function ask(question, yes, whenAgreed) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", question);
  const body = document.createElement("div");
  body.className = "dialog__body";
  const words = document.createElement("p");
  words.textContent = question;
  body.append(words);
  const foot = document.createElement("form");
  foot.method = "dialog";
  foot.className = "dialog__foot";
  foot.append(choice("Cancel", "button", ""), choice(yes, "button button--primary", "yes"));
  dialog.append(body, foot);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const said = dialog.returnValue;
    dialog.remove();
    if (said === "yes") whenAgreed();
  });
  dialog.showModal();
}

function choice(text, className, value) {
  const button = document.createElement("button");
  button.className = className;
  button.value = value;
  button.textContent = text;
  return button;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form?.requestSubmit();
});

for (const form of document.querySelectorAll("[data-theme-switch]")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    chooseTheme(event.submitter.value);
  });
}

function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

for (const tab of document.querySelectorAll(".tabs__tab[aria-current]")) {
  // On a phone not all tabs fit: the open one stands in the middle of those that are seen.
  const row = tab.closest("ul");
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const over = (event) => { event.preventDefault(); zone.classList.add("drop-zone--over"); };
  const out = () => zone.classList.remove("drop-zone--over");
  zone.addEventListener("dragenter", over);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", out);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    out();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

document.querySelector("[data-focus]")?.focus();
