"""One class per message: who gets it, in which category, with which words."""

from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext

from src.foundations.text import plain_to_html

from .enums import NEVER_MUTED, Category

_notices: dict[str, "Notice"] = {}


class Notice:
    """A message. A room subclasses it once per message and registers it in ``AppConfig.ready()``.

    ``template`` names the pair ``<template>.txt`` and ``<template>.html`` (the second is optional: the text is
    then marked up). ``why`` is the sentence shown under "Why am I receiving this?". The context given to
    ``send`` is stored as JSON: it holds references and words, never the name of a protected author.
    """

    code: str = ""
    category: str = Category.FOLLOWED
    template: str = ""
    why: str = ""
    audience: str = ""
    # A legal duty is never muted, whatever its category.
    legal: bool = False
    # A context that says everything the message can say: the gallery draws it, a test looks at it.
    example: dict = {}

    @property
    def mutable(self) -> bool:
        return not self.legal and self.category not in NEVER_MUTED

    def subject(self, context: dict) -> str:
        """The mail's subject, which is also the title in the inbox."""
        raise NotImplementedError

    def about(self, context: dict) -> str:
        """What the message is about: those about the same thing are shown together. Empty: it stands alone."""
        reference = context.get("reference", "")
        return f"{self.code.partition('.')[0]}:{reference}" if reference else ""

    def url(self, context: dict) -> str:
        """The page the message leads to; empty when it leads nowhere."""
        return ""

    def action(self, context: dict) -> str:
        """The words of the button that leads to ``url``."""
        return gettext("Read on")

    def sentences(self, context: dict) -> list[str]:
        """The body of a message without a template, a paragraph each; empty ones are left out."""
        return []

    def calendar(self, context: dict, address: str) -> tuple[str, str] | None:
        """What a calendar application reads of the mail to ``address``: method (RFC 5546) and text; or None."""
        return None

    def text(self, context: dict) -> str:
        """The body in plain text, without greeting or footer."""
        if not self.template:
            return "\n\n".join(sentence for sentence in self.sentences(context) if sentence)
        return get_template(f"{self.template}.txt").render(context).strip()

    def html(self, context: dict) -> str:
        """The body as HTML, for the inbox and the mail."""
        try:
            template = get_template(f"{self.template}.html")
        except TemplateDoesNotExist:
            return plain_to_html(self.text(context))
        return template.render(context)


def register(notice):
    """Add a message to the registry; usable as a class decorator.

    Refuses a code taken by another class, and a message that says nothing: no template, no sentences, no text.
    """
    instance = notice() if isinstance(notice, type) else notice
    known = _notices.get(instance.code)
    if not instance.code or (known is not None and type(known) is not type(instance)):
        raise ValueError(f"Notice code missing or already taken: {instance.code!r}")
    kind = type(instance)
    if not instance.template and kind.sentences is Notice.sentences and kind.text is Notice.text:
        raise ValueError(f"Notice {instance.code!r} says nothing: give it a template or sentences.")
    _notices[instance.code] = instance
    return notice


def get(code: str) -> Notice:
    """The message of that code; KeyError when nobody registered it."""
    return _notices[code]


def registered() -> dict[str, Notice]:
    """Every message, by code."""
    return dict(_notices)
