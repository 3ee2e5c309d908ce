"""Pages for tests, below the home page that every site has."""

import factory

from src.publishing.models import DossierPage, HomePage, IndexPage, OutcomePage, StandardPage
from src.publishing.services import site


def home_page() -> HomePage:
    """The home page, put in place if this database hasn't it yet."""
    return HomePage.objects.first() or site.install()


class PageFactory(factory.django.DjangoModelFactory):
    """A live page; ``parent`` is the home page unless told otherwise."""

    class Meta:
        model = StandardPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.Sequence(lambda n: f"page-{n}")
    summary = "Une phrase."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        parent = kwargs.pop("parent", None) or cls.default_parent()
        parent.refresh_from_db()
        return parent.add_child(instance=model_class(**kwargs))

    @classmethod
    def default_parent(cls):
        return home_page()


class IndexPageFactory(PageFactory):
    class Meta:
        model = IndexPage

    slug = factory.Sequence(lambda n: f"section-{n}")


class DossierPageFactory(PageFactory):
    class Meta:
        model = DossierPage

    slug = factory.Sequence(lambda n: f"sujet-{n}")


class OutcomePageFactory(PageFactory):
    class Meta:
        model = OutcomePage

    slug = factory.Sequence(lambda n: f"bilan-{n}")
    said = "<p>Les casiers sont trop bas.</p>"
    decided = "<p>Oui, ils seront remplacés.</p>"
    changes = "<p>190 places neuves.</p>"
    measure = "<p>21 personnes sur 24 le confirment.</p>"
    signed_by = "Sophie Lantier, cheffe du service technique"

    @classmethod
    def default_parent(cls):
        return IndexPageFactory()
