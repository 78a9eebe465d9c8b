// Asks a question of Arbiter in your product. Put it in a page with who is signed in:
// <script src="https://arbiter.example.com/widget.js" data-contact="…" data-expires="…" data-signature="…" defer></script>
// It writes no HTML and no style attribute, so that a strict Content-Security-Policy of yours holds: allow our origin in
// script-src, connect-src and frame-src.
"use strict";
{
  const tag = document.currentScript;
  const home = new URL(".", tag.src);
  const { contact, expires, signature, survey = "nps" } = tag.dataset;
  const look = `
    section { background: #fff; border: 1px solid #8b8c91; border-radius: 12px; box-shadow: 0 8px 30px rgb(0 0 0 / .2);
      color: #1d1e22; font: 14px/1.4 system-ui, sans-serif; inset: auto 16px 16px auto; inline-size: min(420px, calc(100vw - 32px));
      overflow: hidden; position: fixed; z-index: 2147483000; }
    section[dir="rtl"] { inset: auto auto 16px 16px; }
    header { align-items: center; display: flex; gap: 8px; justify-content: space-between; padding-block: 8px 0; padding-inline: 16px 8px; }
    button { background: none; border: 1px solid #8b8c91; border-radius: 8px; color: inherit; cursor: pointer; flex: none; font: inherit;
      min-block-size: 32px; padding: 4px 12px; }
    iframe { block-size: 320px; border: 0; display: block; inline-size: 100%; max-block-size: calc(100vh - 100px); }
    @media (prefers-color-scheme: dark) { section { background: #17181c; color: #f0f0f2; } }`;

  const remembered = (number) => {
    try {
      return localStorage.getItem("arbiter-not-now") === number;
    } catch {
      return false;
    }
  };
  const remember = (number) => {
    try {
      localStorage.setItem("arbiter-not-now", number);
    } catch {
      // A browser that stores nothing forgets it with the page.
    }
  };

  const show = ({ url, number, title, close, direction }) => {
    if (remembered(number)) return;
    const host = document.createElement("div");
    const inside = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    inside.adoptedStyleSheets = [sheet];
    const [section, head, words, button, frame] = ["section", "header", "strong", "button", "iframe"].map((name) =>
      document.createElement(name),
    );
    section.setAttribute("aria-label", title);
    section.dir = direction;
    words.textContent = title;
    button.textContent = close;
    frame.title = title;
    frame.src = url;
    button.addEventListener("click", () => {
      remember(number);
      host.remove();
    });
    addEventListener("message", (told) => {
      if (told.source !== frame.contentWindow || told.origin !== home.origin || told.data?.arbiter !== "height") return;
      frame.style.blockSize = `${Math.max(160, Math.min(2000, Number(told.data.height) || 0))}px`;
    });
    head.append(words, button);
    section.append(head, frame);
    inside.append(section);
    document.body.append(host);
  };

  const ask = async () => {
    const reply = await fetch(new URL("widget/questions/", home), {
      method: "POST",
      credentials: "omit",
      body: new URLSearchParams({ contact, expires, signature, survey }),
    });
    if (reply.status === 204) return;
    const said = await reply.json();
    if (!reply.ok) throw new Error(said.error);
    show(said);
  };

  if (contact && expires && signature) ask().catch((wrong) => console.warn(`Arbiter asks nothing: ${wrong.message}`));
}
