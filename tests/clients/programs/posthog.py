import os

from posthog import Posthog

posthog = Posthog(os.environ["KEY"], host=os.environ["HOST"], timeout=2, max_retries=8)

posthog.capture("Visited", distinct_id="anon-1", properties={"page": 1})
posthog.set(distinct_id="u-1", properties={"name": "Ana Ruiz", "title": "Head of Ops"})
posthog.group_identify("company", "acme", {"name": "Acme", "employees": 20}, distinct_id="u-1")
posthog.capture(
    "Report Exported",
    distinct_id="u-1",
    properties={"rows": 12, "note": "Größe ☃"},
    groups={"company": "acme"},
)
posthog.capture(
    "$pageview", distinct_id="u-1", properties={"$current_url": "https://app.test/home"}
)
posthog.alias("anon-1", "u-1")
posthog.shutdown()
