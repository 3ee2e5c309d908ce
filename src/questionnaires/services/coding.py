"""Reading answers one by one or several at once, the history of it, undoing; two readings apart, then settled."""

import uuid
from collections.abc import Iterable, Mapping
from random import SystemRandom

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from src.directory.models import User
from src.foundations import clock, journal

from .. import agreement, rules
from ..models import Cause, Code, Codebook, CodedText, Coding, CodingStep, DoubleReading, Slot, Theme
from .codebooks import save_theme

MOST_AT_ONCE = 200
SAMPLE_LEAST, SAMPLE_MOST = 10, 400
NONE_OF_THEM: frozenset = frozenset()


class CodedMeanwhile(ValidationError):
    """Somebody else coded the text since the page was made; ``coding`` is theirs."""

    def __init__(self, coding: Coding):
        super().__init__(_("Somebody else coded this answer in the meantime: look at their choice, then decide."))
        self.coding = coding


def roots_of(codebook: Codebook) -> dict[int, int]:
    """Key of each theme → that of the theme its answers are read with."""
    into = dict(codebook.themes.values_list("pk", "merged_into_id"))
    roots = {}
    for pk in into:
        root, seen = pk, {pk}
        while into[root] is not None and into[root] not in seen:
            root = into[root]
            seen.add(root)
        roots[pk] = root
    return roots


def slot_of(text: CodedText, user) -> str:
    """Which reading somebody's codes go to: their own while two people read the text, else the one that counts.

    Refuses whoever isn't one of the two.
    """
    double = text.double_reading
    if double is None or double.completed_at is not None:
        return Slot.FINAL
    if user.pk == double.first_id:
        return Slot.FIRST
    if user.pk == double.second_id:
        return Slot.SECOND
    raise PermissionDenied(_("Two other people are reading this answer, each on their own."))


@transaction.atomic
def code_text(*, actor, text: CodedText, themes: Iterable[int], seen: int = 0) -> bool:
    """Say which themes an answer speaks of; none is an answer too. Whether anything changed.

    ``seen`` is the version on the page (0: not coded yet). Safe twice. Refuses with ``CodedMeanwhile`` what somebody
    else coded since, with PermissionDenied a text that two others read, with ValidationError a theme of elsewhere, and
    a reading its coder said was done.
    """
    wanted = _known(text.codebook, themes)
    # Held, so that two people who save at once come one after the other.
    text = CodedText.objects.select_for_update(of=("self",)).select_related("codebook").get(pk=text.pk)
    slot = slot_of(text, actor)
    if slot != Slot.FINAL:
        _refuse_done(text.double_reading, slot)
    current = Coding.objects.filter(text=text, slot=slot).first()
    if current is not None:
        same = {roots_of(text.codebook)[pk] for pk in current.codes.values_list("theme_id", flat=True)} == wanted
        if same:
            return False
        if current.coder_id != actor.pk and current.version != seen:
            raise CodedMeanwhile(current)
    was_double = text.double_reading is not None and slot == Slot.FINAL
    cause = Cause.DECISION if was_double else Cause.HAND
    _apply(actor, {text.pk: wanted}, slot=slot, cause=cause)
    if was_double:
        _record("questionnaires.reading_settled", text.codebook, actor, {"text": text.reference})
    return True


@transaction.atomic
def code_several(
    *, actor, codebook: Codebook, texts: Iterable[CodedText], add: Theme | None = None, remove: Theme | None = None
) -> int:
    """Add a theme to several answers, take one away, or say they have none (neither given). How many changed.

    Refuses more than 200 at once, and a theme of elsewhere. Texts that two people are reading are left alone.
    """
    chosen = _single(codebook, texts)
    roots = roots_of(codebook)
    if add is not None:
        _known(codebook, [add.pk])
    now = _current(chosen)
    wanted = {}
    for text in chosen:
        before = now.get(text.pk)
        if add is not None:
            after = (before or NONE_OF_THEM) | {roots[add.pk]}
        elif remove is not None:
            if before is None:
                continue
            after = frozenset(pk for pk in before if roots[pk] != roots.get(remove.pk))
            # Its only theme gone, it is to be read again: « none » is for somebody to say.
            after = after or None if before != after else after
        else:
            after = NONE_OF_THEM
        if before != after:
            wanted[text.pk] = after
    _apply(actor, wanted, slot=Slot.FINAL, cause=Cause.BULK)
    return len(wanted)


