"""Whether the process lives and the installation is ready, for probes: JSON, no names, no secrets."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .checks import readiness


@require_safe
@never_cache
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request):
    """200 when everything needed works (possibly degraded), 503 otherwise."""
    report = readiness()
    return JsonResponse(report, status=503 if report["status"] == "failed" else 200)
