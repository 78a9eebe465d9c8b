import RudderAnalytics from "@rudderstack/rudder-sdk-node";

const analytics = new RudderAnalytics(process.env.KEY, {
  dataPlaneUrl: process.env.HOST,
  timeout: 2000,
  retryCount: 8,
  errorHandler: () => {}, // else a request that timed out ends the process
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
await analytics.flush();
