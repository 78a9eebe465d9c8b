import posthog from "posthog-js";

const asked = new URL(location).searchParams;
posthog.init(asked.get("key"), {
  api_host: asked.get("host"),
  autocapture: false,
  capture_pageview: false,
  capture_pageleave: false,
  disable_session_recording: true,
  opt_out_useragent_filter: true, // else it takes a browser without a window for a robot
});

posthog.capture("Visited", { page: 1 });
posthog.identify("u-1", { name: "Ana Ruiz", title: "Head of Ops" });
posthog.group("company", "acme", { name: "Acme", employees: 20 });
posthog.capture("Report Exported", { rows: 12, note: "Größe ☃" });
posthog.capture("$pageview", { $current_url: "https://app.test/home" });
posthog.alias("anon-1");
