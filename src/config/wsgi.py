"""The door of gunicorn and waitress."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

LONGEST_QUESTION = 32_768


def short_questions(site):
    """Refuse with 414 an address longer than any page of ours asks: beyond ten thousand parameters, and with an odd
    content type, Django breaks while it makes the request, before any code that could answer."""

    def door(environ, start_response):
        if len(environ.get("QUERY_STRING", "")) <= LONGEST_QUESTION:
            return site(environ, start_response)
        start_response("414 URI Too Long", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Cette adresse est trop longue.\n"]

    return door


def warm_up() -> None:
    """Load what a first request would: addresses with their views, the language, the frame of every page.

    Under gunicorn's ``--preload`` that is done once, before workers are forked: one that takes a dead one's place
    answers at once instead of half a second of processor later. Opens no connection, which a fork would share.
    """
    with translation.override(settings.LANGUAGE_CODE):
        reverse("directory:login")
        translation.gettext("Ideas")
        get_template("theme/base.html")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "src.config.settings.production")
application = short_questions(get_wsgi_application())
warm_up()
