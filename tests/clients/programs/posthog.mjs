import { PostHog } from "posthog-node";

const posthog = new PostHog(process.env.KEY, {
  host: process.env.HOST,
  requestTimeout: 2000,
  fetchRetryCount: 8,
  fetchRetryDelay: 300,
});

posthog.capture({ distinctId: "anon-1", event: "Visited", properties: { page: 1 } });
posthog.identify({ distinctId: "u-1", properties: { name: "Ana Ruiz", title: "Head of Ops" } });
posthog.groupIdentify({
  groupType: "company",
  groupKey: "acme",
  properties: { name: "Acme", employees: 20 },
  distinctId: "u-1",
});
posthog.capture({
  distinctId: "u-1",
  event: "Report Exported",
  properties: { rows: 12, note: "Größe ☃" },
  groups: { company: "acme" },
});
posthog.capture({
  distinctId: "u-1",
  event: "$pageview",
  properties: { $current_url: "https://app.test/home" },
});
posthog.alias({ distinctId: "u-1", alias: "anon-1" });
await posthog.shutdown();
