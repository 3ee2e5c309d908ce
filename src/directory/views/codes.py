"""Screens that give personal codes: one person with two witnesses, or the letters of a site."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from src.foundations import documents

from .. import letters, selectors
from ..enums import Role
from ..forms import LettersForm, ReissueForm
from ..services import codes


class RolesRequired(LoginRequiredMixin):
    """Signed in with one of these roles for some place; a page for nobody else doesn't exist."""

    roles: frozenset = frozenset()

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not any(request.viewer.has_place_role(role) for role in self.roles):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


def may_reissue(viewer, person) -> bool:
    """A facilitator of the person's place for ordinary accounts; an administrator for those who hold roles."""
    if viewer.has_role(Role.ADMINISTRATOR):
        return True
    if person.holds_roles or person.is_staff or person.is_superuser:
        return False
    post = person.current_affectation
    return viewer.has_role(Role.FACILITATOR, unit_path=post.unit.path if post else "")


@method_decorator(never_cache, name="dispatch")
class ReissueView(RolesRequired, View):
    """`/connexion/codes/`: a new code for one person, shown once on the page that answers the form."""

    roles = frozenset({Role.FACILITATOR, Role.ADMINISTRATOR})

    def get(self, request):
        return self._form(request, ReissueForm())

    def post(self, request):
        form = ReissueForm(request.POST)
        if not form.is_valid():
            return self._form(request, form)
        person = form.cleaned_data["person"]
        if not may_reissue(request.viewer, person):
            form.add_error("person", _("This account isn't in your places, or it holds roles: ask an administrator."))
            return self._form(request, form)
        witnesses = (form.cleaned_data["first_witness"], form.cleaned_data["second_witness"])
        try:
            issued = codes.reissue_code(person, witnesses=witnesses, actor=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._form(request, form)
        return render(request, "directory/code_reissued.html", {"issued": issued, "person": person})

    def _form(self, request, form):
        batches = request.viewer.has_role(Role.ADMINISTRATOR) or request.viewer.has_role(Role.HR)
        return render(request, "directory/reissue.html", {"form": form, "shows_batches": batches})


@method_decorator(never_cache, name="dispatch")
class LettersView(RolesRequired, View):
    """`/connexion/codes/lettres/`: choose a site, read how many letters it makes, then make them."""

    roles = frozenset({Role.ADMINISTRATOR, Role.HR})

    def get(self, request):
        return render(request, "directory/letters_form.html", {"form": LettersForm()})

    def post(self, request):
        form = LettersForm(request.POST)
        if not form.is_valid():
            return render(request, "directory/letters_form.html", {"form": form})
        site = form.cleaned_data["site"]
        if not self._may_write_to(request.viewer, site):
            raise PermissionDenied(_("Your role doesn't cover this site."))
        people = selectors.people_to_write_to(site, again=form.cleaned_data["again"])
        if "confirm" not in request.POST:
            context = {"form": form, "site": site, "count": people.count()}
            return render(request, "directory/letters_confirm.html", context)
        issued = codes.issue_codes(people, actor=request.user)
        if not issued:
            return render(request, "directory/letters_confirm.html", {"form": form, "site": site, "count": 0})
        html = letters.letters_html(issued, place=site.name)
        return documents.pdf_or_html_response(html, letters.file_name(site.name))

    @staticmethod
    def _may_write_to(viewer, site) -> bool:
        return viewer.has_role(Role.ADMINISTRATOR, unit=site) or viewer.has_role(Role.HR, unit=site)
