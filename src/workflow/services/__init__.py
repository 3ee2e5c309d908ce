"""Verbs of the engine. ``fire`` is the one door through which a subject changes stage."""

from .activation import activate_process
from .adoption import adopt, preview_adoption, resume_adoption, start_adoption
from .automatic import run_clock
from .correcting import take_back
from .firing import fire
from .starting import begin
from .versions import copy_process, new_version

__all__ = [
    "activate_process",
    "adopt",
    "begin",
    "copy_process",
    "fire",
    "new_version",
    "preview_adoption",
    "resume_adoption",
    "run_clock",
    "start_adoption",
    "take_back",
]
