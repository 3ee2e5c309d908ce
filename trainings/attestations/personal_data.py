"""What attestations keep of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare

from .models import Attestation, AttestationBatch, AttestationPrint, RoleCertificate

OWNER = "trainings_attestations"


def _attestations(user):
    found = Attestation.objects.filter(completion__agent=user).select_related("completion__track")
    for one in found:
        yield {"title": one.completion.track.title, "code": one.spaced_code, "created_at": one.issued_at}


def _prints(user):
    for one in AttestationPrint.objects.filter(attestation__completion__agent=user).order_by("printed_at", "pk"):
        yield {
            "title": one.title,
            "name": one.name,
            "done_at": one.completed_on,
            "minutes": one.minutes,
            "until": one.valid_until,
            "created_at": one.printed_at,
            "way": one.get_channel_display(),
        }


def _batches(user):
    for one in AttestationBatch.objects.filter(made_by=user).select_related("site"):
        yield {"title": one.site.name, "created_at": one.created_at}


def _certificates(user):
    for one in RoleCertificate.objects.filter(set_by=user).select_related("track"):
        yield {"title": one.track.title, "created_at": one.set_at}


declare(
    Attestation,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the completion"),
    title=_("My attestations"),
    export=_attestations,
    erase=None,
    reason="A code and a day: the paper stays verifiable, and its page no longer says whose it is.",
)
declare(
    AttestationPrint,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the completion; your name until your account is erased"),
    title=_("What was printed on my attestations"),
    export=_prints,
    erase=lambda user: AttestationPrint.objects.filter(attestation__completion__agent=user).update(name=""),
    reason="What stood on the paper, so that a changed one shows; the name leaves with the account.",
)
declare(
    AttestationBatch,
    owner=OWNER,
    classification="C2",
    retention=_("as long as the prints; your name until your account is erased"),
    title=_("Batches of attestations I had printed"),
    export=_batches,
    erase=lambda user: AttestationBatch.objects.filter(made_by=user).update(made_by=None),
    reason="Numbers of completions, in the order of the sheets; who asked is forgotten with their account.",
)
declare(
    RoleCertificate,
    owner=OWNER,
    classification="C1",
    retention=_("while it is asked; your name until your account is erased"),
    title=_("Certificates I had roles ask for"),
    export=_certificates,
    erase=lambda user: RoleCertificate.objects.filter(set_by=user).update(set_by=None),
    reason="A setting of the city; who wrote it is forgotten with their account.",
)
code_words.register(
    "verb",
    {
        "trainings.attestation_printed": _("Attestation printed"),
        "trainings.attestation_reprinted": _("Attestation printed for somebody by a facilitator"),
        "trainings.attestations_opened": _("Attestations of somebody opened by a facilitator"),
        "trainings.attestation_batch_asked": _("Attestations of a site printed"),
        "trainings.attestation_batch_taken": _("File of attestations of a site taken"),
        "trainings.certificate_asked": _("Certificate asked for a role"),
        "trainings.certificate_dropped": _("Certificate no longer asked for a role"),
    },
)
