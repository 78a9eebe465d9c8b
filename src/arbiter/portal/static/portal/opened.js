{
  const signs = ["pointerdown", "keydown"];
  const tell = (sign) => {
    if (!sign.isTrusted) return;
    for (const name of signs) removeEventListener(name, tell);
    navigator.sendBeacon("opening/");
  };
  for (const name of signs) addEventListener(name, tell);
}
