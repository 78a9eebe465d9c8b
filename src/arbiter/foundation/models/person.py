"""The vendor's own people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from arbiter.foundation import roles


class Team(models.Model):
    """Colleagues who look after customers together."""

    name = models.CharField(max_length=100, unique=True)


class People(BaseUserManager["Person"]):
    """Makes people; an address is kept in lower case so that nobody exists twice."""

    def create_person(
        self,
        *,
        email: str,
        name: str,
        role: str = "csm",
        password: str | None = None,
        **fields: Any,
    ) -> Person:
        """Return a new person; without a password they sign in by a code sent to their mail."""
        person = self.model(email=email.strip().lower(), name=name, role=role, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def system(self) -> Person:
        """Return the person jobs and imports act by; nobody can sign in as it."""
        person, _ = self.get_or_create(
            email="system@arbiter.invalid",
            defaults={
                "name": "Arbiter",
                "role": roles.SYSTEM.name,
                "is_active": False,
                "password": "!",
            },
        )
        return person


class Person(AbstractBaseUser):
    """A colleague at the vendor. One who was only named in a file is inactive until invited."""

    actor_kind = "person"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, default="csm")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="people")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = People()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[*roles.ROLES, roles.SYSTEM.name]),
                name="foundation_person_role_is_known",
            ),
            models.UniqueConstraint(Lower("email"), name="foundation_person_email_once"),
            models.UniqueConstraint(
                fields=["role"],
                condition=models.Q(role="owner"),
                name="foundation_person_one_owner",
            ),
        ]

    def get_full_name(self) -> str:
        """Return the name, as sign-in pages and mail ask for it."""
        return self.name or self.email

    def may(self, permission: roles.Permission) -> bool:
        """Say whether this person holds a permission (see `roles.may`)."""
        return roles.may(self, permission)
