import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";

const asked = new URL(location).searchParams;
const analytics = new RudderAnalytics();
analytics.load(asked.get("key"), asked.get("host"), {
  getSourceConfig: () => ({
    source: { id: "arbiter", config: {}, destinations: [], enabled: true, dataplanes: {} },
  }),
});

analytics.track("Visited", { page: 1 });
analytics.identify("u-1", { name: "Ana Ruiz", title: "Head of Ops" });
analytics.group("acme", { name: "Acme", employees: 20 });
analytics.track(
  "Report Exported",
  { rows: 12, note: "Größe ☃" },
  { context: { groupId: "acme" } },
);
analytics.page("Docs", "Home", { url: "https://app.test/home" });
analytics.alias("u-1", "anon-1");
