"""What both journeys do: bring in a file as a person does, while a worker works."""

from datetime import timedelta

from django.utils import timezone

from arbiter.foundation.jobs import worker

# A job that met a page's reading tries again after ten seconds: the suite's database is in memory, where readers lock.
SOON = timedelta(minutes=1)


def work():
    """Have the worker do all that is due."""
    while worker.run_due(timezone.now() + SOON):
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
