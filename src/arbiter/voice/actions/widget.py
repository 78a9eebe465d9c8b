"""Surveys in the vendor's own product: set up, given another secret, ended, and asked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation import journal, sealing
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import asks, surveys
from arbiter.voice.models import Ask, Channel, Widget
from arbiter.voice.queries import budget
from arbiter.voice.queries import surveys as known
from arbiter.voice.queries import widget as queries
from arbiter.voice.rules import widget as rules
from arbiter.voice.rules.budget import Request

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

# Who has no mail address can be asked in the product all the same; everything else of the budget holds.
NO_MAIL = "in-the-product"


class MayNotSetWidget(Refusal):
    """The role may not change settings."""


class NoOrigin(Refusal):
    """A page is named by its scheme, host and port."""


class WidgetIsOff(Refusal):
    """The widget is not set up."""


class NotForTheWidget(Refusal):
    """The survey cannot be asked in a product."""


@transaction.atomic
def set_up(*, origins: Sequence[str], by: Person, at: datetime) -> Widget:
    """Let the pages of these origins ask; the first time, a secret is made.

    Raises:
        MayNotSetWidget: the person may not change settings.
        NoOrigin: one of them is no origin, or there is none.
    """
    _demand(by)
    wanted = list(dict.fromkeys(each.strip().rstrip("/").lower() for each in origins))
    for each in wanted or [""]:
        if not rules.ORIGIN.match(each):
            raise NoOrigin(f"“{each}” is no origin such as https://app.example.com", field="origins")  # fmt: skip
    widget = queries.current() or Widget(pk=1, sealed_secret=sealing.seal(_new_secret()))
    widget.origins, widget.set_at, widget.set_by = wanted, at, by
    widget.save()
    journal.record("voice.widget_set_up", subject=widget, by=by, at=at, origins=wanted)
    return widget


@transaction.atomic
def renew_secret(*, by: Person, at: datetime) -> Widget:
    """Make another secret; the one before counts for a day, so that the product can change over.

    Raises:
        MayNotSetWidget: the person may not change settings.
        WidgetIsOff: there is no secret yet.
    """
    _demand(by)
    widget = _there()
    widget.sealed_before, widget.before_until = widget.sealed_secret, at + rules.RENEWAL
    widget.sealed_secret = sealing.seal(_new_secret())
    widget.save(update_fields=["sealed_before", "before_until", "sealed_secret"])
    journal.record("voice.widget_secret_renewed", subject=widget, by=by, at=at)
    return widget


@transaction.atomic
def end(*, by: Person, at: datetime) -> None:
    """Ask in the product no more; every signature is worth nothing from now on.

    Raises:
        MayNotSetWidget: the person may not change settings.
        WidgetIsOff: there is nothing to end.
    """
    _demand(by)
    widget = _there()
    journal.record("voice.widget_ended", subject=widget, by=by, at=at)
    widget.delete()


@transaction.atomic
def ask(*, contact: Contact, survey_key: str, at: datetime) -> Ask | None:
    """Ask a contact who is signed for; None when there is nothing to ask now.

    What waits for them is asked, in whichever way it was put; else the budget decides, as for every question.

    Raises:
        NotForTheWidget: there is no such survey, or it needs a goal or the letter.
    """
    survey = known.by_key(survey_key)
    version = known.newest(survey) if survey and survey.archived_at is None else None
    if version is None or known.goes_by_letter(version.survey) or known.is_for_goal(version):
        raise NotForTheWidget("This survey cannot be asked in a product.", field="survey")
    addressee = budget.addressee(contact)
    addressee = addressee._replace(email=addressee.email or NO_MAIL)
    # Two pages of one person ask at once: the second finds what the first put.
    within = budget.hold(addressee, at=at)
    if found := queries.waiting(contact, survey_key, at=at):
        return found
    request = Request(addressee, version.survey.purpose, version.survey.kind, by_hand=True)
    if not within.decide(request, at=at).may:
        return None
    by = Person.objects.system()
    stored = surveys.adopted(version=version, by=by, at=at)
    return asks.put(
        contact=contact,
        kind=stored.survey.kind,
        # Not the portal, which people open by themselves: this was put to them, and counts in the budget.
        channel=Channel.LINK,
        by=by,
        at=at,
        version=stored,
        language=known.wording(stored, known.languages_of(contact)).language,
        closes_at=at + rules.OPEN_FOR,
    )


def _there() -> Widget:
    widget = queries.current()
    if widget is None:
        raise WidgetIsOff("The widget is not set up yet.")
    return widget


def _new_secret() -> str:
    return secrets.token_urlsafe(32)


def _demand(by: Person) -> None:
    if not by.may(Permission.MANAGE_SETTINGS):
        raise MayNotSetWidget(f"Your role may not {Permission.MANAGE_SETTINGS.description}.")
