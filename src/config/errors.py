"""Error pages: a sentence in French that says what to do next, never a stack trace."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form came back without its security token: say how to send it again without losing anything."""
    return render(request, "403_csrf.html", status=403)
