"""The addresses of the widget's settings."""

from django.urls import path

from arbiter.workspace.widget import pages

urlpatterns = [
    path("settings/widget/", pages.edit, name="settings-widget"),
    path("settings/widget/secret/", pages.renew, name="settings-widget-secret"),
    path("settings/widget/end/", pages.end, name="settings-widget-end"),
]
