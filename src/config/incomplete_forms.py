"""Wagtail's own forms, sent without the fields its pages put in them: refused with a sentence, never a failure."""

import logging
from pathlib import Path

import wagtail
from django.core.exceptions import ObjectDoesNotExist
from django.utils.datastructures import MultiValueDictKeyError

from .errors import bad_request

logger = logging.getLogger(__name__)

WAGTAIL = str(Path(wagtail.__file__).parent)
# What its views raise on a counter or a parent that is missing, or isn't a number, or names nothing.
_RAISED = (MultiValueDictKeyError, ValueError, ObjectDoesNotExist)
# A field whose absence raises something that could as well be a fault of ours: address → field.
_NEEDED = {"wagtailadmin_choose_page_external_link": "external-link-chooser-url"}
# Where a text of the editor is read from JSON: one of another shape breaks it in as many ways as there are shapes.
RICH_TEXT = str(Path(WAGTAIL) / "admin" / "rich_text")


class IncompleteFormMiddleware:
    """Answers 400 where a view of Wagtail breaks on what was posted; a fault of our own code stays a fault."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page that says to reload the form; None leaves the exception as it is."""
        match = request.resolver_match
        if request.method != "POST" or match is None or not match.route.startswith("gestion/"):
            return None
        needed = _NEEDED.get(match.url_name)
        incomplete = isinstance(exception, _RAISED) or (needed is not None and needed not in request.POST)
        files = _files(exception)
        unreadable = any(file.startswith(RICH_TEXT) for file in files)
        if not (incomplete or unreadable) or not _raised_by_wagtail(files):
            return None
        logger.warning("incomplete_form", extra={"route": match.route})
        return bad_request(request, exception)


def _files(exception) -> list[str]:
    """The files the exception went through, Wagtail's and ours alone."""
    trace, ours, found = exception.__traceback__, str(Path(__file__).parents[2]), []
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(WAGTAIL) or (file.startswith(ours) and "site-packages" not in file):
            found.append(file)
        trace = trace.tb_next
    return found


def _raised_by_wagtail(files: list[str]) -> bool:
    """Whether the last code of the trace that isn't Django's or Python's is Wagtail's."""
    return bool(files) and files[-1].startswith(WAGTAIL)
