import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({
  writeKey: process.env.KEY,
  host: process.env.HOST,
  httpRequestTimeout: 2000,
});

analytics.track({ anonymousId: "anon-1", event: "Visited", properties: { page: 1 } });
analytics.identify({ userId: "u-1", traits: { name: "Ana Ruiz", title: "Head of Ops" } });
analytics.group({ userId: "u-1", groupId: "acme", traits: { name: "Acme", employees: 20 } });
analytics.track({
  userId: "u-1",
  event: "Report Exported",
  properties: { rows: 12, note: "Größe ☃" },
  context: { groupId: "acme" },
});
analytics.page({
  userId: "u-1",
  category: "Docs",
  name: "Home",
  properties: { url: "https://app.test/home" },
});
analytics.alias({ previousId: "anon-1", userId: "u-1" });
await analytics.closeAndFlush();
