"""Every model of ours declares its owner, class, retention, export and erasure, and they work."""

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder

from src.foundations import clock, personal_data
from src.foundations.models import TickRun

LABELS = sorted(
    model._meta.label
    for config in apps.get_app_configs()
    if personal_data.is_ours(config)
    for model in config.get_models(include_auto_created=True)
    if not model._meta.proxy and model._meta.managed
)


def test_every_model_of_ours_is_declared():
    assert personal_data.models_without_declaration(apps) == []


@pytest.mark.django_db
@pytest.mark.parametrize("label", LABELS)
def test_the_five_declarations_of_a_model_work(label):
    declaration = personal_data.declaration_of(apps.get_model(label))
    assert declaration is not None, f"{label} isn't declared in its room's personal_data"
    user = get_user_model().objects.create(username="somebody")

    exported = list(declaration.export(user)) if declaration.export else []
    erased = declaration.erase(user) if declaration.erase else 0
    purged = declaration.purge(clock.now(), False) if declaration.purge else 0

    assert declaration.owner in {config.label for config in apps.get_app_configs()} | {"dpo"}
    assert declaration.classification in personal_data.Classification
    # What is kept for ever, not given or not erased needs a reason that is a sentence.
    if None in (declaration.retention, declaration.export, declaration.erase):
        assert len(declaration.reason.split()) >= 3
    assert declaration.retention is None or declaration.retention.strip()
    assert all(isinstance(row, dict) for row in exported)
    json.dumps(exported, cls=DjangoJSONEncoder)
    assert isinstance(erased, int)
    assert isinstance(purged, int)


@pytest.mark.django_db
def test_a_model_nobody_declared_is_named(monkeypatch):
    declared = dict(personal_data._declared)
    del declared[TickRun]
    monkeypatch.setattr(personal_data, "_declared", declared)

    assert "foundations.TickRun" in personal_data.models_without_declaration(apps)


@pytest.mark.parametrize(
    "wrong",
    [{"owner": ""}, {"reason": ""}, {"classification": "C5"}, {}],
)
def test_a_declaration_that_says_nothing_or_comes_twice_is_refused(wrong):
    with pytest.raises(ValueError, match="sentences|C5|twice"):
        personal_data.declare(
            TickRun,
            **{
                "owner": "x", "classification": "C1", "retention": None, "export": None, "erase": None, "reason": "y",
                **wrong,
            },
        )  # fmt: skip
