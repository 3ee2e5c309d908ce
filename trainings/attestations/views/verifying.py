"""The public page that verifies: a code and nothing else; it repeats what was printed, and keeps nothing."""

import hashlib

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other

from .. import codes, drawing, selectors
from ..forms.verifying import CodeForm, FileForm
from .gate import METHODS, calm, private, tells


def _unlisted(response) -> HttpResponse:
    """Kept by no cache, found by no search engine, told to no other site."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return private(response)


def _here(code: str) -> str:
    return reverse("trainings_attestations:verified", kwargs={"code": code})


@require_safe
@tells
def verify(request):
    """Where a code is typed; a right one leads to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound:
        calm(request, "verify", 60)
        if form.is_valid():
            return _unlisted(see_other(_here(form.cleaned_data["code"])))
    return _unlisted(
        render(request, "trainings_attestations/verify.html", {"form": form}, status=422 if form.errors else 200)
    )


@require_http_methods(METHODS)
@tells
def verified(request, code):
    """Everything that was printed under a code, and whether it still holds; a file held against it."""
    calm(request, "file" if request.method == "POST" else "verify", 60)
    signs = codes.normalise(code)
    proof = selectors.proof_of(signs) if codes.is_code(signs) else None
    if proof is None:
        form = CodeForm({"code": code[:40]})
        if form.is_valid():
            form.add_error(
                "code", _("No attestation has this code. Read it again; if it is right, this paper isn’t ours.")
            )
        return _unlisted(render(request, "trainings_attestations/verify.html", {"form": form}, status=404))
    form = FileForm()
    context = {
        "proof": proof,
        "city": drawing.city_name(),
        "form": form,
        "compared": False,
        "same": None,
        "digest": "",
    }
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            digest = hashlib.file_digest(form.cleaned_data["file"], "sha256").hexdigest()
            same = selectors.print_with_hash(proof.attestation, digest)
            context |= {"compared": True, "same": same, "digest": digest}
            form = FileForm()
        context["form"] = form
    return _unlisted(
        render(request, "trainings_attestations/verified.html", context, status=422 if form.errors else 200)
    )
