"""A batch from its header to its sending: typed by one person, looked at again by another, sent sheet by sheet."""

import datetime
import json
from secrets import randbelow

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as _

from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock, journal, sealing

from .. import codes, registry, rules
from ..enums import BatchState, WhyAside
from ..forms import who_form
from ..models import Batch, TypedSheet

PURPOSE = sealing.register_purpose("paper-sheet")
STEP = 1024
PAPER = "paper"
# One sheet in twenty is typed again without seeing the first.
BLIND_ONE_IN = 20
LONGEST_VALUE = 20_000
# A questionnaire asks more than a proposal: one field a line of a grid.
MOST_FIELDS = 600
# What the desk's page posts beside the sheet's own questions; no form on paper may ask under one of these names.
PAGE_FIELDS = frozenset(
    {"csrfmiddlewaretoken", "action", "why", "lot-sheet", "lot-kind", "compared", "en_idee", "reference", "token"}
)


class Filled:
    """A sheet as it was typed: the web's form and who wrote it, bound and ready to be checked.

    ``unit``: the place it was printed for, which some questions are asked at; without it all of them are.
    """

    def __init__(self, paper, about: str, data: dict, unit=None):
        posted = QueryDict(mutable=True)
        for name, values in data.items():
            posted.setlist(name, values)
        self.about, self.data = about, data
        self.form = _asked(paper, about, posted, unit)
        self.paper = paper.of(self.form)
        self.who = who_form(paper, posted, identity=posted.get("identity", ""))

    def is_valid(self) -> bool:
        """Every error at once, of both parts; and whether this sheet is for whoever signs it."""
        valid = all([self.form.is_valid(), self.who.is_valid()])
        refusal = self.paper.refuses(self.who.author) if self.paper.refuses and self.who.author else ""
        if refusal and not self.who.has_error("number"):
            self.who.add_error("number", refusal)
        return valid and not refusal

    @property
    def words(self) -> str:
        """What it says in its author's own words."""
        return "\n".join(" ".join(self.data.get(name, [])) for name in self.paper.watched)


class Blank:
    """The same two parts with nothing in them."""

    def __init__(self, paper, about: str, unit=None):
        self.about, self.data = about, {}
        self.form, self.who = _asked(paper, about, None, unit), who_form(paper)
        self.paper = paper.of(self.form)


def _asked(paper, about: str, data, unit):
    form = paper.build(about, data)
    return paper.fitted(form, about, unit=unit) if unit else form


def printed_for(batch: Batch, code) -> Unit:
    """The place a sheet was printed for, by its number; of one without a number, the place it was gathered at."""
    return code.run.unit if code and code.run_id else batch.unit


def kept(posted) -> dict:
    """What a sheet's form posted, without the page's own fields and bounded."""
    return {
        name: [value[:LONGEST_VALUE] for value in values[:30]]
        for name, values in list(posted.lists())[:MOST_FIELDS]
        if name not in PAGE_FIELDS
    }


@transaction.atomic
def open_batch(*, actor, unit, held_on: datetime.date, announced: int) -> Batch:
    """Begin typing the sheets brought back from a place. Refuses a place that isn't the actor's."""
    viewer = as_viewer(actor)
    if not rules.may_work_for(viewer, unit):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    batch = Batch.objects.create(
        unit=unit,
        held_on=held_on,
        announced=announced,
        typed_by=viewer.user,
        destroy_by=held_on + datetime.timedelta(days=settings.TERRAIN_SHEET_DESTROY_DAYS),
    )
    _record("paper.batch_opened", viewer, batch, {"announced": announced})
    return batch


@transaction.atomic
def type_sheet(*, actor, batch: Batch, filled: Filled, code=None) -> TypedSheet:
    """Keep one valid sheet, encrypted, until its second look.

    Refuses somebody else's batch, a batch already closed, a place the form doesn't take sheets from, and a sheet whose
    number was already typed.
    """
    viewer = as_viewer(actor)
    if batch.typed_by_id != viewer.user_id or not rules.may_work_for(viewer, batch.unit):
        raise PermissionDenied(_("Somebody else types this batch."))
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.TYPING).update(state=BatchState.TYPING):
        raise ValidationError(_("This batch is closed: open another one."))
    refusal = filled.paper.why_not_from(filled.form, batch.unit)
    if refusal:
        raise ValidationError(refusal)
    if code is not None:
        if TypedSheet.objects.filter(code=code).exists():
            raise ValidationError(_("This sheet was already typed. A photocopy? Type it without its number."))
        # The earliest date printed on a sheet is the one the batch keeps.
        if code.run is not None and code.run.destroy_by < batch.destroy_by:
            Batch.objects.filter(pk=batch.pk).update(destroy_by=code.run.destroy_by)
            batch.destroy_by = code.run.destroy_by
    last = TypedSheet.objects.filter(batch=batch).order_by("-position").values_list("position", flat=True).first()
    return TypedSheet.objects.create(
        batch=batch,
        position=(last or 0) + 1,
        form_key=filled.paper.key,
        about=filled.about,
        code=code,
        ciphertext=_close(filled.data),
    )


