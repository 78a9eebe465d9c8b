"""The link reached somebody else."""

from arbiter.voice.models import PersonalLink
from tests.facts import last_fact
from tests.portal.test_letter import text


def test_it_explains_and_closes_the_link_by_post(client, world, link_of):
    where = link_of(world.cleo)
    assert "You are not Cleo Castro?" in text(client.get(f"{where}wrong-person/"))

    reply = client.post(f"{where}wrong-person/", {"website": ""})

    assert "Thank you. The link is closed" in text(reply)
    assert PersonalLink.objects.get().revoked_because == "wrong_person"
    assert last_fact().name == "voice.link_revoked"
    assert client.get(where).status_code == 410


def test_a_gateway_closes_nothing(client, world, link_of):
    agent = {"user-agent": "Barracuda"}

    reply = client.post(f"{link_of(world.cleo)}wrong-person/", headers=agent)

    assert reply.status_code == 422
    assert PersonalLink.objects.get().revoked_at is None
