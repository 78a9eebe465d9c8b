import os

import rudderstack.analytics as analytics

analytics.write_key = os.environ["KEY"]
analytics.dataPlaneUrl = os.environ["HOST"]
analytics.timeout = 2

analytics.track(anonymous_id="anon-1", event="Visited", properties={"page": 1})
analytics.identify("u-1", {"name": "Ana Ruiz", "title": "Head of Ops"})
analytics.group("u-1", "acme", {"name": "Acme", "employees": 20})
analytics.track(
    "u-1", "Report Exported", {"rows": 12, "note": "Größe ☃"}, context={"groupId": "acme"}
)
analytics.page("u-1", "Docs", "Home", {"url": "https://app.test/home"})
analytics.alias("anon-1", "u-1")
analytics.flush()
