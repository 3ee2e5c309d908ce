"""Where referrals show in the rooms below: a tab of members, a line of the desk, a public section, letters."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panels import rules as panel_rules
from panels.by_post import Page, Posted
from panels.desk import Part
from panels.public_parts import PublicPart
from panels.workspace import Tab

from . import rules, selectors, todo
from .enums import TOLD, ReferralState
from .models import Referral

MOST_SHOWN = 5
SLIP, ANSWER = "referral", "referral_answer"


def tab(viewer, panel) -> Tab | None:
    """What waits for a member; for the team, what waits for the panel. Nothing where nothing was ever asked."""
    counts = selectors.counts_for(viewer, panel)
    if not rules.is_consulted(panel) and not counts:
        return None
    url = reverse("panel_referrals:inside_list", kwargs={"slug": panel.slug})
    seat = panel_rules.membership_id(viewer, panel)
    if seat is None:
        waiting = counts[ReferralState.ASKED]
    else:
        waiting = Referral.objects.filter(todo.waiting_for([seat]), panel=panel).count()
    told = ngettext("%(n)d waits for you.", "%(n)d wait for you.", waiting)
    said = told % {"n": waiting} if waiting else _("What directions ask us between two sittings.")
    return Tab("referrals", _("Referrals"), url, said, icon="messages-square", is_next=bool(waiting))


def part(viewer, panel) -> Part | None:
    """What waits on the team's desk: to accept, to answer."""
    if not rules.is_consulted(panel) or not rules.may_run(viewer, panel):
        return None
    counts = selectors.counts_for(viewer, panel)
    asked, accepted = counts[ReferralState.ASKED], counts[ReferralState.ACCEPTED]
    told = []
    if asked:
        told.append(ngettext("%(n)d waits to be accepted.", "%(n)d wait to be accepted.", asked) % {"n": asked})
    if accepted:
        told.append(
            ngettext("%(n)d waits for its answer.", "%(n)d wait for their answer.", accepted) % {"n": accepted}
        )
    return Part(
        _("Referrals"),
        reverse("panel_referrals:inside_list", kwargs={"slug": panel.slug}),
        " ".join(told) or _("Nothing is asked now."),
        icon="messages-square",
        count=asked,
        is_next=bool(asked) and rules.may_decide(viewer, panel),
    )


def public(viewer, panel) -> PublicPart | None:
    """The last referrals, and where a direction asks its own."""
    found = list(selectors.public_of(panel)[: MOST_SHOWN + 1])
    ask = rules.may_ask(viewer, panel)
    if not found and not ask:
        return None
    context = {
        "referrals": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
        "ask_url": reverse("panel_referrals:ask", kwargs={"slug": panel.slug}) if ask else "",
    }
    return PublicPart("panel_referrals/public_part.html", context)


def slips(panel):
    """What members may still answer by post."""
    found = Referral.objects.filter(panel=panel, state=ReferralState.ACCEPTED).order_by("accepted_at", "pk")
    return [Posted(one.reference, one.title, one.accepted_at) for one in found]


def slip_page(panel, key: str, membership) -> Page | None:
    """A referral and its answer slip; of a form to try, the sheet of its tasks."""
    found = Referral.objects.for_pages().filter(panel=panel, reference=key, state=ReferralState.ACCEPTED).first()
    return Page("panel_referrals/print/slip.html", slip_context(found, membership), slip=True) if found else None


def slip_context(referral: Referral, membership=None) -> dict:
    """What the slip is drawn from."""
    tasks = list(referral.form_test.tasks.all()) if referral.is_form_test else []
    workshop = getattr(referral, "workshop", None)
    return {
        "referral": referral, "panel": referral.panel, "tasks": tasks, "workshop": workshop, "member": membership,
    }  # fmt: skip


def answers(panel):
    """Answers that may be posted: shown to members, published, followed."""
    found = Referral.objects.filter(panel=panel).exclude(answer="").order_by("answer_shown_on", "pk")
    found = found.filter(state__in=[ReferralState.ACCEPTED, *TOLD])
    return [Posted(one.reference, one.title, one.answer_shown_on) for one in found]


def answer_page(panel, key: str, membership) -> Page | None:
    """The panel's answer with what travels with it; before its publication, with the slip of a disagreement."""
    found = Referral.objects.for_pages().filter(panel=panel, reference=key).exclude(answer="").first()
    if found is None or not (found.is_accepted or found.is_told):
        return None
    context = {
        "referral": found,
        "panel": found.panel,
        "changes": list(found.changes.all()),
        "disagreements": selectors.disagreements_of(found) if found.is_told else [],
        "member": membership,
    }
    return Page("panel_referrals/print/answer.html", context, slip=found.is_accepted)
