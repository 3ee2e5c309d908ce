"""Two messages registered for the length of a test beside the room's own, and an author known by a handle."""

import uuid

import pytest

from src.directory import viewer as viewer_module
from src.notices import handles, registry
from src.notices.without_mail.services import CHANGED
from tests.factories.notices import DutyCalls, IdeaMoved

# Every message of the product, before tests put theirs instead.
ALL = registry.registered()


@pytest.fixture(autouse=True)
def _messages(monkeypatch):
    known = {IdeaMoved.code: IdeaMoved(), DutyCalls.code: DutyCalls(), CHANGED: ALL[CHANGED]}
    monkeypatch.setattr(registry, "_notices", known)


@pytest.fixture
def sealed(monkeypatch):
    """``sealed(user)`` gives a handle that only the relay and the author's own requests tie to ``user``."""
    owners = {}
    facts = dict(viewer_module._facts)
    facts["own_handles"] = lambda user: {handle for handle, owner in owners.items() if owner.pk == user.pk}
    monkeypatch.setattr(viewer_module, "_facts", facts)
    monkeypatch.setattr(handles, "_resolver", lambda asked: {h: owners[h] for h in asked if h in owners})

    def seal(user):
        handle = uuid.uuid4()
        owners[handle] = user
        return handle

    return seal
