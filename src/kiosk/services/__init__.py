"""What changes kiosks, and what is sent from one."""

from .enrolment import enrol_demo, enrol_device, new_code, prepare, revoke
from .sending import Sent, send

__all__ = ["Sent", "enrol_demo", "enrol_device", "new_code", "prepare", "revoke", "send"]
