"""One row of every model that names an account, for one person: made from the columns, so that a new model is met too."""

import datetime
import itertools
import uuid

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from src.directory.enums import Role
from src.foundations import clock, guards, personal_data
from src.foundations.fields import SafeHtmlField
from src.foundations.testing import forget_effects
from src.foundations.text import plain_to_html
from src.participation.ballots import boxes
from tests.factories.consultations import dossier
from tests.factories.publishing import home_page

_numbers = itertools.count(1)

# What the columns alone don't say: lengths that triggers ask, what a reader of the row opens.
SHAPES = {
    "ballots.SimpleVote": {"choice": lambda: boxes.encrypt([])},
    "panels.Candidate": {"is_direct": lambda: True, "source_list": lambda: None},
    "participation.IdentityOpening": {"motive_sealed": lambda: b""},
    "consultations.DossierFollow": {"dossier": lambda: dossier(slug=f"dossier-{next(_numbers)}")},
    "trainings.TrackVersion": {"structure": lambda: {"title": "X", "modules": []}},
    "trainings_attestations.RoleCertificate": {"role": lambda: Role.values[next(_numbers) % len(Role.values)]},
}


def columns_of_people(model) -> list[models.ForeignKey]:
    """Columns of a model that hold an account."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is get_user_model()
    ]


def models_of_people() -> list[type]:
    """Our declared models that name an account; pages and pictures of editors are Wagtail's own tables."""
    return [
        one.model
        for one in personal_data.declarations()
        if columns_of_people(one.model) and not issubclass(one.model, (Page, AbstractImage, get_user_model()))
    ]


def one_of_each(person) -> dict[str, object]:
    """Write one row of each model under ``person``, and what those hang on; label -> row. Rules of the database sleep meanwhile."""
    guards.remove_guards()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
    made: dict[type, object] = {}
    for model in models_of_people():
        _row(model, person, made, ())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 0")
    guards.install_guards()
    forget_effects()
    return {model._meta.label: row for model, row in made.items()}


def _row(model, person, made, above):
    if model in made:
        return made[model]
    row = model(**{name: value() for name, value in SHAPES.get(model._meta.label, {}).items()})
    for field in model._meta.concrete_fields:
        if field.primary_key and not isinstance(field, models.OneToOneField):
            if isinstance(field, models.CharField):
                setattr(row, field.attname, _value(field))
            continue
        if field.name in SHAPES.get(model._meta.label, {}):
            continue
        if isinstance(field, models.ForeignKey):
            _relate(row, field, person, made, (*above, model))
        elif field.has_default() and field.get_default() not in ("", None) and not field.unique:
            continue
        elif not field.has_default() and not (field.null and not field.unique) or field.unique:
            setattr(row, field.attname, field.get_default() if _differs(field) else _value(field))
    if isinstance(model._meta.pk, models.OneToOneField) and (there := model._base_manager.filter(pk=row.pk).first()):
        # Made with the account.
        made[model] = there
        return there
    models.QuerySet(model).bulk_create([row]) if not model._meta.parents else row.save()
    made[model] = row
    return row


def _relate(row, field, person, made, above):
    related = field.related_model
    if related is get_user_model():
        setattr(row, field.name, person)
    elif field.null or related in above:
        # Nothing needed there.
        pass
    elif issubclass(related, Page):
        setattr(row, field.name, related._base_manager.first() or _page(related))
    else:
        setattr(row, field.name, _row(related, person, made, above))


def _page(model):
    number = next(_numbers)
    return home_page().add_child(instance=model(title=f"Page {number}", slug=f"page-{number}"))


def _differs(field) -> bool:
    return field.has_default() and callable(field.default)


def _value(field):
    number = next(_numbers)
    if field.choices:
        return field.flatchoices[0][0]
    match field:
        case models.UUIDField():
            return uuid.uuid4()
        case models.BooleanField():
            return False
        case models.DateTimeField():
            return clock.now()
        case models.DateField():
            return clock.today() - datetime.timedelta(days=number % 300)
        case models.TimeField():
            return datetime.time(9, number % 60)
        case SafeHtmlField():
            return plain_to_html(f"X{number}")
        case models.BinaryField():
            return str(number).encode()
        case models.JSONField():
            return {}
        case models.DecimalField() | models.FloatField() | models.IntegerField():
            return number % 30_000
        case _:
            return f"X{number}"[: field.max_length or 20]


def tables() -> dict[str, dict]:
    """Every row of our tables, by label and key, to compare before and after."""
    return {
        model._meta.label: {row["pk"]: row for row in _all(model)}
        for config in apps.get_app_configs()
        if personal_data.is_ours(config)
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def _all(model):
    names = [field.attname for field in model._meta.local_concrete_fields]
    return model._base_manager.order_by().values("pk", *names)
