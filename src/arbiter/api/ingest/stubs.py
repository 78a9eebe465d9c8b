"""What PostHog's browser client asks before it sends anything. It hears that nothing of it is wanted here."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

NO_FLAGS: dict[str, Any] = {"flags": {}, "featureFlags": {}, "featureFlagPayloads": {}}
# No session replay, no survey, no heat map, no recording of clicks nobody named.
CONFIG: dict[str, Any] = {
    "supportedCompression": ["gzip", "gzip-js", "base64"],
    "hasFeatureFlags": False,
    "sessionRecording": False,
    "surveys": False,
    "heatmaps": False,
    "autocapture_opt_out": True,
    "autocaptureExceptions": False,
    "capturePerformance": False,
    "captureDeadClicks": False,
    "siteApps": [],
}


def flags(request: HttpRequest) -> HttpResponse:
    """No feature flags."""
    return JsonResponse(NO_FLAGS)


def decide(request: HttpRequest) -> HttpResponse:
    """The older question, about flags and configuration in one."""
    return JsonResponse(NO_FLAGS | CONFIG)


def config(request: HttpRequest, key: str) -> HttpResponse:
    """How the client is configured from here."""
    return JsonResponse(CONFIG)


def config_js(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a script, for the way in which the client loads it first."""
    told = json.dumps({"config": CONFIG, "siteApps": []})
    script = (
        "(function(){window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{};"
        f"window._POSTHOG_REMOTE_CONFIG[{_in_script(key)}]={told};}})();"
    )
    return HttpResponse(script, content_type="application/javascript")


def _in_script(text: str) -> str:
    """Return a text that came with the address as a word of a script, whatever it holds."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")
