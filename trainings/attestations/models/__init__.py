"""Tables of attestations: the document, each of its prints, the batches of a site, the certificates a role asks."""

from .attestation import Attestation, AttestationPrint
from .batch import AttestationBatch
from .certificate import RoleCertificate

__all__ = ["Attestation", "AttestationBatch", "AttestationPrint", "RoleCertificate"]
