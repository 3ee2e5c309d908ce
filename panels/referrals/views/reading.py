"""Reading referrals: everybody's list and page, the members', the form itself."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panels import rules as panel_rules
from panels.views.gate import address as panel_address
from panels.views.gate import open_to, screen
from src.foundations import keyset, uploads
from src.questionnaires import rules as questionnaire_rules

from .. import rules, selectors
from ..enums import ReferralState
from ..forms.asking import FilterForm
from ..services.deciding import taking_part, why_not_publish
from .gate import inside, known, missing

SIZE = 30
PUBLIC_STATES = (
    ReferralState.ACCEPTED, ReferralState.ANSWERED, ReferralState.FOLLOWED, ReferralState.WITHDRAWN,
)  # fmt: skip


def _list(request, panel, template, states, **more):
    form = FilterForm(states, request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = selectors.listed(
        request.viewer,
        panel,
        state=asked.get("etat", ""),
        kind=asked.get("genre", ""),
        late=asked.get("retard", False),
    )
    page = keyset.paginate(rows, order=("-state_since", "-pk"), cursor=request.GET.get("page", ""), size=SIZE)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "page": page,
        "filter_form": form,
        "asked": any(asked.values()),
        "reset_url": request.path if any(asked.values()) else "",
        "next_page": _turned(request, page.next_cursor),
        "previous_page": _turned(request, page.previous_cursor),
        "ask_url": reverse("panel_referrals:ask", kwargs={"slug": panel.slug})
        if rules.may_ask(request.viewer, panel)
        else "",
        **more,
    }
    return render(request, template, context)


def _turned(request, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["page"] = cursor
    return f"{request.path}?{query.urlencode()}"


@require_safe
@screen
def listed(request, panel):
    """What a panel was asked, and what became of it."""
    return _list(
        request, panel, "panel_referrals/list.html", PUBLIC_STATES, page_of="detail", back=panel_address(panel)
    )


@require_safe
@open_to(panel_rules.may_enter_workspace)
def inside_list(request, panel):
    """The same in the members' space, with what waits."""
    back = panel_address(panel, "workspace")
    return _list(request, panel, "panel_referrals/list.html", ReferralState, page_of="inside", back=back, within=True)


@require_safe
@known
def detail(request, panel, referral):
    """One referral, as everybody reads it; what whoever asked may do; an agent's seat at a workshop."""
    viewer = request.viewer
    speaks = viewer.is_authenticated and rules.may_speak_for(viewer, referral)
    context = {
        **_common(viewer, panel, referral),
        "speaks": speaks,
        "withdraws": speaks and (referral.is_asked or referral.is_accepted),
        "follows": speaks and referral.is_owed,
        "figures": selectors.figures_of(referral) if referral.is_form_test and speaks and referral.is_told else [],
        "public_figures": selectors.public_figures(referral) if referral.is_form_test and referral.is_told else [],
        "is_inside": panel_rules.may_enter_workspace(viewer, panel),
        **_seat_of(viewer, referral),
    }
    return render(request, "panel_referrals/detail.html", context)


def _seat_of(viewer, referral) -> dict:
    """Of a workshop to come, what an agent of the unit may do."""
    workshop = getattr(referral, "workshop", None)
    if workshop is None or not referral.is_accepted or not rules.is_agent_of(viewer, referral):
        return {"may_register": False, "is_registered": False}
    return {
        "may_register": not workshop.has_begun,
        "is_registered": workshop.agent_places.filter(person_id=viewer.user_id).exists(),
    }


@require_safe
@inside
def within(request, panel, referral):
    """One referral in the members' space: what one says of it, what the others said, what the team does."""
    viewer = request.viewer
    runs, decides = rules.may_run(viewer, panel), rules.may_decide(viewer, panel)
    sits = panel_rules.is_member(viewer, panel)
    open_to_all = referral.takes_words and not referral.answer
    context = {
        **_common(viewer, panel, referral),
        "sits": sits,
        "runs": runs and referral.is_accepted,
        "decides": decides,
        "why_not_publish": why_not_publish(referral) if runs and referral.is_accepted else "",
        "words": list(selectors.words_given(referral)) if referral.is_question else [],
        # While members try it, what the others said would lead them, and one sheet would be somebody's.
        "figures": selectors.figures_of(referral) if referral.is_form_test and not (sits and open_to_all) else [],
        "tried": taking_part(referral) if referral.is_form_test else 0,
        "own_disagreement": selectors.own_disagreement(viewer, referral) if sits else None,
        **_own(viewer, referral, sits),
    }
    return render(request, "panel_referrals/within.html", context)


def _own(viewer, referral, sits: bool) -> dict:
    """What this member said, by the kind of the referral."""
    return {
        "own_word": selectors.own_word(viewer, referral) if sits and referral.is_question else None,
        "own_sheet": selectors.own_sheet(viewer, referral) if sits and referral.is_form_test else None,
        "own_place": selectors.own_place(viewer, referral) if sits and referral.is_workshop else None,
    }


def _common(viewer, panel, referral) -> dict:
    asked = referral.questionnaire
    workshop = getattr(referral, "workshop", None)
    return {
        "nav_key": "panels",
        "panel": panel,
        "referral": referral,
        "changes": list(referral.changes.all()) if referral.is_form_test else [],
        "disagreements": selectors.disagreements_of(referral) if referral.is_told else [],
        "reads_form": referral.is_form_test and rules.may_read_form(viewer, referral),
        "questionnaire": asked,
        "questionnaire_state": questionnaire_rules.state_of(asked).label if asked else "",
        "workshop": workshop,
        "seats": selectors.seats_left(workshop) if workshop and not workshop.notes_at else None,
        "shows_count": referral.is_told and selectors.shows_count(referral),
    }


@require_safe
@known
def document(request, panel, referral):
    """The form itself, to whoever tries it; to everybody once it has its green light."""
    form = getattr(referral, "form_test", None)
    if form is None or not form.document or not rules.may_read_form(request.viewer, referral):
        raise missing()
    name = _("form") + f"-{referral.reference}.pdf"
    return uploads.private_response(form.document, allowed=True, filename=name)
