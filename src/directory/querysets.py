"""Chainable reads of the directory."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models


class UnitQuerySet(models.QuerySet):
    """Units of the tree."""

    def current(self, on):
        """Units alive on the day ``on``."""
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on)
        )

    def directions(self):
        return self.filter(kind="direction")

    def under(self, unit):
        """The unit and everything below it."""
        return self.filter(path__startswith=unit.path)


class UserManager(BaseUserManager):
    """Makes accounts; nullable fields are stored as NULL, never as an empty string."""

    def create_user(self, username, password=None, **fields):
        """Create one account; without a password the account can't be opened by one."""
        fields["email"] = self.normalize_email(fields.get("email")) or None
        fields["personnel_number"] = fields.get("personnel_number") or None
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """Create an account with every permission; only the command line calls it."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(username=username)
