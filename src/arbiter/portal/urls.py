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
    path("p/<str:token>/unsubscription/", subscription.unsubscription, name="unsubscription"),
    path("p/<str:token>/subscription/", subscription.create, name="subscription"),
]
