"""What pages and pictures keep about people: who wrote, who uploaded."""

from django.utils.translation import gettext_lazy as _

from src.foundations import personal_data

from . import models
from .enums import QuoteState

PAGES = (
    models.HomePage,
    models.IndexPage,
    models.DossierPage,
    models.StandardPage,
    models.OutcomePage,
    models.ResourcesPage,
    models.ResourcePage,
)

for page_model in (*PAGES, models.AccessibilityPage):
    personal_data.declare(
        page_model,
        owner="publishing",
        classification="C1",
        retention=_("as long as the page"),
        words={"slug": personal_data.file_only},
        export=lambda user, page_model=page_model: page_model.objects.filter(owner=user).values("title", "slug"),
        erase=lambda user, page_model=page_model: page_model.objects.filter(owner=user).update(owner=None),
        reason="Pages the city publishes; the name of the editor leaves with the account.",
    )

personal_data.declare(
    models.TerrainImage,
    owner="publishing",
    classification="C1",
    retention=_("as long as the picture"),
    title=_("Pictures I gave"),
    export=lambda user: models.TerrainImage.objects.filter(uploaded_by_user=user).values("title", "created_at"),
    erase=lambda user: models.TerrainImage.objects.filter(uploaded_by_user=user).update(uploaded_by_user=None),
    reason="Pictures the city publishes, without metadata; who uploaded them leaves with the account.",
)
personal_data.declare(
    models.TerrainRendition,
    owner="publishing",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Sizes of pictures: nothing about people.",
)
personal_data.declare(
    models.PeerReviewTask,
    owner="publishing",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="A step of the review of pages: groups, no people.",
)
personal_data.declare(
    models.PeerReviewTask.groups.through,
    owner="publishing",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Which groups review: no people.",
)
personal_data.declare(
    models.OutcomeDraft,
    owner="publishing",
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Which decision had its page drafted: no people.",
)
personal_data.declare(
    models.QuoteRequest,
    owner="publishing",
    classification="C2",
    retention=_("as long as the contribution"),
    title=_("Quotes I asked for"),
    words={"reference": personal_data.file_only, "state": dict(QuoteState.choices)},
    export=lambda user: models.QuoteRequest.objects.filter(asked_by=user).values(
        "reference", "words", "asked_on", "state"
    ),
    erase=lambda user: models.QuoteRequest.objects.filter(asked_by=user).update(asked_by=None),
    reason="Words of a contribution and the yes of its author, whom this table doesn't name: the contribution does.",
)
for counted, why in (
    (models.ResourceTaken, "How many times a resource was taken: a total, no people."),
    (models.TaggedResource, "Subjects of resources: no people."),
):
    personal_data.declare(
        counted, owner="publishing", classification="C1", retention=None, export=None, erase=None, reason=why
    )
