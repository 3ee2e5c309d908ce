"""What pages and pictures keep about people: who wrote, who uploaded."""

from django.utils.translation import gettext_lazy as _

from src.foundations import personal_data

from . import models

PAGES = (models.HomePage, models.IndexPage, models.DossierPage, models.StandardPage, models.OutcomePage)

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
