"""The form of a dossier: what must be true of it as a whole; apart because the model is made with it."""

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from src.accountability.models import Plan
from src.publishing.page_forms import TerrainPageForm

from . import naming, phases

FAULTS = {
    "empty": lambda: _("Give the dossier at least one step, with its first day."),
    "twice": lambda: _("Each step stands once on the phase line."),
    "backwards": lambda: _("The steps follow each other: check their days."),
    "endless": lambda: _("Each step has its last day; the report alone goes on."),
}


class DossierForm(TerrainPageForm):
    """A phase line that holds, no small figure, measures that exist, a report that is whole and stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.formsets["report_rows"].forms if "report_rows" in self.formsets else ()
        for form in rows:
            if form.instance.pk and form.instance.measures:
                form.initial["measures"] = naming.lines_of(form.instance.references)

    def clean(self):
        cleaned = super().clean()
        self._check_space(cleaned)
        self._check_phases()
        self._check_figures()
        self._check_report(cleaned)
        return cleaned

    def _rows(self, name: str) -> list[dict]:
        """What was typed in the rows of a part that aren't taken away; none where the part isn't in the form."""
        formset = self.formsets.get(name)
        if formset is None:
            return []
        filled = [form for form in formset.forms if form.is_valid() and form.cleaned_data]
        return [form.cleaned_data for form in filled if not form.cleaned_data.get("DELETE")]

    def _check_space(self, cleaned) -> None:
        """The circle that read it once stays its own."""
        if self.instance.first_published_at is not None and "space" in self.changed_data:
            self.add_error("space", _("This dossier was published for the people of its space: it stays theirs."))

    def _check_phases(self) -> None:
        if "phases" not in self.formsets:
            return
        if any(form.has_changed() and not form.is_valid() for form in self.formsets["phases"].forms):
            # Each says beside it what is wrong.
            return
        rows = [row for row in self._rows("phases") if row.get("kind") and row.get("starts_on")]
        steps = [phases.Step(row["kind"], row["starts_on"], row.get("ends_on")) for row in rows]
        if fault := phases.fault(steps):
            self.add_error(None, FAULTS[fault]())

    def _check_figures(self) -> None:
        """Nobody is recognised in a figure of participation."""
        smallest = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
        small = [row["label"] for row in self._rows("figures") if (row.get("count") or smallest) < smallest]
        if small:
            words = _("A figure under %(k)d could point at somebody: put these with others (%(which)s).")
            self.add_error(None, words % {"k": smallest, "which": ", ".join(small)})

    def _check_report(self, cleaned) -> None:
        rows = self._rows("report_rows")
        if cleaned.get("shows_report") and not rows and "report_rows" in self.formsets:
            self.add_error("shows_report", _("The report has no line yet: write one, then publish it."))
        if not cleaned.get("shows_report") and self._is_told():
            self.add_error("shows_report", _("People were told of this report: it stays. Correct its lines instead."))
        self._name_measures()
        plan = (cleaned.get("plan_reference") or "").upper()
        if plan and not Plan.objects.filter(reference=plan, published_on__isnull=False).exists():
            self.add_error("plan_reference", _("No published plan has this reference."))

    def _name_measures(self) -> None:
        """Words of a title become the reference of the one measure that has them; what isn't one is said beside it."""
        formset = self.formsets.get("report_rows")
        for form in formset.forms if formset is not None else ():
            if not form.is_valid() or form.cleaned_data.get("DELETE"):
                continue
            found = naming.named(form.cleaned_data.get("measures") or "")
            for fault in found.faults:
                form.add_error("measures", fault)
            form.instance.measures = " ".join(found.references)

    def _is_told(self) -> bool:
        told = apps.get_model("consultations", "DossierTold")
        return bool(self.instance.pk) and told.objects.filter(dossier_id=self.instance.pk, what=told.REPORT).exists()
