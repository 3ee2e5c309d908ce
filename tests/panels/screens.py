"""What tests of screens share: the words of a page as one reads them."""

import html
import re

from django.test import Client


def text_of(answer) -> str:
    """The words of a page, with plain spaces and apostrophes."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    words = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return " ".join(words.replace("’", "'").replace("\u202f", " ").replace("\xa0", " ").split())


def as_(user) -> Client:
    """A client signed in as that account; a visitor for None."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client
