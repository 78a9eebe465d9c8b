"""The addresses of usage."""

from django.urls import path

from arbiter.workspace.usage import (
    builder,
    events,
    feature,
    features,
    feeds,
    overview,
    runs,
    servings,
    sets,
    without,
)

urlpatterns = [
    path("usage/", overview.index, name="usage"),
    path("usage/snapshots/", runs.create, name="usage-snapshots"),
    path("usage/progress/", runs.progress, name="usage-progress"),
    path("usage/features/", features.index, name="usage-features"),
    path("usage/features/<int:pk>/", feature.show, name="usage-feature"),
    path("usage/features/<int:pk>/description/", features.describe, name="usage-feature-description"),
    path("usage/features/<int:pk>/retirement/", features.retire, name="usage-feature-retirement"),
    path("usage/sets/", sets.index, name="usage-sets"),
    path("usage/sets/new/", builder.create, name="usage-set-new"),
    path("usage/sets/preview/", builder.preview, name="usage-set-preview"),
    path("usage/sets/<int:pk>/", sets.show, name="usage-set"),
    path("usage/sets/<int:pk>/versions/", builder.revise, name="usage-set-versions"),
    path("usage/sets/<int:pk>/retirement/", sets.retire, name="usage-set-retirement"),
    path("usage/active-without-result/", without.result, name="usage-without-result"),
    path("usage/result-without-activity/", without.activity, name="usage-without-activity"),
    path("usage/events/", events.index, name="usage-events"),
    path("goals/<int:pk>/features/", servings.choose, name="goal-features"),
    path("goals/<int:pk>/feed/", feeds.connect, name="goal-feed"),
]  # fmt: skip
