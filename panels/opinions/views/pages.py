"""The one page of a form of the room: what the gesture means, its fields, its button, the way back."""

from django.shortcuts import render

from panels.views.gate import address

__all__ = ["address", "form_page"]


def form_page(
    request, panel, title, submit, *, back, back_label, form=None, means=(), faults=(), danger=False, **more
):
    """Draw it; 422 when something refused it."""
    context = {
        "nav_key": "panels", "panel": panel, "title": title, "submit": submit, "back": back, "back_label": back_label,
        "form": form, "means": means, "faults": faults, "danger": danger, **more,
    }  # fmt: skip
    is_refused = bool(faults) and request.method == "POST" or form is not None and bool(form.errors)
    return render(request, "opinions/form.html", context, status=422 if is_refused else 200)
