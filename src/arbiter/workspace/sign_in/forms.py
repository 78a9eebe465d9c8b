"""The library's forms in our words: a label says what to give, nothing stands inside the box."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as library
from django import forms


class _Plain:
    """Takes away what the library writes into and under the boxes."""

    fields: dict[str, forms.Field]

    def _plain(self) -> None:
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def _say(self, name: str, label: str, help_text: str = "") -> None:
        self.fields[name].label = label
        self.fields[name].help_text = help_text


class SignInForm(_Plain, library.LoginForm):
    """Mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("login", "Work e-mail")
        self._say("password", "Password")


class CodeRequestForm(_Plain, library.RequestLoginCodeForm):
    """Where to send the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("email", "Work e-mail")


class CodeForm(_Plain, library.ConfirmLoginCodeForm):
    """The code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("code", "Code from the mail")


class ResetForm(_Plain, library.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("email", "Work e-mail")


class ResetKeyForm(_Plain, library.ResetPasswordKeyForm):
    """A new password by a mailed link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("password1", "New password", "At least eight characters.")
        self._say("password2", "The same again")


class ChangeForm(_Plain, library.ChangePasswordForm):
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("oldpassword", "Current password")
        self._say("password1", "New password", "At least eight characters.")
        self._say("password2", "The same again")


class SetForm(_Plain, library.SetPasswordForm):
    """A first password, for who came in by code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain()
        self._say("password1", "New password", "At least eight characters.")
        self._say("password2", "The same again")
