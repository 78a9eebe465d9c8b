"""The addresses of the rules of asking."""

from django.urls import path

from arbiter.workspace.asking_rules import limits, pages

urlpatterns = [
    path("rules/", pages.index, name="rules"),
    path("rules/new/", pages.new, name="rules-new"),
    path("rules/tomorrow/", pages.tomorrow, name="rules-tomorrow"),
    path("rules/<int:pk>/", pages.show, name="rules-rule"),
    path("rules/<int:pk>/revision/", pages.edit, name="rules-revision"),
    path("rules/<int:pk>/switch/", pages.switch, name="rules-switch"),
    path("rules/<int:pk>/asks/", pages.ask, name="rules-asks"),
    path("settings/asking/", limits.edit, name="settings-asking"),
]
