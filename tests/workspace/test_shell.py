"""What stands around every page."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from arbiter.forecast.models import Edition
from arbiter.workspace.shell import context
from tests.forecast.portfolio import stands


def text(reply):
    return " ".join(reply.content.decode().split())


def nav(reply):
    return {item["label"]: item for item in reply.context["nav"]}


@pytest.fixture
def at(client, world):
    """What somebody gets at an address."""
    Edition.objects.create(pk=1, token="shell")
    stands("Alder", intent="no", days=20)
    stands("Birch", days=300)

    def at(person, path):
        client.force_login(person)
        return client.get(path)

    return at


def test_the_navigation_counts_and_says_where_we_are(world, at):
    found = nav(at(world.mona, "/customers/"))

    assert found["Customers"]["count"] == 2
    assert found["Renewals"]["count"] == 1
    assert [label for label, item in found.items() if item["current"]] == ["Customers"]


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "Home"), ("/renewals/", "Renewals"), ("/asks/", "Asks"), ("/settings/you/", "Settings")],
)
def test_each_part_lights_its_own_entry(world, at, path, label):
    assert [name for name, item in nav(at(world.olga, path)).items() if item["current"]] == [label]


def test_a_page_about_one_customer_belongs_to_customers(world, at):
    found = nav(at(world.mona, f"/customers/{world.harbour.pk}/"))

    assert found["Customers"]["current"]


def test_the_navigation_leads_only_where_one_may_go(world, at):
    assert {"Imports", "Settings"} <= set(nav(at(world.olga, "/")))
    assert not {"Imports", "Settings", "Outbox"} & set(nav(at(world.ada, "/")))


def test_everybody_has_some_views_to_begin_with(world, at):
    views = {view["label"]: view["count"] for view in at(world.mona, "/").context["saved_views"]}

    assert views == {"Said no or not sure": 1, "Never asked": 1, "Renewing in 90 days": 1}


def test_it_says_who_is_signed_in_and_how_to_leave(world, at):
    page = text(at(world.ada, "/"))

    assert "Ada Arnold" in page
    assert "CSM" in page
    assert 'action="/accounts/logout/" method="post"' in page


def test_the_shell_costs_two_queries(world, django_assert_max_num_queries):
    Edition.objects.create(pk=1, token="shell")
    stands("Alder")
    request = RequestFactory().get("/")
    request.user, request.resolver_match = world.mona, None

    def draw():
        shown = Template(
            "{% for item in nav %}{{ item.count }}{% endfor %}{{ saved_views|length }}"
        )
        return shown.render(Context(context.shell(request)))

    draw()
    with django_assert_max_num_queries(2):
        assert draw().endswith("3")


def test_a_page_without_the_shell_pays_nothing(world, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.resolver_match = world.mona, None

    with django_assert_num_queries(0):
        Template("{{ search_url }}").render(Context(context.shell(request)))


def test_strangers_get_no_shell(client, world):
    reply = client.get("/accounts/login/")

    assert "nav" not in reply.context


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_kept_without_javascript(client, world, theme):
    client.force_login(world.ada)

    reply = client.post(
        "/theme/", {"theme": theme}, headers={"referer": "http://testserver/renewals/"}
    )

    assert reply.headers["Location"] == "http://testserver/renewals/"
    assert f'data-theme="{theme}"' in text(client.get("/"))


def test_the_theme_leads_to_no_other_site(client, world):
    client.force_login(world.ada)
    client.cookies["theme"] = "dark"

    reply = client.post("/theme/", {"theme": "auto"}, headers={"referer": "https://evil.example/"})

    assert reply.headers["Location"] == "/"
    assert reply.cookies["theme"].value == ""


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/home/", "/gallery/customers/"])
def test_the_gallery_is_open_to_colleagues(client, world, path):
    assert client.get(path).status_code == 302
    client.force_login(world.otto)
    assert client.get(path).status_code == 200
