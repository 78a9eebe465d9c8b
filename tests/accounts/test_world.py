from django.utils import timezone

from tests.world import JULY, TODAY


def test_the_cast_is_on_stage_and_the_clock_stands_still(world, clock):
    assert world.harbour.owner == world.ada
    assert world.faster_onboarding.stated_by == world.cleo
    assert timezone.now() == TODAY

    clock.set(JULY)

    assert timezone.now() == JULY
