"""How the views of publishing tell a refusal."""

from src.foundations.gates import Gate
from src.workflow.exceptions import TransitionNotAllowed

gate = Gate("publishing", home="publishing:cards", moved_on=(TransitionNotAllowed,))
