"""A batch: its page, typing one sheet after the other, and the second look."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other

from .. import codes, registry, rules, selectors, services
from ..forms import AsideForm, ReferenceForm, SheetNumberForm
from ..models import TypedSheet
from ..services import batches
from .desk import kinds_for
from .gate import facilitator


@require_http_methods(["GET", "HEAD", "POST"])
@facilitator
def batch(request, batch):
    """Where a batch stands, and what may be done with it."""
    here = reverse("paper:batch", kwargs={"batch": batch.reference})
    if request.method == "POST":
        try:
            if request.POST.get("action") == "close":
                services.close_typing(actor=request.user, batch=batch)
                messages.success(request, _("The batch waits for its second look, by somebody else."))
            elif request.POST.get("action") == "destroy":
                services.mark_destroyed(actor=request.user, batch=batch)
                messages.success(request, _("Written: you destroyed these sheets today."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return see_other(here)
    context = {
        "nav_key": "paper",
        "batch": batch,
        "typed": batch.sheets.count(),
        "is_mine": batch.typed_by_id == request.user.pk,
        "refusal": rules.why_not_check(request.viewer, batch) if batch.is_checking else "",
    }
    return render(request, "paper/batch.html", context)


class _Choice:
    """Which sheet is typed: its form, what it is about, and the code its number leads to."""

    def __init__(self, paper, about="", code=None):
        self.paper, self.about, self.code = paper, about, code


def _chosen(request, form) -> _Choice | None:
    """The sheet named by its number, or by its kind; None with the reason on the form."""
    source = request.POST if request.method == "POST" else request.GET
    number, kind = source.get("lot-sheet", "").strip(), source.get("lot-kind", "")
    if number:
        code = codes.find_sheet(number)
        if code is None:
            form.add_error("sheet", _("No sheet waits under this number: read it again, or it was already sent."))
            return None
        return _Choice(registry.form(code.run.form_key), code.run.about, code)
    if kind in dict(kinds_for(request.viewer)):
        key, _sep, about = kind.partition(":")
        return _Choice(registry.form(key), about)
    if "lot-sheet" in source:
        form.add_error("sheet", _("Type the number of the sheet, or say what it is."))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@facilitator
def type_one(request, batch):
    """One sheet: its number, then its questions as on the web; once kept, the next one."""
    if batch.typed_by_id != request.user.pk:
        raise PermissionDenied(_("Somebody else types this batch."))
    if not batch.is_typing:
        return see_other(reverse("paper:batch", kwargs={"batch": batch.reference}))
    source = request.POST if request.method == "POST" else request.GET
    number_form = SheetNumberForm(source if "lot-sheet" in source else None, kinds=kinds_for(request.viewer))
    number_form.is_valid()
    choice = _chosen(request, number_form)
    context = {"nav_key": "paper", "batch": batch, "typed": batch.sheets.count(), "number_form": number_form}
    if choice is None:
        status = 422 if number_form.errors else 200
        return render(request, "paper/type_number.html", context, status=status)
    filled, reference = _filled(request, batch, choice)
    held = _held(request, filled.paper, batch, leave_url=reverse("paper:type", kwargs={"batch": batch.reference}))
    if held is not None:
        return held
    if request.method == "POST" and filled is not None and filled.is_valid():
        try:
            services.type_sheet(actor=request.user, batch=batch, filled=filled, code=choice.code)
        except ValidationError as refusal:
            filled.form.add_error(None, refusal)
        else:
            messages.success(request, _("Kept. Next sheet."))
            return see_other(reverse("paper:type", kwargs={"batch": batch.reference}))
    return _sheet_screen(request, "paper/type_sheet.html", context, choice, filled, reference)


def _held(request, paper, batch, *, leave_url, first=""):
    """The page to show instead of keeping a sheet whose words bear witness to something grave."""
    guard = registry.guard()
    if request.method != "POST" or guard is None or not paper.watched:
        return None
    return guard.hold(request, paper.watched, unit=batch.unit, leave_url=leave_url, first=first)


def _filled(request, batch, choice):
    """The sheet's two forms, bound when something was typed; None while its reference leads nowhere."""
    about, reference = choice.about, None
    posted = request.method == "POST"
    if choice.paper.asks_reference:
        reference = ReferenceForm(request.POST if posted else None)
        about = request.POST.get("reference", "") if posted else ""
        reference.is_valid()
    data = batches.kept(request.POST) if posted else None
    place = batches.printed_for(batch, choice.code)
    try:
        if posted:
            return batches.Filled(choice.paper, about, data, place), reference
        return batches.Blank(choice.paper, about, place), reference
    except LookupError:
        if reference is not None and not reference.errors:
            reference.add_error("reference", _("There is no idea under this reference, or it takes no such sheet."))
        return batches.Blank(choice.paper, ""), reference


