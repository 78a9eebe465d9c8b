"""A rule that is on, and whom the rules find."""

from arbiter.engagement.actions import asking_rules, occasions
from arbiter.engagement.models import Occasion
from arbiter.engagement.rules.asking import When, Whom
from tests.world import JUNE, MAY

EVERYBODY = Whom(most_people=9)


def rule(world, on, whom=EVERYBODY, survey_key="", since=MAY, **more):
    shares = {name: more.pop(name) for name in list(more) if name.endswith("percent")}
    made = asking_rules.make(
        name=f"On {on}",
        when=When(on, **more),
        whom=whom,
        survey_key=survey_key,
        by=world.mona,
        at=MAY,
        **shares,
    )
    return asking_rules.switch_on(rule=made, by=world.mona, at=since) if since else made


def found(at=JUNE):
    occasions.find_occasions(at)
    rows = Occasion.objects.select_related("contact").order_by("pk")
    return [(row.contact.name.split()[0], row.because) for row in rows]


def names(at=JUNE):
    return [name for name, _ in found(at)]
