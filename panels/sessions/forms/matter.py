"""Documents, people heard, and what members ask."""

from django import forms
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm

from ..enums import Audience, DocumentKind, Proposer, Stance
from ..models import Document, Hearing
from ..models.hearing import NAME_MAX, REASON_MAX
from ..services.documents import FIELDS
from ..services.hearing import DECLARED
from .planning import address, choice, line, text


class DocumentForm(PlainForm):
    """A document; its file is sent once."""

    title = line(gettext_lazy("Title"), gettext_lazy("Give it a title."), most=140)
    kind = choice(gettext_lazy("What it is"), gettext_lazy("Say what it is."), DocumentKind.choices)
    source = line(
        gettext_lazy("Who wrote it"),
        gettext_lazy("Say who wrote it: members judge by it."),
        most=140,
        help_text=gettext_lazy("A service, an association, a researcher…"),
    )
    audience = choice(gettext_lazy("Who reads it"), gettext_lazy("Say who reads it."), Audience.choices)
    session = forms.ModelChoiceField(
        label=gettext_lazy("For which session"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("For all of them"),
        error_messages={"invalid_choice": gettext_lazy("Choose in the list.")},
    )
    words = text(
        gettext_lazy("Summary in plain words"),
        gettext_lazy("Say in plain words what it holds: this summary is posted."),
        rows=10,
        most=6000,
        help_text=gettext_lazy("Two pages at most. It is read on the screen, and posted to who asked for paper."),
    )
    link = address(gettext_lazy("Or its link"), help_text=gettext_lazy("When it is already published elsewhere."))
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, ODT, DOCX, XLSX or CSV, 8 MB at most. Left empty, the summary is the document."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.odt,.docx,.xlsx,.csv"}),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another one.")},
    )
    field_order = ["title", "kind", "source", "audience", "session", "words", "file", "link"]

    def __init__(self, data=None, files=None, *, sessions, document: Document | None = None):
        initial = {"kind": DocumentKind.SUMMARY, "audience": Audience.MEMBERS}
        if document is not None:
            initial = {name: getattr(document, name) for name in FIELDS}
        super().__init__(data, files, initial=initial)
        self.fields["session"].queryset = sessions
        if document is not None:
            del self.fields["file"]
            if document.file:
                del self.fields["link"]


class HearingForm(PlainForm):
    """Who is heard, and what they declare."""

    name = line(gettext_lazy("Name"), gettext_lazy("Write who is heard."), most=NAME_MAX)
    quality = line(
        gettext_lazy("Quality"),
        gettext_lazy("Say in what quality they are heard."),
        most=NAME_MAX,
        help_text=gettext_lazy("Function, association, trade."),
    )
    stance = choice(
        gettext_lazy("Stance that the person declares"),
        gettext_lazy("Ask the person, then choose."),
        Stance.choices,
        help_text=gettext_lazy("On the question asked to the panel. The person says it, not the team."),
    )
    interests = text(
        gettext_lazy("Interests that the person declares"),
        gettext_lazy("Write what the person declares; “none” when there is nothing."),
        rows=4,
        most=2000,
        help_text=gettext_lazy("Work, money, offices that bear on the question. Write “none” when there is nothing."),
    )
    proposed_by = choice(gettext_lazy("Proposed by"), gettext_lazy("Choose in the list."), Proposer.choices)

    def __init__(self, data=None, *, hearing: Hearing | None = None, initial=None):
        if hearing is not None:
            initial = {name: getattr(hearing, name) for name in DECLARED}
        super().__init__(data, initial=initial)


class AskForm(PlainForm):
    """A member asks to hear somebody."""

    who = line(
        gettext_lazy("Whom to hear"),
        gettext_lazy("Say whom you want to hear: a name, or a quality."),
        most=NAME_MAX,
        help_text=gettext_lazy("A name, or somebody’s quality: “a tenant who gave up a procedure”."),
    )
    reason = text(
        gettext_lazy("Why"),
        gettext_lazy("Say why: the others read it."),
        rows=4,
        most=REASON_MAX,
    )


class AnswerForm(PlainForm):
    """What the team answers."""

    accepts = choice(
        gettext_lazy("Your answer"),
        gettext_lazy("Choose: yes or no."),
        [("yes", gettext_lazy("Yes, we ask this person")), ("no", gettext_lazy("No"))],
    )
    answer = text(
        gettext_lazy("Why"),
        gettext_lazy("Say why: members read it."),
        rows=4,
        most=2000,
    )
