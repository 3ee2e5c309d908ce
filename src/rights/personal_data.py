"""What this room keeps of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import clock, code_words
from src.foundations.personal_data import declare, declare_impersonal

from .models import DataFile, ErasureRequest, OpenSession, PreferredIdentity, ProcessingWords
from .services import files, sessions

OWNER = "rights"


def _requests(person):
    for request in ErasureRequest.objects.filter(person=person).order_by("asked_at"):
        yield {
            "reference": request.reference,
            "asked_at": request.asked_at,
            "done_at": request.done_at,
            "taken_back_at": request.taken_back_at,
        }


def _purge_requests(now, apply):
    old = ErasureRequest.objects.filter(asked_at__lt=clock.start_of_day(now.date().replace(year=now.year - 5)))
    old = old.exclude(done_at=None, taken_back_at=None)
    return old.delete()[0] if apply else old.count()


def _files(person):
    yield from DataFile.objects.filter(person=person).values("asked_at", "expires_at", "taken_at")


def _sessions(person):
    for one in OpenSession.objects.filter(person=person).order_by("opened_at"):
        yield {"since": one.opened_at, "described_as": one.device.replace("|", ", ")}


def _identity(person):
    for one in PreferredIdentity.objects.filter(person=person):
        yield {"identity": one.identity}


code_words.register(
    "verb",
    {
        "rights.erasure_asked": _("Erasure of my data asked"),
        "rights.erasure_taken_back": _("Erasure of my data taken back"),
        "rights.erased": _("Data of somebody erased"),
        "rights.session_closed": _("Another device of mine signed out"),
        "rights.words_changed": _("Words of the register of processing changed"),
    },
)
code_words.register("job", {files.JOB: _("File of my own data")})
declare(
    ErasureRequest,
    owner=OWNER,
    classification="C2",
    retention=_("five years, as the proof that it was done; without your name once it is"),
    title=_("Erasures I asked"),
    export=_requests,
    erase=None,
    reason="The proof that a right was served: a reference, days and counts on an account that is emptied.",
    purge=_purge_requests,
)
declare(
    DataFile,
    owner=OWNER,
    classification="C4",
    retention=_("one day, or until it is taken"),
    title=_("Files of my data that I asked for"),
    export=_files,
    erase=files.forget_file,
    reason="Everything held of somebody in one encrypted file, for one download.",
    purge=files.purge_files,
)
declare(
    OpenSession,
    owner=OWNER,
    classification="C2",
    retention=_("until the device is signed out, eight hours without use"),
    title=_("Devices where I am signed in"),
    export=_sessions,
    erase=sessions.close_all,
    reason="So that people see where they are signed in, and sign a lost device out.",
    purge=sessions.purge_sessions,
)
declare(
    PreferredIdentity,
    owner=OWNER,
    classification="C2",
    retention=_("as long as the account"),
    title=_("How I want forms to offer that I appear"),
    export=_identity,
    erase=lambda person: PreferredIdentity.objects.filter(person=person).delete()[0],
    reason="A wish for forms; what was written doesn't hang on it.",
)
declare_impersonal(
    OWNER, [(ProcessingWords, "Words of the register of processing; who wrote them is in the journal.")]
)
