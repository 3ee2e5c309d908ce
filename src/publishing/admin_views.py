"""In the administration: outcomes drafted from decisions, and quotes asked for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from src.foundations.gates import add_errors, see_other

from . import quotes
from .models import QuoteRequest
from .quote_forms import AskForm, PrepareForm
from .rules import may_edit_pages
from .services import drafting, quoting

IDEA = "idea"
PAGE = 50


class _EditorsView(WagtailAdminTemplateMixin, View):
    """A screen for who edits pages."""

    page_title = ""

    def dispatch(self, request, *args, **kwargs):
        if not may_edit_pages(request.viewer):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def shown(self, **context):
        form = context.get("form")
        status = 422 if form is not None and form.errors else 200
        return self.render_to_response(self.get_context_data(**context), status=status)


class OutcomesView(_EditorsView):
    """Drafts that wait; POST prepares the page of one idea, or throws away those that nobody touched."""

    template_name = "publishing/admin/outcomes.html"
    header_icon = "list-ul"

    def get_page_title(self):
        return _("Outcomes to prepare")

    def get(self, request):
        return self._list(PrepareForm(initial={"reference": request.GET.get("reference", "")[:6]}))

    def post(self, request):
        if request.POST.get("action") == "ecarter":
            return self._discard(request)
        form = PrepareForm(request.POST)
        if form.is_valid():
            page = drafting.draft_for(IDEA, form.cleaned_data["reference"], actor=request.user)
            if page is not None:
                return see_other(reverse("wagtailadmin_pages:edit", args=[page.pk]))
            form.add_error("reference", _("This idea has no answer that every agent reads: there is nothing to tell."))
        return self._list(form)

    def _list(self, form):
        rows = drafting.drafts().select_related("page").order_by("-pk")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("p"))
        alone = set(drafting.untouched().filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
        lines = [{"row": row, "is_untouched": row.pk in alone} for row in page]
        return self.shown(form=form, lines=lines, page_obj=page, can_discard=bool(alone))

    def _discard(self, request):
        ids = [int(pk) for pk in request.POST.getlist("brouillon") if pk.isascii() and pk.isdecimal() and len(pk) < 16]
        count = drafting.discard(ids[:PAGE], actor=request.user)
        if count:
            told = ngettext("%(count)d draft is thrown away.", "%(count)d drafts are thrown away.", count)
            messages.success(request, told % {"count": count})
        else:
            messages.warning(request, _("Nothing was thrown away: choose drafts that nobody changed."))
        return redirect("publishing_outcomes")


class QuotesView(_EditorsView):
    """Quotes asked for, and the form to ask for one."""

    template_name = "publishing/admin/quotes.html"
    header_icon = "openquote"

    def get_page_title(self):
        return _("Quotes")

    def get(self, request):
        return self.shown(form=AskForm(), lines=quotes.listed())

    def post(self, request):
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                quoting.ask_for_quote(kind=IDEA, actor=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                add_errors(form, refusal)
            else:
                messages.success(
                    request, _("The author is asked. Place the quote in a page: it shows once they say yes.")
                )
                return redirect("publishing_quotes")
        return self.shown(form=form, lines=quotes.listed())


class DropQuoteView(_EditorsView):
    """Give up a quote; POST alone."""

    http_method_names = ["post"]

    def post(self, request, reference):
        row = QuoteRequest.objects.filter(reference=reference).first()
        if row is not None:
            quoting.drop(row, actor=request.user)
            messages.success(request, _("The quote is given up: no page shows it."))
        return redirect("publishing_quotes")