def _sheet_screen(request, template, context, choice, filled, reference=None):
    errors = [form for form in (reference, filled.form, filled.who) if form is not None and form.errors]
    context |= {
        "paper": filled.paper,
        "sheet_number": choice.code.sheet_number if choice.code else "",
        "kind": f"{choice.paper.key}:{choice.about if choice.paper.places else ''}",
        "form": filled.form,
        "who": filled.who,
        "names": list(filled.paper.fields),
        "reference_form": reference,
    }
    return render(request, template, context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@facilitator
def look_again(request, batch):
    """The second look: the sheet in hand, what was typed on screen; some are typed again without seeing it."""
    here = reverse("paper:batch", kwargs={"batch": batch.reference})
    if not batch.is_checking:
        return see_other(here)
    refusal = rules.why_not_check(request.viewer, batch)
    if refusal:
        raise PermissionDenied(refusal)
    sheet = selectors.next_sheet(batch)
    if sheet is None:
        return see_other(here)
    if request.method == "POST" and request.POST.get("lot-sheet") != str(sheet.pk):
        messages.info(request, _("This sheet was already looked at. Here is the next one."))
        return see_other(request.path)
    return _Look(request, batch, sheet).answer()


def _told(filled, name: str) -> str:
    """What was typed under a question, in the words of its boxes."""
    source = filled.form.fields.get(name)
    labels = {str(value): str(label) for value, label in getattr(source, "choices", ())}
    return ", ".join(labels.get(value, value) for value in filled.data.get(name, []))


class _Look:
    """One sheet under its second look."""

    def __init__(self, request, batch, sheet: TypedSheet):
        self.request, self.batch, self.sheet = request, batch, sheet
        self.first = batches.opened(sheet)
        self.differing: list[str] = []

    def answer(self):
        """Show the sheet, send it, or set it aside."""
        request = self.request
        aside = AsideForm(request.POST if request.POST.get("action") == "aside" else None)
        if request.POST.get("action") == "aside" and aside.is_valid():
            services.set_aside(actor=request.user, sheet=self.sheet, why=aside.cleaned_data["why"])
            messages.success(request, _("Set aside. What was typed of it is erased."))
            return see_other(request.path)
        if request.POST.get("action") == "send":
            here = reverse("paper:batch", kwargs={"batch": self.batch.reference})
            held = _held(request, self.first.paper, self.batch, leave_url=here, first=self.first.words)
            if held is not None:
                return held
            filled = batches.Filled(self.first.paper, self._about(), batches.kept(request.POST), self._place())
            if filled.is_valid() and not self._differs(filled):
                try:
                    services.send_sheet(actor=request.user, sheet=self.sheet, filled=filled)
                except ValidationError as refusal:
                    filled.form.add_error(None, refusal)
                else:
                    messages.success(request, _("Sent. Next sheet."))
                    return see_other(request.path)
            return self._screen(filled, aside)
        blind = self.sheet.is_blind
        first = batches.Blank(self.first.paper, self._about(), self._place()) if blind else self.first
        return self._screen(first, aside)

    def _about(self) -> str:
        return self.first.about

    def _place(self):
        return batches.printed_for(self.batch, self.sheet.code)

    def _differs(self, filled) -> bool:
        """A sheet typed blind that doesn't agree comes back once with what differs; then this typing rules."""
        if not self.sheet.is_blind or self.request.POST.get("compared"):
            return False
        self.differing = services.retype_matches(self.sheet, filled)
        return bool(self.differing)

    def _screen(self, filled, aside):
        asked = {name: filled.form.fields[name].label for name in filled.form.fields}
        asked |= {f"who-{name}": filled.who.fields[name].label for name in filled.who.fields}
        context = {
            "nav_key": "paper",
            "batch": self.batch,
            "sheet": self.sheet,
            "left": self.batch.sheets.count(),
            "blind": self.sheet.is_blind and not self.differing,
            "differing": [(asked[name], _told(self.first, name)) for name in self.differing if name in asked],
            "paper": self.first.paper,
            "form": filled.form,
            "who": filled.who,
            "names": list(self.first.paper.fields),
            "reference": self.first.about if self.first.paper.asks_reference else "",
            "aside_form": aside,
            "sheet_number": self.sheet.code.sheet_number if self.sheet.code else "",
        }
        errors = filled.form.is_bound and (filled.form.errors or filled.who.errors)
        return render(
            self.request, "paper/look.html", context, status=422 if errors or aside.errors or self.differing else 200
        )
