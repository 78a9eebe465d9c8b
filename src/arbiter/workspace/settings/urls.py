"""The addresses of the settings."""

from django.urls import path

from arbiter.workspace.settings import (
    base_rate,
    categories,
    company,
    mail,
    me,
    people,
    privacy,
    sample,
    sender,
    teams,
)

urlpatterns = [
    path("settings/", company.edit, name="settings"),
    path("settings/people/", people.everyone, name="settings-people"),
    path("settings/people/<int:pk>/", people.one, name="settings-person"),
    path("settings/people/<int:pk>/access/", people.access, name="settings-access"),
    path("settings/teams/new/", teams.new, name="settings-team-new"),
    path("settings/teams/<int:pk>/", teams.one, name="settings-team"),
    path("settings/teams/<int:pk>/dissolution/", teams.dissolve, name="settings-team-dissolution"),
    path("settings/mail/", mail.server, name="settings-mail"),
    path("settings/mail/sender/", sender.check, name="settings-sender"),
    path("settings/base-rate/", base_rate.tell, name="settings-base-rate"),
    path("settings/categories/", categories.every, name="settings-categories"),
    path("settings/sample/", sample.sample, name="settings-sample"),
    path("settings/privacy/", privacy.keeping, name="settings-privacy"),
    path("settings/you/", me.edit, name="settings-me"),
]
