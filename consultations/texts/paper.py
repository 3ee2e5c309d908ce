"""The paper version of contributing, and what a sheet's code lets its author read."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.directory.viewer import HandleHolder
from src.foundations import references
from src.paper import registry
from src.workflow.exceptions import TransitionNotAllowed

from . import rules, selectors, services
from .enums import TextState
from .forms.base import PlainForm
from .forms.contributing import ObjectForm, SheetForm
from .models import ReformText, UnitContribution
from .notices import item_lines
from .services.contributing import is_answered
from .services.moderating import may_object
from .services.telling import lines_of

KIND = "reform_text"
FIELDS = ("article", "kind", "proposal", "body")
# Beyond, the list of articles to tick would be a booklet.
MOST_ARTICLES = 80


def sheets_for(viewer) -> list[tuple[str, str]]:
    """The texts a facilitator may print and type sheets of: open or about to be, where paper can be taken."""
    found = ReformText.objects.visible_to(viewer).published().filter(closed_at__isnull=True).for_pages()
    return [
        (f"{one.reference}.{one.current.number}", one.title)
        for one in found
        if rules.state_of(one) in (TextState.OPEN, TextState.COMING)
        and not rules.why_no_sheet(one)
        and one.current.units.count() <= MOST_ARTICLES
    ]


def build(about: str, data=None) -> SheetForm:
    """The form of a sheet: the articles of the version it was printed from."""
    reference, _dot, number = about.partition(".")
    text = ReformText.objects.for_pages().filter(reference=references.normalise(reference[:20])).first()
    held = [one for one in text.published_versions if str(one.number) == number] if text is not None else []
    if not held:
        raise LookupError(about)
    return SheetForm(text, held[0].units.order_by("position", "pk"), data)


def submit(submission: registry.Submission) -> registry.Handed:
    """Take what the sheet says."""
    form = submission.form
    made = services.take_sheet(
        text=form.text,
        unit=form.unit,
        kind=form.cleaned_data["kind"],
        body=form.cleaned_data["body"],
        proposal=form.cleaned_data["proposal"],
        place=submission.place,
        channel=submission.channel,
        token=submission.token,
    )
    return registry.Handed(kind=KIND, handle=made.handle, label=form.text.title)


def adapt(form: SheetForm) -> dict:
    """What one text's sheet says of itself."""
    return {
        "title": form.text.title,
        "lede": _("One sheet for one article. Don't write your name. Read the text beside it, or on its page."),
        "fields": FIELDS,
        "watched": ("proposal", "body"),
    }


def read(handle) -> dict | None:
    """One's contribution, and what became of it once it is told."""
    one = _by_handle(handle)
    if one is None:
        return None
    text = ReformText.objects.for_pages().get(pk=one.unit.version.text_id)
    told = getattr(one, "outcome", None)
    lines = []
    if told is not None and told.told_at is not None:
        found = lines_of(text, [one.pk]).get(one.pk)
        lines = item_lines(found[1]) if found else []
    return {
        "text": text,
        "contribution": one,
        "lines": lines,
        "url": selectors.url("unit", text, key=one.unit.key),
        "is_tied": True,
    }


def gestures(handle, data=None) -> list[registry.Gesture]:
    """What the author may do now: take it back, or object to its removal."""
    one = _by_handle(handle)
    if one is None:
        return []
    found, viewer = [], HandleHolder(handle)
    text = ReformText.objects.for_pages().get(pk=one.unit.version.text_id)
    if may_object(one):
        found.append(
            registry.Gesture(
                key="contester",
                title=_("Object to the removal"),
                submit=_("Send my objection"),
                form=ObjectForm(data),
                act=_object,
                done=_("Your objection is sent. Somebody else reads your text again."),
                watched=("words",),
            )
        )
    if not rules.why_not_change(viewer, one, text, answered=is_answered(one)):
        found.append(
            registry.Gesture(
                key="retirer",
                title=_("Take my contribution back?"),
                submit=_("Take back"),
                form=PlainForm(data),
                act=_withdraw,
                done=_("Your contribution is taken back: its words are gone."),
                danger=True,
                watched=(),
            )
        )
    return found


def _by_handle(handle) -> UnitContribution | None:
    return (
        UnitContribution.objects.filter(handle=handle).select_related("unit__version__text__space", "outcome").first()
    )


def _object(handle, form) -> None:
    try:
        services.appeal(actor=HandleHolder(handle), contribution=_by_handle(handle), text=form.cleaned_data["words"])
    except TransitionNotAllowed as refusal:
        raise ValidationError(str(refusal))


def _withdraw(handle, form) -> None:
    one = _by_handle(handle)
    text = ReformText.objects.for_pages().get(pk=one.unit.version.text_id)
    services.withdraw(actor=HandleHolder(handle), contribution=one, text=text)


def claim(handle, request, response):
    """A sheet leads to nobody, by its own words: it is never tied to an account."""
    raise ValidationError(_("What was sent on a sheet stays nobody's: this code alone reads it."))


registry.register(
    registry.PaperForm(
        key=KIND,
        title=gettext_lazy("Contribution to a text"),
        lede="",
        addresses=("textes/<slug:reference>/articles/<slug:key>/",),
        build=build,
        fields=FIELDS,
        submit=submit,
        who=registry.NOBODY,
        places=sheets_for,
        adapt=adapt,
        refuses_place=lambda form, unit: rules.why_not_from(form.text.space, unit),
        has_code=True,
    )
)
registry.register_followed(
    registry.Followed(kind=KIND, template="texts/followed.html", read=read, gestures=gestures, claim=claim)
)
