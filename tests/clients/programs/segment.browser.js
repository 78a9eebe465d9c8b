import { AnalyticsBrowser } from "@segment/analytics-next";

const asked = new URL(location).searchParams;
const arbiter = new URL(asked.get("host"));
const apiKey = asked.get("key");
const analytics = AnalyticsBrowser.load({
  writeKey: apiKey,
  cdnSettings: {
    integrations: {
      "Segment.io": {
        apiKey,
        apiHost: `${arbiter.host}/v1`,
        protocol: arbiter.protocol.slice(0, -1),
      },
    },
  },
});

await analytics.track("Visited", { page: 1 });
await analytics.identify("u-1", { name: "Ana Ruiz", title: "Head of Ops" });
await analytics.group("acme", { name: "Acme", employees: 20 });
await analytics.track(
  "Report Exported",
  { rows: 12, note: "Größe ☃" },
  { context: { groupId: "acme" } },
);
await analytics.page("Docs", "Home", { url: "https://app.test/home" });
await analytics.alias("u-1", "anon-1");