@transaction.atomic
def close_typing(*, actor, batch: Batch) -> None:
    """Say that every sheet is typed: the batch waits for somebody else, who types some again without seeing them."""
    viewer = as_viewer(actor)
    if batch.typed_by_id != viewer.user_id:
        raise PermissionDenied(_("Somebody else types this batch."))
    sheets = list(batch.sheets.all())
    if not sheets:
        raise ValidationError(_("Nothing is typed yet in this batch."))
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.TYPING).update(state=BatchState.CHECKING):
        raise ValidationError(_("This batch is already closed."))
    batch.state = BatchState.CHECKING
    drawn = {sheets[randbelow(len(sheets))].pk for _turn in range(-(-len(sheets) // BLIND_ONE_IN))}
    TypedSheet.objects.filter(pk__in=drawn).update(is_blind=True)
    _record("paper.batch_closed", viewer, batch, {"typed": len(sheets)})


def opened(sheet: TypedSheet) -> Filled:
    """What was typed of a sheet. Raises LookupError when its form or its subject is gone."""
    paper = registry.form(sheet.form_key)
    if paper is None:
        raise LookupError(sheet.form_key)
    data = json.loads(sealing.decrypt(bytes(sheet.ciphertext), PURPOSE))
    return Filled(paper, sheet.about, data, printed_for(sheet.batch, sheet.code))


def retype_matches(sheet: TypedSheet, again: Filled) -> list[str]:
    """Names of the printed questions that the two typings don't answer alike; empty when they agree.

    What the page itself carries (its token) is new at each typing and no answer.
    """
    first = opened(sheet)
    asked = {*first.paper.fields, *(f"who-{name}" for name in first.who.fields)}
    names = sorted(asked & {*first.data, *again.data})
    return [name for name in names if _same(first.data.get(name)) != _same(again.data.get(name))]


@transaction.atomic
def send_sheet(*, actor, sheet: TypedSheet, filled: Filled):
    """Send what the second look agreed on, by the room's own service; the code is tied to it and the row goes away.

    Returns what was handed over. Refuses whoever typed the batch, and a sheet already sent.
    """
    viewer = as_viewer(actor)
    batch = _begin_look(viewer, sheet)
    if not filled.is_valid():
        raise ValidationError(_("This sheet isn't complete yet."))
    handed = filled.paper.submit(
        registry.Submission(
            form=filled.form,
            about=filled.about,
            channel=PAPER,
            author=filled.who.author,
            team=filled.who.cleaned_data.get("team", ""),
            handle=filled.who.handle,
            place=batch.unit,
            written_on=batch.held_on,
            token=sheet.token,
        )
    )
    code = sheet.code
    if not TypedSheet.objects.filter(pk=sheet.pk).delete()[0]:
        raise ValidationError(_("This sheet was already sent."))
    if code is not None and handed is not None:
        if filled.paper.has_code:
            codes.attach(code, handed.kind, handed.handle)
        else:
            codes.spend(code)
    _count(batch, "sent")
    return handed


@transaction.atomic
def set_aside(*, actor, sheet: TypedSheet, why: str) -> None:
    """Don't send a sheet, with its reason; what was typed of it is erased. Refuses whoever typed the batch."""
    viewer = as_viewer(actor)
    batch = _begin_look(viewer, sheet)
    if why not in WhyAside.values:
        raise ValidationError({"why": _("Choose why.")})
    if not TypedSheet.objects.filter(pk=sheet.pk).delete()[0]:
        raise ValidationError(_("This sheet was already sent."))
    _record("paper.sheet_set_aside", viewer, batch, {"why": str(why)})
    _count(batch, "set_aside")


def _begin_look(viewer, sheet: TypedSheet) -> Batch:
    """The batch, taken by this person for its second look; two people at once leave one."""
    batch = Batch.objects.select_related("unit").get(pk=sheet.batch_id)
    refusal = rules.why_not_check(viewer, batch)
    if refusal or not rules.may_work_for(viewer, batch.unit):
        raise PermissionDenied(refusal or _("Your role doesn't cover this place."))
    mine = Batch.objects.filter(pk=batch.pk, state=BatchState.CHECKING)
    if not (mine.filter(checked_by=None) | mine.filter(checked_by=viewer.user)).update(checked_by=viewer.user):
        raise ValidationError(_("This batch isn't waiting for its second look any more."))
    return batch


def _count(batch: Batch, column: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(**{column: F(column) + 1})
    if not TypedSheet.objects.filter(batch=batch).exists():
        Batch.objects.filter(pk=batch.pk, state=BatchState.CHECKING).update(
            state=BatchState.SENT, sent_on=clock.today()
        )


def _close(data: dict) -> bytes:
    return sealing.encrypt(json.dumps(data).encode(), PURPOSE, pad_to=STEP)


def _same(values) -> list[str]:
    return [" ".join(value.split()).casefold() for value in values or [] if value.strip()]


def _record(verb: str, viewer, batch: Batch, payload: dict) -> None:
    journal.record(verb, actor=viewer.user, object_ref=f"batch:{batch.reference}", payload=payload)
