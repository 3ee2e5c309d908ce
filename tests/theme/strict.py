"""A template engine that refuses what templates usually swallow: unknown variables."""

from copy import deepcopy

from django.conf import settings
from django.template.engine import Engine


class Unknown(Exception):
    """A template asked for a variable nobody gave."""


class Refusal(str):
    """Put in place of an unknown variable, it stops the page instead of showing nothing."""

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, variable):
        raise Unknown(str(variable))

    def __bool__(self):
        return True


def strict_engine() -> Engine:
    """The project's engine, with unknown variables refused."""
    options = deepcopy(settings.TEMPLATES[0]["OPTIONS"])
    options["string_if_invalid"] = Refusal("refused")
    options["context_processors"] = []
    # Wagtail's and Django's own libraries, as the project's backend finds them.
    from django.template import engines  # the backend knows the installed libraries

    libraries = engines["django"].engine.libraries
    return Engine(app_dirs=True, libraries=libraries, **options)
