"""Bodies as real clients send them, shortened: segment-analytics-python 2.4.0, rudder-sdk-python 2.1.9,
@rudderstack/rudder-sdk-node 3.0.13, posthog 7.91.1, posthog-node 5.70.0, @segment/analytics-next 1.84.3, posthog-js 1.449.2.
"""

import json
from datetime import UTC, datetime

RECEIVED = datetime(2026, 11, 21, 19, 36, 53, tzinfo=UTC)
SENT = "2026-11-21T19:36:52.000+00:00"
TIME = "2026-11-21T19:36:51.987+00:00"

SEGMENT_PYTHON = {
    "batch": [
        {
            "integrations": {},
            "anonymousId": None,
            "timestamp": TIME,
            "context": {"library": {"name": "analytics-python", "version": "2.4.0"}},
            "type": "identify",
            "userId": "u1",
            "traits": {"email": "ada@ex.com", "createdAt": "2024-01-02T03:04:05"},
            "messageId": "84208101-7e56-4495-bee4-bc1cae59ab91",
        },
        {
            "integrations": {},
            "anonymousId": None,
            "properties": {"rows": 12},
            "timestamp": TIME,
            "context": {"groupId": "acct_1", "library": {"name": "analytics-python"}},
            "userId": "u1",
            "type": "track",
            "event": "Report Exported",
            "messageId": "m-track",
        },
        {
            "anonymousId": None,
            "properties": {"url": "https://x/y"},
            "category": "Docs",
            "type": "page",
            "name": "Home",
            "userId": "u1",
            "timestamp": TIME,
            "messageId": "m-page",
        },
        {
            "groupId": "acct_1",
            "traits": {"name": "Initech", "plan": "pro", "mrr": 1200, "employees": 20},
            "type": "group",
            "userId": "u1",
            "timestamp": TIME,
            "messageId": "m-group",
        },
        {
            "previousId": "anon1",
            "userId": "u1",
            "type": "alias",
            "anonymousId": None,
            "timestamp": TIME,
            "messageId": "m-alias",
        },
        {
            "anonymousId": "anon2",
            "userId": None,
            "type": "track",
            "event": "Signed Up",
            "timestamp": "2024-05-06T07:08:09.123+00:00",
            "messageId": "my-id-1",
        },
    ],
    "sentAt": SENT,
    "writeKey": "wk_test",
}

RUDDER_PYTHON = {
    "batch": [
        {
            "type": "identify",
            "channel": "server",
            "integrations": {"All": True},
            "userId": "u1",
            "context": {"traits": {"email": "ada@ex.com"}, "library": {"name": "analytics-python"}},
            "timestamp": "2026-11-21T19:36:51.987654+00:00",
            "messageId": "r-identify",
        }
    ],
    "sentAt": SENT,
}

RUDDER_NODE = {
    "batch": [
        {
            "userId": "u1",
            "traits": {"email": "ada@ex.com"},
            "context": {"traits": {"email": "ada@ex.com"}, "library": {"name": "analytics-node"}},
            "type": "identify",
            "channel": "server",
            "_metadata": {"nodeVersion": "22.0.0"},
            "originalTimestamp": "2026-11-21T19:36:51.374Z",
            "messageId": "rn-identify",
            "sentAt": "2026-11-21T19:36:52.374Z",
        }
    ],
    "timestamp": "2026-11-21T19:36:52.374Z",
    "sentAt": "2026-11-21T19:36:52.374Z",
}

POSTHOG_PYTHON = {
    "batch": [
        {
            "event": "$set",
            "distinct_id": "u1",
            "$set": {"email": "ada@ex.com"},
            "properties": {"$lib": "posthog-python"},
            "timestamp": TIME,
            "uuid": "4fd98d78-0000-4000-8000-000000000001",
        },
        {
            "event": "Report Exported",
            "distinct_id": "u1",
            "properties": {"rows": 12, "$groups": {"company": "acct_1"}, "$lib": "posthog-python"},
            "timestamp": TIME,
            "uuid": "4fd98d78-0000-4000-8000-000000000002",
        },
        {
            "event": "$groupidentify",
            "distinct_id": "u1",
            "properties": {
                "$group_type": "company",
                "$group_key": "acct_1",
                "$group_set": {"name": "Initech"},
            },
            "timestamp": TIME,
            "uuid": "4fd98d78-0000-4000-8000-000000000003",
        },
        {
            "event": "$create_alias",
            "distinct_id": "anon1",
            "properties": {"distinct_id": "anon1", "alias": "u1"},
            "timestamp": TIME,
            "uuid": "4fd98d78-0000-4000-8000-000000000004",
        },
    ],
    "historical_migration": False,
    "sent_at": SENT,
    "api_key": "phc_test",
}

POSTHOG_NODE = {
    "batch": [
        {
            "event": "$identify",
            "distinct_id": "u1",
            "properties": {"$set": {"email": "ada@ex.com"}, "$set_once": {}},
            "timestamp": "2026-11-21T19:36:51.987Z",
            "uuid": "0193-node-1",
        },
        {
            "event": "$groupidentify",
            "distinct_id": "$company_acct_1",
            "properties": {
                "$group_type": "company",
                "$group_key": "acct_1",
                "$group_set": {"name": "Initech"},
            },
            "timestamp": "2026-11-21T19:36:51.987Z",
            "uuid": "0193-node-2",
        },
        {
            "event": "$create_alias",
            "distinct_id": "u1",
            "properties": {"distinct_id": "u1", "alias": "anon1"},
            "timestamp": "2026-11-21T19:36:51.987Z",
            "uuid": "0193-node-3",
        },
    ],
    "api_key": "phc_test",
    "sent_at": "2026-11-21T19:36:52.000Z",
}

SEGMENT_BROWSER = {
    "type": "track",
    "event": "Report Exported",
    "properties": {"rows": 12},
    "userId": "u1",
    "anonymousId": "anon1",
    "timestamp": "2026-11-21T19:36:51.987Z",
    "context": {
        "page": {"path": "/", "referrer": "", "search": "", "title": "Home", "url": "https://x/"},
        "userAgent": "Mozilla/5.0",
        "locale": "en",
        "timezone": "Europe/Oslo",
        "campaign": {},
    },
    "messageId": "ajs-next-1763753811987-84208101-7e56-4495-bee4-bc1cae59ab91",
    "writeKey": "wk_test",
    "sentAt": "2026-11-21T19:36:52.000Z",
    "_metadata": {"bundled": ["Segment.io"]},
}

POSTHOG_BROWSER = [
    {
        "uuid": "0193-browser-1",
        "event": "$pageview",
        "properties": {
            "token": "phc_test",
            "distinct_id": "0193-anon",
            "$device_id": "0193-anon",
            "$is_identified": False,
            "$current_url": "https://x/",
        },
        "timestamp": "2026-11-21T19:36:51.987Z",
    },
    {
        "uuid": "0193-browser-2",
        "event": "$identify",
        "properties": {
            "token": "phc_test",
            "distinct_id": "u1",
            "$anon_distinct_id": "0193-anon",
            "$device_id": "0193-anon",
            "$is_identified": True,
            "$set": {"email": "ada@ex.com"},
        },
        "timestamp": "2026-11-21T19:36:51.987Z",
    },
]


def as_json(body) -> bytes:
    """The bytes of a body."""
    return json.dumps(body).encode()
