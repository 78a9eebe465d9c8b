"""What both journeys do: bring in a file as a person does, while a worker works."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from arbiter.foundation.jobs import worker

# What comes every few seconds is not due again at once, and a job that met a page's reading waits before it tries again:
# each round is a minute later than the one before.
_minutes = count(1)


def work():
    """Have the worker do all that is due, and what that in turn makes due."""
    for _ in range(2):
        at = timezone.now() + timedelta(minutes=next(_minutes))
        while worker.run_due(at):
            pass


def words(page) -> str:
    return " ".join(page.locator("main").inner_text().split())


def bring_in(page, path, shape):
    """Choose a file on the page of imports, check it, store it."""
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_text(shape).first.wait_for()
    page.get_by_role("button", name="Check this import").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.get_by_role("button", name="Store it").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.get_by_text("Stored.", exact=True).wait_for()
    work()
