"""What is sealed opens with the right key alone, and with the one before for as long as that is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.foundation import sealing

FIRST, SECOND = "first-" * 8, "second-" * 8


@given(st.text())
def test_what_was_sealed_opens_to_what_it_was(text):
    assert sealing.unseal(sealing.seal(text)) == text


def test_what_is_stored_neither_holds_the_secret_nor_tells_that_two_are_equal():
    once, again = sealing.seal("arb_live_secret"), sealing.seal("arb_live_secret")

    assert "secret" not in once
    assert once != again


def test_with_another_key_it_stays_shut_and_says_what_to_do(settings):
    settings.SECRET_KEY = FIRST
    sealed = sealing.seal("arb_live_secret")
    settings.SECRET_KEY = SECOND

    with pytest.raises(sealing.Unopenable, match="SECRET_KEY_FALLBACKS"):
        sealing.unseal(sealed)


def test_an_earlier_key_opens_what_it_sealed_and_seals_nothing_new(settings):
    settings.SECRET_KEY = FIRST
    sealed = sealing.seal("arb_live_secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECOND, [FIRST]
    new = sealing.seal("arb_live_secret")

    assert sealing.unseal(sealed) == "arb_live_secret"
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.unseal(new) == "arb_live_secret"


@pytest.mark.parametrize("changed", ["", "no token", "gAAAAA==", "é"])
def test_what_was_changed_on_the_way_is_refused(changed):
    with pytest.raises(sealing.Unopenable):
        sealing.unseal(changed)


def test_the_secret_key_itself_opens_nothing(settings):
    import base64

    from cryptography.fernet import Fernet, InvalidToken

    sealed = sealing.seal("arb_live_secret")
    plain = base64.urlsafe_b64encode(settings.SECRET_KEY.encode()[:32].ljust(32, b"\0"))

    with pytest.raises(InvalidToken):
        Fernet(plain).decrypt(sealed.encode())
