"""Enrolments, progress module by module, attempts at quizzes."""

from .attempt import QuizAttempt
from .enrolment import Enrolment, ModuleProgress

__all__ = ["Enrolment", "ModuleProgress", "QuizAttempt"]
