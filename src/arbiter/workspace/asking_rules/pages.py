"""GET /rules/: the rules of asking. /rules/<pk>/: one rule, and whom it would ask tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.engagement.actions import asking_rules as verbs
from arbiter.engagement.actions import occasions
from arbiter.engagement.queries import asking_rules, plan
from arbiter.engagement.queries.triggers import Trigger, read_when
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asking_rules import doors
from arbiter.workspace.asking_rules.form import RuleForm, WordsField, initial_of
from arbiter.workspace.asking_rules.reasons import REASONS

if TYPE_CHECKING:
    from arbiter.engagement.models import AskingRule
    from arbiter.engagement.queries.plan import Plan

COLUMNS: list[dict[str, Any]] = [
    {"label": "Rule", "width": "wide"},
    {"label": "Asks"},
    {"label": "State"},
    {"label": "Asked", "number": True},
    {"label": "Waiting", "number": True},
    {"label": "Not asked", "number": True},
]
PLANNED: list[dict[str, Any]] = [
    {"label": "Who", "width": "wide"},
    {"label": "Why now", "width": "wide"},
    {"label": "When"},
]
LEFT_OUT: list[dict[str, Any]] = [
    {"label": "Who", "width": "wide"},
    {"label": "Why not", "width": "wide"},
]
# What waits for something to happen: such a rule asks nobody about what happened before it was switched on.
HAPPENS = frozenset(
    {
        Trigger.STAGE_CHANGED,
        Trigger.TICKET_CLOSED,
        Trigger.PURCHASE,
        Trigger.TRAINING_DONE,
        Trigger.USAGE_EVENT,
        Trigger.MILESTONE_REACHED,
        Trigger.SEATS_CROSSED,
        Trigger.PLAN_CHANGED,
        Trigger.PRODUCT_ADDED,
        Trigger.MERGED,
        Trigger.NEW_SPONSOR,
    }
)
SWITCHES = {
    "on": (verbs.switch_on, "is on"),
    "off": (verbs.switch_off, "is off"),
    "archived": (verbs.archive, "is put away"),
    "restored": (verbs.restore, "is back, switched off"),
}


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """List the rules; with `show=archived` those put away."""
    away = request.GET.get("show") == "archived"
    rules = asking_rules.archived() if away else asking_rules.standing()
    context = {
        "rows": [
            {"rule": rule, "asks": doors.asks(rule), "when": doors.when(rule)} for rule in rules
        ],
        "columns": COLUMNS,
        "away": away,
        "may_edit": request.user.may(Permission.EDIT_SURVEYS),
        "tabs": [
            {"label": "In use", "url": "?", "current": not away},
            {"label": "Archived", "url": "?show=archived", "current": away},
        ],
        "crumbs": [{"label": "Rules of asking"}],
        "now": timezone.now(),
    }
    return render(request, "workspace/asking_rules/index.html", context)


@open_to_colleagues("GET", needs=Permission.EDIT_SURVEYS)
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a rule, and whom it would ask tomorrow were it on."""
    rule = doors.rule_of(pk)
    now = timezone.now()
    looks_back = rule.on_since is None and read_when(rule.when).on in HAPPENS
    since = now - plan.LOOK_BACK if looks_back else rule.on_since or now
    reading = asking_rules.read(rule, since=since)
    context = {
        **_planned(plan.of([reading], day=plan.tomorrow(now))),
        "rule": rule,
        "looks_back": plan.LOOK_BACK.days if looks_back else 0,
        "facts": [
            ("When", doors.when(rule)),
            ("Whom", doors.whom(rule)),
            ("Asks", doors.asks(rule)),
            ("Share asked", f"{rule.sample_percent} %"),
            ("Never asked, by lot", f"{rule.hold_out_percent} %"),
        ],
        "crumbs": doors.crumbs(rule),
        "now": now,
    }
    return render(request, "workspace/asking_rules/rule.html", context)


@open_to_colleagues("GET", needs=Permission.EDIT_SURVEYS)
def tomorrow(request: SignedInRequest) -> HttpResponse:
    """Show whom all the rules that are on would ask tomorrow."""
    now = timezone.now()
    on = asking_rules.switched_on()
    context = {
        **_planned(plan.of(on, day=plan.tomorrow(now))),
        "none_on": not on,
        "all_rules": True,
        "crumbs": doors.crumbs(None, "Tomorrow"),
        "now": now,
    }
    return render(request, "workspace/asking_rules/tomorrow.html", context)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_SURVEYS)
def new(request: SignedInRequest) -> HttpResponse:
    """Make a rule; it is switched off until somebody has seen whom it would ask."""
    form = RuleForm(request.POST or None)
    rule = form.attempt(verbs.make, **_by(request)) if form.is_valid() else None
    if rule is not None:
        messages.success(request, "Made. Look whom it would ask, then switch it on.")
        return redirect("workspace:rules-rule", rule.pk)
    return _form(request, form, "New rule", doors.crumbs(None, "New"), None)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_SURVEYS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a rule that is switched off."""
    rule = doors.rule_of(pk)
    form = RuleForm(request.POST or None, initial=initial_of(rule))
    if form.keeps(verbs.change, rule=rule, **_by(request)):
        messages.success(request, "Changed.")
        return redirect("workspace:rules-rule", rule.pk)
    return _form(request, form, f"Change “{rule.name}”", doors.crumbs(rule, "Change"), rule)


@open_to_colleagues("POST", needs=Permission.EDIT_SURVEYS)
def switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off, put it away or bring it back."""
    rule = doors.rule_of(pk)
    verb, said = SWITCHES.get(request.POST.get("to", ""), (None, ""))
    if verb is None:
        messages.error(request, "Choose whether it is on or off.")
        return redirect("workspace:rules-rule", rule.pk)
    try:
        verb(rule=rule, **_by(request))
        messages.success(request, f"“{rule.name}” {said}.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:rules-rule", rule.pk)


@open_to_colleagues("POST", needs=Permission.EDIT_SURVEYS)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a rule ask some people by hand: they wait their turn like everybody it finds."""
    rule = doors.rule_of(pk)
    addresses = WordsField().to_python(request.POST.get("addresses", ""))
    found = contacts.visible_to(request.user).filter(
        Q(email__in=addresses) | Q(key__in=addresses), left_on=None
    )
    people = list(found.order_by("pk"))
    known = {word.casefold() for one in people for word in (one.email, one.key)}
    unknown = [word for word in addresses if word.casefold() not in known]
    if unknown or not people:
        messages.error(
            request, f"Nobody is known as {', '.join(unknown) or 'that'}. Nobody was asked."
        )
        return redirect("workspace:rules-rule", rule.pk)
    new = occasions.ask_now(rule=rule, people=people, **_by(request))
    messages.success(request, f"{new} wait to be asked, as the budget allows.")
    return redirect("workspace:rules-rule", rule.pk)


def _by(request: SignedInRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _form(
    request: SignedInRequest,
    form: RuleForm,
    title: str,
    crumbs: list[dict[str, str]],
    rule: AskingRule | None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": crumbs[-2]["url"],
        "crumbs": crumbs,
        "rule": rule,
        "now": timezone.now(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/asking_rules/form.html", context, status=status)


def _planned(found: Plan) -> dict[str, Any]:
    return {
        "plan": found,
        "planned_columns": PLANNED,
        "zone": timezone.get_current_timezone_name(),
        "left_out_columns": LEFT_OUT,
        "reasons": [(REASONS[code], count) for code, count in found.reasons.most_common()],
    }
