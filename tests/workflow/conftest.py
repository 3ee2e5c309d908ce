"""Fixtures of the engine's tests: its own app, its people, its parcels."""

import itertools

import pytest
from django.apps import AppConfig, apps

from src.directory.models import User
from src.workflow import process_cache, registry
from tests.factories.workflow import small_process

if "subjects" not in apps.app_configs:
    # The parcel's app joins after setup (ready() of the others must not run twice) and before the tables are made.
    _config = AppConfig.create("tests.workflow.subjects")
    _config.apps = apps
    apps.app_configs["subjects"] = _config
    _config.import_models()
    apps.clear_cache()

from src.foundations import guards  # noqa: E402
from src.workflow.services import begin  # noqa: E402

from .subjects.models import Parcel, ParcelEntry  # noqa: E402

_numbers = itertools.count(1)


def _write_note(subject, transition, viewer, data, entry):
    if data.get("_fail"):
        raise RuntimeError("the effect failed")


def _obey(subject, effect, *, transition, viewer, data, entry):
    subject.promise = {"pause": "paused", "resume": "running", "stop": "stopped"}[effect]
    Parcel.objects.filter(pk=subject.pk).update(promise=subject.promise)


def _too_heavy(subject, viewer, data):
    return "Ce colis est trop lourd." if subject.note == "lourd" else None


registry.register_subject("parcel", Parcel, "colis")
registry.register_form("parcel_note", "Note")
registry.register_form(
    "parcel_reason", "Motif", has_reason=True, reason_required=True, leads_to={"accepted", "declined"}
)
registry.register_form("parcel_farewell", "Retrait", has_reason=True)
registry.register_guard("parcel_light", "Assez léger", _too_heavy)
registry.register_effect("parcel_note", _write_note, kind="parcel")
registry.register_clock("parcel", _obey)
guards.append_only(ParcelEntry)


@pytest.fixture(autouse=True)
def _only_the_engine(monkeypatch):
    """No process in memory, and no effect of the apps: only the parcel's."""
    own = {key: effects for key, effects in registry._effects.items() if key[0] == "parcel"}
    monkeypatch.setattr(registry, "_effects", own)
    process_cache.forget()
    yield
    process_cache.forget()


@pytest.fixture
def make_user(db):
    def make(first_name="Sophie", last_name="Lantier", **values):
        number = next(_numbers)
        return User.objects.create(username=f"personne-{number}", first_name=first_name, last_name=last_name, **values)

    return make


@pytest.fixture
def people(make_user):
    """One person per role of the small process."""
    return {
        "author": make_user("Nadia", "Benali"),
        "moderator": make_user("Inès", "Rocher"),
        "facilitator": make_user("Malika", "Soares"),
        "instructor": make_user("Karim", "Diallo"),
        "decision_maker": make_user("Sophie", "Lantier"),
        "nobody": make_user("Paul", "Kerbrat"),
    }


@pytest.fixture
def process(people):
    return small_process(people["nobody"])


def holders_of(people):
    return {code: [user.pk] for code, user in people.items() if code != "nobody"}


@pytest.fixture
def make_parcel(people, process):
    def make(stage="submitted", at=None, process=process, **values):
        values.setdefault("holders", holders_of(people))
        number = next(_numbers)
        return Parcel.objects.create(reference=f"P{number}", **begin(process.pk, stage_slug=stage, at=at), **values)

    return make
