"""Questions of a file brought into a bank from the administration: looked at first, then all of them or none."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from src.foundations.gates import see_other
from src.foundations.imports import Unreadable
from src.foundations.plain_fields import LineField

from ..models import QuestionBank
from ..services.question_import import MAX_BYTES, READERS, Report, import_questions

LISTED = 200


class QuestionFileForm(forms.Form):
    """A file, the bank it goes to, and what stands where the file says no reason or no source."""

    use_required_attribute = False

    bank = forms.ModelChoiceField(
        label=gettext_lazy("Question bank"),
        queryset=QuestionBank.objects.order_by("title", "pk"),
        required=False,
        empty_label=gettext_lazy("A new bank"),
    )
    title = LineField(
        label=gettext_lazy("Name of the new bank"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Leave it empty when the questions go to a bank that exists."),
    )
    file = forms.FileField(
        label=gettext_lazy("File of questions"),
        help_text=gettext_lazy(
            "GIFT (.gift, .txt), Moodle XML (.xml) or our grid (.xlsx). 8 MB and 2,000 questions at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,.xml,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    reason = LineField(
        label=gettext_lazy("Reason, where the file gives none"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("People read it after they answered."),
    )
    source = LineField(
        label=gettext_lazy("Source, where the file gives none"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A text of law, a guide, a decision of the City: where the answer comes from."),
    )

    def clean_file(self):
        """A kind we read, of a size we read."""
        file = self.cleaned_data["file"]
        if ending_of(file.name) not in READERS:
            raise ValidationError(_("Send a GIFT (.gift, .txt), Moodle (.xml) or grid (.xlsx) file."))
        if file.size > MAX_BYTES:
            raise ValidationError(_("This file is over 8 MB."))
        return file

    def clean(self):
        """One bank: one that exists, or a new one under a name nobody took."""
        cleaned = super().clean()
        if "bank" in self.errors or "title" in self.errors:
            return cleaned
        bank, title = cleaned.get("bank"), cleaned.get("title", "")
        if bank is None and not title:
            self.add_error("title", _("Choose a bank, or name a new one."))
        elif bank is not None and title:
            self.add_error("title", _("Either a bank that exists, or a new name: leave one of the two empty."))
        elif bank is None:
            slug = slugify(title)[:80]
            if not slug:
                self.add_error("title", _("Name the bank with letters or figures."))
            elif QuestionBank.objects.filter(slug=slug).exists():
                self.add_error("title", _("A bank has this name already: choose it above."))
            else:
                cleaned["bank"] = QuestionBank(slug=slug, title=title)
        return cleaned


def ending_of(name: str) -> str:
    """The end of a file's name, without its dot."""
    return PurePath(name).suffix.lower().lstrip(".")


class ImportQuestionsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Look at what a file would bring, or bring it. Everything wrong is told at once, with its line."""

    permission_required = "change"
    template_name = "trainings/admin/import_questions.html"
    page_title = gettext_lazy("Import questions")
    header_icon = "upload"
    index_url_name = ""
    edit_url_name = ""

    def get_breadcrumbs_items(self):
        """The list of banks, then here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Question banks")},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request):
        """The empty form; ``?banque`` chooses one."""
        asked = request.GET.get("banque", "")
        return self._page(QuestionFileForm(initial={"bank": asked[:18] if asked.isdecimal() else None}))

    def post(self, request):
        """Look (``essayer``) or write."""
        form = QuestionFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        told, looked = form.cleaned_data, "essayer" in request.POST
        try:
            report = import_questions(
                bank=told["bank"],
                data=told["file"].read(),
                ending=ending_of(told["file"].name),
                actor=request.user,
                dry_run=looked,
                reason=told["reason"],
                source=told["source"],
            )
        except (Unreadable, ValidationError) as refusal:
            for sentence in getattr(refusal, "messages", [str(refusal)]):
                form.add_error("file", sentence)
            return self._page(form, status=422)
        except IntegrityError:
            # Sent twice at once: the first made the bank.
            form.add_error("title", _("A bank has this name already: choose it above."))
            return self._page(form, status=422)
        if report.problems or looked:
            return self._page(form, report=report, status=422 if report.problems else 200)
        messages.success(request, in_words(report))
        return see_other(reverse(self.edit_url_name, args=[told["bank"].pk]))

    def _page(self, form, *, report: Report | None = None, status=200):
        context = self.get_context_data(form=form, report=report)
        if report is not None:
            context["summary"] = in_words(report)
            context["problems"], context["more"] = report.problems[:LISTED], max(0, len(report.problems) - LISTED)
        return self.render_to_response(context, status=status)


def in_words(report: Report) -> str:
    """What an import brings, in a sentence."""
    counts = report.counts
    created = ngettext("%(count)d new question", "%(count)d new questions", counts["created"])
    updated = ngettext("%(count)d written again", "%(count)d written again", counts["updated"])
    unchanged = ngettext("%(count)d already the same", "%(count)d already the same", counts["unchanged"])
    left = ngettext("%(count)d left out", "%(count)d left out", len(report.left_out))
    parts = [
        words % {"count": count}
        for words, count in (
            (created, counts["created"]),
            (updated, counts["updated"]),
            (unchanged, counts["unchanged"]),
            (left, len(report.left_out)),
        )
        if count
    ]
    return _("%(parts)s.") % {"parts": ", ".join(parts)} if parts else _("This file holds no question.")
