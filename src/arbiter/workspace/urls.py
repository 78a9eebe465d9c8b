"""The addresses of the workspace: nouns. Each part of the workspace brings its own list."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "workspace"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("arbiter.workspace.home.urls")),
    path("", include("arbiter.workspace.customers.urls")),
    path("", include("arbiter.workspace.views.urls")),
    path("", include("arbiter.workspace.shell.urls")),
    path("", include("arbiter.workspace.gallery.urls")),
    path("", include("arbiter.workspace.sign_in.urls")),
    path("", include("arbiter.workspace.first_run.urls")),
    path("", include("arbiter.workspace.settings.urls")),
    path("", include("arbiter.workspace.sources.urls")),
    path("", include("arbiter.workspace.outbox.urls")),
    path("", include("arbiter.workspace.customer.urls")),
    path("", include("arbiter.workspace.imports.urls")),
    path("", include("arbiter.workspace.asks.urls")),
    path("", include("arbiter.workspace.surveys.urls")),
    path("", include("arbiter.workspace.responses.urls")),
    path("", include("arbiter.workspace.machine_like.urls")),
    path("", include("arbiter.workspace.not_sure.urls")),
    path("", include("arbiter.workspace.customer_forms.urls")),
    path("", include("arbiter.workspace.contacts.urls")),
    path("", include("arbiter.workspace.contracts.urls")),
    path("", include("arbiter.workspace.goals.urls")),
    path("", include("arbiter.workspace.results.urls")),
    path("", include("arbiter.workspace.beliefs.urls")),
    path("", include("arbiter.workspace.touchpoints.urls")),
    path("", include("arbiter.workspace.investments.urls")),
    path("", include("arbiter.workspace.milestones.urls")),
    path("", include("arbiter.workspace.renewals.urls")),
    path("", include("arbiter.workspace.model.urls")),
    path("", include("arbiter.workspace.surprises.urls")),
    path("", include("arbiter.workspace.belief_scores.urls")),
    path("", include("arbiter.workspace.metrics.urls")),
    path("", include("arbiter.workspace.audit.urls")),
    path("", include("arbiter.workspace.usage.urls")),
]
