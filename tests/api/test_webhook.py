"""Segment's webhook destination."""

import gzip
import hashlib
import hmac

import pytest

from arbiter.usage.models import Parcel
from tests.api.test_ingest import CALL, code_of, kept, post
from tests.usage.captured import as_json

DELETE = as_json({"type": "delete", "userId": "u1"})


def signature(body, secret="wk_hook"):
    return hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()


def test_what_is_signed_is_taken_at_the_number_of_the_source(webhook):
    reply = post(f"/v1/webhook/{webhook.pk}", DELETE, HTTP_X_SIGNATURE=signature(DELETE))

    assert reply.status_code == 200
    assert (kept().dialect, kept().source, gzip.decompress(kept().body)) == (
        "webhook",
        webhook,
        DELETE,
    )


@pytest.mark.parametrize("signed", [None, "", "00", signature(DELETE, "other"), "ü"])
def test_what_is_not_signed_right_is_not_taken_there(webhook, signed):
    headers = {} if signed is None else {"HTTP_X_SIGNATURE": signed}

    reply = post(f"/v1/webhook/{webhook.pk}", DELETE, **headers)

    assert code_of(reply) == (401, "invalid_signature")
    assert not Parcel.objects.exists()


def test_a_source_that_is_not_there_is_answered_alike(webhook):
    reply = post("/v1/webhook/4711", DELETE, HTTP_X_SIGNATURE=signature(DELETE))

    assert code_of(reply) == (401, "invalid_signature")


def test_the_key_in_the_address_suffices_but_a_signature_must_fit(webhook):
    assert post("/v1/webhook/wk_hook", CALL).status_code == 200
    assert post("/v1/webhook/wk_hook/", CALL, HTTP_X_SIGNATURE=signature(as_json(CALL))).status_code == 200  # fmt: skip
    assert code_of(post("/v1/webhook/wk_hook", CALL, HTTP_X_SIGNATURE="00"))[0] == 401
    assert code_of(post("/v1/webhook/wk_nobody", CALL)) == (401, "invalid_write_key")


def test_a_public_key_has_nobody_forgotten(browser):
    assert code_of(post("/v1/webhook/wk_web", DELETE)) == (403, "public_key")


def test_a_webhook_is_posted(client, webhook):
    assert code_of(client.get(f"/v1/webhook/{webhook.pk}")) == (405, "not_post")
