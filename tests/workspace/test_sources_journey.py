"""Somebody connects their product: makes a source, copies the text, runs it, and sees the tick."""

import subprocess

import pytest
from django.urls import reverse

from tests.clients import kit

pytestmark = [
    pytest.mark.clients,
    pytest.mark.browser,
    pytest.mark.sweep,
    pytest.mark.django_db(transaction=True),
]


def test_a_text_is_pasted_and_run_and_the_tick_appears(
    world, live_server, open_page, signed_in, settings
):
    kit.require()
    settings.BASE_URL = live_server.url
    page = open_page(
        live_server.url + reverse("workspace:settings-sources"), cookies=signed_in(world.abe)
    )
    page.get_by_role("link", name="Add a source").click()
    page.get_by_label("What sends?").fill("Web app")
    page.get_by_role("radio", name="A server").check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("Listening").wait_for()

    text = page.get_by_label("Segment, Python").text_content()
    subprocess.run([kit.PYTHON, "-"], input=text, text=True, check=True, timeout=60)

    page.get_by_text("We heard you.").wait_for()
    assert "identify" in page.locator("#heard").text_content()
