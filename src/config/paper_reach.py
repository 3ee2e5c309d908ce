"""The sheet by which somebody without e-mail says how they are told: notices and paper don't know each other."""

from django.utils.translation import gettext_lazy as _

from src.notices.without_mail.forms import ReachForm
from src.notices.without_mail.services import why_not_without_mail
from src.paper import registry


def _reach_form(_about: str, data) -> ReachForm:
    return ReachForm(data)


def submit_reach(sheet: registry.Submission) -> None:
    """The choice of the account that signs the sheet; they are told by the way they chose."""
    sheet.form.save(sheet.author)


REACH = registry.PaperForm(
    key="prevenir",
    title=_("Be told without e-mail"),
    lede=_("For news of what you sign. What you write under a protected name is never carried by anybody."),
    addresses=("moi/messages/sans-courriel/",),
    build=_reach_form,
    fields=("means", "phone"),
    submit=submit_reach,
    who=registry.ACCOUNT,
    about_oneself=True,
    refuses=why_not_without_mail,
)