@transaction.atomic
def split_theme(*, actor, theme: Theme, texts: Iterable[CodedText], name: str, definition: str) -> Theme:
    """Move some answers of a theme to a new one, born of it; their history says so. Undone like the rest.

    Refuses when none of these answers is coded with the theme.
    """
    book = theme.codebook
    roots = roots_of(book)
    now = _current(_single(book, texts))
    moved = {pk: themes for pk, themes in now.items() if roots[theme.pk] in {roots[one] for one in themes}}
    if not moved:
        raise ValidationError(_("Tick the answers of this theme that go to the new one."))
    made = save_theme(actor=actor, codebook=book, name=name, definition=definition)
    Theme.objects.filter(pk=made.pk).update(split_from=theme)
    wanted = {
        pk: frozenset(one for one in themes if roots[one] != roots[theme.pk]) | {made.pk}
        for pk, themes in moved.items()
    }
    _apply(actor, wanted, slot=Slot.FINAL, cause=Cause.SPLIT)
    _record("questionnaires.theme_split", book, actor, {"theme": theme.reference, "new": made.reference})
    return made


@transaction.atomic
def undo_last(*, actor, codebook: Codebook) -> int:
    """Undo one's last gesture in a codebook that isn't undone yet. How many answers came back to what they were.

    What somebody coded again since stays as they left it. Refuses when there is nothing to undo.
    """
    steps = CodingStep.objects.filter(text__codebook=codebook, actor=actor)
    undone = set(steps.filter(undoes__isnull=False).values_list("undoes", flat=True))
    last = steps.filter(undoes__isnull=True).exclude(gesture__in=undone).order_by("-pk").first()
    if last is None:
        raise ValidationError(_("You have nothing to undo here."))
    if last.slot != Slot.FINAL:
        double = last.text.double_reading
        if double is not None:
            _refuse_done(double, last.slot)
    gesture = list(steps.filter(gesture=last.gesture))
    keys = [step.text_id for step in gesture]
    list(CodedText.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    now = _current(keys, slot=last.slot)
    wanted = {
        step.text_id: None if step.before is None else frozenset(step.before)
        for step in gesture
        if now.get(step.text_id) == (None if step.after is None else frozenset(step.after))
    }
    if not wanted:
        raise ValidationError(_("Somebody coded these answers again since: nothing is undone."))
    _apply(actor, wanted, slot=last.slot, cause=Cause.UNDO, undoes=last.gesture)
    return len(wanted)


# Two readings apart


@transaction.atomic
def draw_double_reading(*, actor, codebook: Codebook, first: User, second: User, size: int) -> DoubleReading:
    """Draw answers nobody has read yet for two people, who read them apart. The codebook stays as it is meanwhile.

    Refuses one person twice, somebody who doesn't organise the questionnaire, a codebook without two themes, a size
    that doesn't fit, and a second sample before the first is done.
    """
    if first.pk == second.pk:
        raise ValidationError({"second": _("Choose two different people.")})
    for name, user in (("first", first), ("second", second)):
        if not rules.may_organise(user, codebook.questionnaire):
            raise ValidationError({name: _("This person doesn't organise this questionnaire.")})
    if codebook.themes.filter(merged_into__isnull=True).count() < 2:
        raise ValidationError(_("Write two themes at least: two people can't agree on fewer."))
    unread = list(unread_texts(codebook).values_list("pk", flat=True))
    if not SAMPLE_LEAST <= size <= SAMPLE_MOST:
        raise ValidationError({"size": _("Draw from %(a)d to %(b)d answers.") % {"a": SAMPLE_LEAST, "b": SAMPLE_MOST}})
    if len(unread) < size:
        raise ValidationError({"size": _("%(n)d answers are still to be read: draw fewer.") % {"n": len(unread)}})
    try:
        with transaction.atomic():
            double = DoubleReading.objects.create(codebook=codebook, first=first, second=second, drawn_at=clock.now())
    except IntegrityError:
        raise ValidationError(_("A double reading is under way: one at a time.")) from None
    drawn = SystemRandom().sample(unread, size)
    CodedText.objects.filter(pk__in=drawn).update(double_reading=double)
    _record("questionnaires.double_reading_drawn", codebook, actor, {"texts": size})
    return double


def unread_texts(codebook: Codebook):
    """Answers nobody coded, and that no two people are given."""
    coded = Coding.objects.filter(text=OuterRef("pk"), slot=Slot.FINAL)
    return CodedText.objects.kept().filter(~Exists(coded), codebook=codebook, double_reading__isnull=True)


@transaction.atomic
def finish_reading(*, actor, double: DoubleReading) -> DoubleReading:
    """Say one's own reading of the sample is done; once both are, agreement is counted and what agrees is kept.

    Refuses whoever isn't one of the two, and a reading with answers left. Safe twice.
    """
    list(double.texts.select_for_update().order_by("pk").values_list("pk"))
    double = DoubleReading.objects.select_for_update().get(pk=double.pk)
    slot = Slot.FIRST if actor.pk == double.first_id else Slot.SECOND
    if actor.pk not in (double.first_id, double.second_id):
        raise PermissionDenied(_("Two other people are reading this sample, each on their own."))
    left = double.texts.exclude(Exists(Coding.objects.filter(text=OuterRef("pk"), slot=slot))).count()
    if left:
        raise ValidationError(_("%(n)d answers are left to read before you are done.") % {"n": left})
    field = f"{slot}_done_at"
    if getattr(double, field) is None:
        setattr(double, field, clock.now())
        double.save(update_fields=[field])
    if double.completed_at is None and double.first_done_at and double.second_done_at:
        _complete(double)
    return double


def _complete(double: DoubleReading) -> None:
    texts = list(double.texts.values_list("pk", flat=True))
    first, second = (_current(texts, slot=slot) for slot in (Slot.FIRST, Slot.SECOND))
    themes = list(double.codebook.themes.filter(merged_into__isnull=True))
    pairs = [(first[pk], second[pk]) for pk in texts if pk in first and pk in second]
    found = agreement.by_theme(pairs, [theme.pk for theme in themes])
    double.agreement = {
        "texts": len(pairs),
        "identical": agreement.identical(pairs),
        "alpha": agreement.alpha(pairs),
        "themes": [
            {
                "name": theme.name,
                "both": one.both,
                "first": one.first_only,
                "second": one.second_only,
                "neither": one.neither,
                "kappa": one.kappa,
            }
            for theme, one in zip(themes, found, strict=True)
        ],
    }
    double.completed_at = clock.now()
    double.save(update_fields=["agreement", "completed_at"])
    agreed = {pk: first[pk] for pk in texts if pk in first and first[pk] == second.get(pk)}
    _apply(None, agreed, slot=Slot.FINAL, cause=Cause.AGREED)
    _record("questionnaires.double_reading_done", double.codebook, None, {"texts": len(pairs)})


@transaction.atomic
def give_up_double_reading(*, actor, double: DoubleReading) -> None:
    """Give the sample back unread: both readings are lost. Refuses one that both have finished. Safe twice."""
    double = DoubleReading.objects.select_for_update().filter(pk=double.pk).first()
    if double is None:
        return
    if double.completed_at is not None:
        raise ValidationError(_("Both have finished: their readings stay."))
    apart = [Slot.FIRST, Slot.SECOND]
    Coding.objects.filter(text__double_reading=double, slot__in=apart).delete()
    CodingStep.objects.filter(text__double_reading=double, slot__in=apart).delete()
    _record("questionnaires.double_reading_given_up", double.codebook, actor, {})
    double.delete()


def _refuse_done(double: DoubleReading, slot: str) -> None:
    """Held too: a reading isn't changed while its coder says it is done."""
    double = DoubleReading.objects.select_for_update().get(pk=double.pk)
    if double.completed_at is not None or getattr(double, f"{slot}_done_at") is not None:
        raise ValidationError(_("You said your reading was done: it no longer changes."))


# What is written


def _known(codebook: Codebook, themes: Iterable[int]) -> frozenset[int]:
    """The themes to keep: each read as the one it is merged into."""
    roots = roots_of(codebook)
    asked = set(themes)
    if asked - roots.keys():
        raise ValidationError(_("This theme is not one of this question's."))
    return frozenset(roots[pk] for pk in asked)


def _single(codebook: Codebook, texts: Iterable[CodedText]) -> list[CodedText]:
    chosen = list(texts)
    if len(chosen) > MOST_AT_ONCE:
        raise ValidationError(_("Choose %(n)d answers at most.") % {"n": MOST_AT_ONCE})
    if any(text.codebook_id != codebook.pk for text in chosen):
        raise ValidationError(_("This answer is to another question."))
    held = CodedText.objects.select_for_update(of=("self",)).select_related("double_reading").order_by("pk")
    held = list(held.filter(pk__in=[text.pk for text in chosen]))
    return [text for text in held if text.double_reading is None or text.double_reading.completed_at is not None]


def _current(texts: Iterable, slot: str = Slot.FINAL) -> dict[int, frozenset[int]]:
    """Themes given to these texts, by key of the text; what isn't coded isn't here."""
    keys = [getattr(text, "pk", text) for text in texts]
    found: dict[int, set[int]] = {
        pk: set() for pk in Coding.objects.filter(text__in=keys, slot=slot).values_list("text_id", flat=True)
    }
    codes = Code.objects.filter(coding__text__in=keys, coding__slot=slot)
    for text_id, theme_id in codes.values_list("coding__text_id", "theme_id"):
        found[text_id].add(theme_id)
    return {pk: frozenset(themes) for pk, themes in found.items()}


def _apply(actor, wanted: Mapping[int, frozenset | None], *, slot: str, cause: str, undoes=None) -> None:
    """Write these readings and their history; None takes a reading away. The same statements however many."""
    if not wanted:
        return
    held = {
        one.text_id: one
        for one in Coding.objects.select_for_update().filter(text__in=list(wanted), slot=slot).order_by("pk")
    }
    before = _current(wanted, slot=slot)
    gone = [held[pk].pk for pk, after in wanted.items() if after is None and pk in held]
    kept = {pk: after for pk, after in wanted.items() if after is not None}
    Coding.objects.filter(pk__in=gone).delete()
    changed = [held[pk].pk for pk in kept if pk in held]
    Coding.objects.filter(pk__in=changed).update(version=F("version") + 1, coder=actor)
    Code.objects.filter(coding__in=changed).delete()
    made = Coding.objects.bulk_create(Coding(text_id=pk, slot=slot, coder=actor) for pk in kept if pk not in held)
    coding_of = {one.text_id: one.pk for one in made} | {pk: held[pk].pk for pk in kept if pk in held}
    Code.objects.bulk_create(
        Code(coding_id=coding_of[pk], theme_id=theme) for pk, after in kept.items() for theme in sorted(after)
    )
    gesture, moment = uuid.uuid4(), clock.now()
    CodingStep.objects.bulk_create(
        CodingStep(
            text_id=pk,
            slot=slot,
            actor=actor,
            cause=cause,
            gesture=gesture,
            undoes=undoes,
            before=sorted(before[pk]) if pk in before else None,
            after=None if after is None else sorted(after),
            at=moment,
        )
        for pk, after in wanted.items()
    )


def _record(verb: str, codebook: Codebook, actor, payload: dict) -> None:
    reference = codebook.questionnaire.reference
    journal.record(
        verb, actor=actor, object_ref=f"questionnaire:{reference}", payload={"key": codebook.key, **payload}
    )
