"""Shipped processes: installed once, put in use, then left to the city."""

import copy
import json

import pytest

from src.workflow import registry
from src.workflow.exceptions import ProcessRefused
from src.workflow.models import Process, Transition
from src.workflow.process_files import install_process, install_registered, read_process
from src.workflow.services import activate_process, new_version
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db
SPEC = {
    "slug": "courte",
    "name": "Tournée courte",
    "version": 1,
    "subject_kind": "parcel",
    "stages": [
        {"slug": "submitted", "kind": "submitted", "label": "Reçu", "label_en": "Received", "is_start": True},
        {"slug": "open", "kind": "open", "staff_label": "À trier", "public_label": "Reçu", "default_days": 3},
        {"slug": "withdrawn", "kind": "withdrawn", "label": "Retiré", "label_en": "Withdrawn"},
    ],
    "transitions": [
        {
            "slug": "sort",
            "label": "Trier",
            "label_en": "Sort",
            "from": "submitted",
            "to": "open",
            "who": ["system"],
            "after_days": 2,
        },
        {
            "slug": "withdraw",
            "label": "Retirer",
            "from": ["submitted", "open"],
            "to": "withdrawn",
            "who": ["author"],
            "form": "parcel_farewell",
            "clock": "stop",
        },
    ],
}


def later(version=2, **changes):
    return {**copy.deepcopy(SPEC), "version": version, **changes}


def versions():
    return list(
        Process.objects.filter(slug="courte").order_by("version").values_list("version", "status", "is_shipped")
    )


def test_file_is_installed_in_use_and_once(tmp_path):
    path = tmp_path / "courte.json"
    path.write_text(json.dumps(SPEC), encoding="utf-8")

    first, second = install_process(path), install_process(path)

    assert first == second
    assert versions() == [(1, "active", True)]
    assert list(
        first.stages.values_list(
            "slug", "staff_label", "staff_label_en", "public_label", "public_label_en", "default_days"
        )
    ) == [
        ("submitted", "Reçu", "Received", "Reçu", "Received", None),
        ("open", "À trier", "", "Reçu", "", 3),
        ("withdrawn", "Retiré", "Withdrawn", "Retiré", "Withdrawn", None),
    ]
    assert list(
        Transition.objects.filter(process=first).values_list(
            "slug", "from_stage__slug", "to_stage__slug", "clock", "after_days"
        )
    ) == [
        ("sort", "submitted", "open", "none", 2),
        ("withdraw-submitted", "submitted", "withdrawn", "stop", None),
        ("withdraw-open", "open", "withdrawn", "stop", None),
    ]


def test_later_shipped_version_replaces_a_shipped_one():
    install_process(SPEC)
    install_process(later())

    assert versions() == [(1, "retired", True), (2, "active", True)]


def test_later_shipped_version_waits_where_the_city_wrote_its_own():
    activate_process(new_version(install_process(SPEC)))

    install_process(later(3))

    assert versions() == [(1, "retired", True), (2, "active", False), (3, "draft", True)]


def test_faulty_file_installs_nothing():
    with pytest.raises(ProcessRefused):
        install_process(later(stages=SPEC["stages"][:2]))

    assert versions() == []


def test_registered_files_are_installed(tmp_path, monkeypatch):
    path = tmp_path / "courte.json"
    path.write_text(json.dumps(SPEC), encoding="utf-8")
    monkeypatch.setattr(registry, "_templates", [])
    registry.register_template(path)
    registry.register_template(path)

    install_registered()
    install_registered()

    assert versions() == [(1, "active", True)]


def test_shipped_processes_are_sound():
    for path in registry.templates():
        spec = read_process(path)
        assert Process.objects.filter(slug=spec["slug"], version=spec["version"]).exists()
        for row in [*spec["stages"], *spec["transitions"]]:
            assert row.get("label_en") or row.get("staff_label_en"), row["slug"]


def test_default_process_is_in_use():
    process = default_process()
    assert process is None or process.is_active
