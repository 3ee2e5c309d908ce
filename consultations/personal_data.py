"""What dossiers keep of people: who wrote the page, and who follows it."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words, personal_data
from src.foundations.personal_data import Classification

from . import models

for _page, _title in (
    (models.ConsultationDossier, _("Dossiers of consultation I wrote")),
    (models.ConsultationsPage, _("Pages of consultations I wrote")),
):
    personal_data.declare(
        _page,
        owner="consultations",
        title=_title,
        classification=Classification.C1,
        retention=_("as long as the page"),
        words={"slug": personal_data.file_only},
        export=lambda user, _page=_page: _page.objects.filter(owner=user).values("title", "slug"),
        erase=lambda user, _page=_page: _page.objects.filter(owner=user).update(owner=None),
        reason="Pages the city publishes; the name of whoever wrote them leaves with the account.",
    )


def _followed(user):
    rows = models.DossierFollow.objects.filter(user=user).order_by("dossier__title", "pk")
    return ({"title": title} for title in rows.values_list("dossier__title", flat=True))


personal_data.declare(
    models.DossierFollow,
    owner="consultations",
    classification=Classification.C2,
    retention=_("until you stop following"),
    title=_("Consultations I follow"),
    export=_followed,
    erase=lambda user: models.DossierFollow.objects.filter(user=user).delete()[0],
    reason="A wish to hear of a dossier: its row goes when the person stops, or leaves.",
)
personal_data.declare_impersonal(
    "consultations",
    (
        (models.DossierPhase, "Dates of a consultation: no personal data."),
        (models.DossierDocument, "Files the city publishes: no personal data."),
        (models.DossierWork, "Published works, under the names their authors published them with."),
        (models.DossierSharedWork, "Which works are shown in a second dossier: no personal data."),
        (models.ConsultedBody, "Bodies and their opinions: no person."),
        (models.GroupContribution, "What a group sent under its own name, to be published: no person."),
        (models.DossierNews, "News the city publishes: no personal data."),
        (models.ParticipationFigure, "Figures above the smallest number: no personal data."),
        (models.ReportRow, "What the city decided: no personal data."),
        (models.DossierTold, "What came out of a dossier, and when: no person."),
    ),
)

code_words.register(
    "verb",
    {
        "consultations.report_published": _("Report of a consultation published"),
        "consultations.finding_answered": _("Measure tied to the finding of a barometer"),
        "consultations.finding_left": _("Measure taken off the finding of a barometer"),
    },
)
