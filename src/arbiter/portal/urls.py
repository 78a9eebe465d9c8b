"""The addresses of the portal: everything hangs from a personal link."""

from django.urls import URLPattern, URLResolver, path

from arbiter.portal import (
    answers,
    confirmations,
    goals,
    landing,
    openings,
    preview,
    revisions,
    statements,
    subscription,
    surveys,
    thanks,
    verdicts,
    wrong_person,
)
from arbiter.portal.widget import pages, questions, script

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/preview/<int:contact_pk>/", preview.show, name="preview"),
    path("p/<str:token>/", landing.show, name="letter"),
    path("p/<str:token>/answers/", answers.create, name="answers"),
    path("p/<str:token>/responses/", surveys.create, name="responses"),
    path("p/<str:token>/responses/<int:pk>/", surveys.show, name="response"),
    path("p/<str:token>/opening/", openings.create, name="opening"),
    path("p/<str:token>/thanks/", thanks.show, name="thanks"),
    path("p/<str:token>/goals/", goals.create, name="goals"),
    path("p/<str:token>/goals/<int:pk>/", goals.show, name="goal"),
    path("p/<str:token>/goals/<int:pk>/verdicts/", verdicts.create, name="verdicts"),
    path("p/<str:token>/goals/<int:pk>/revisions/", revisions.create, name="revisions"),
    path("p/<str:token>/goals/<int:pk>/confirmations/", confirmations.create, name="confirmations"),
    path("p/<str:token>/goals/<int:pk>/statements/", statements.create, name="statements"),
    path("p/<str:token>/wrong-person/", wrong_person.show, name="wrong-person"),
    path("w/<str:token>/", pages.show, name="widget-letter"),
    path("w/<str:token>/responses/", pages.create, name="widget-responses"),
    path("w/<str:token>/responses/<int:pk>/", pages.response, name="widget-response"),
    path("w/<str:token>/thanks/", pages.thanks, name="widget-thanks"),
    path("w/<str:token>/opening/", pages.opening, name="widget-opening"),
    path("widget.js", script.show, name="widget-script"),
    path("widget/questions/", questions.create, name="widget-questions"),
    path("p/<str:token>/unsubscription/", subscription.unsubscription, name="unsubscription"),
    path("p/<str:token>/subscription/", subscription.create, name="subscription"),
]
