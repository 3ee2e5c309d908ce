"""Whether the process lives and the installation is ready, for probes: JSON, no names, no secrets."""

from django.conf import settings
from django.http import Http404, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import metrics
from .checks import FAILED, readiness


@require_safe
@never_cache
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request):
    """200 when everything needed works (possibly degraded), 503 otherwise; its detail for the token."""
    report = readiness()
    status = 503 if report["status"] == FAILED else 200
    if not (settings.TERRAIN_DEMO or metrics.may_read(request)):
        report = {"status": report["status"]}
    return JsonResponse(report, status=status)


@require_safe
@never_cache
def metrics_page(request):
    """The figures, for the holder of the token; to anybody else this address doesn't exist."""
    if not metrics.may_read(request):
        raise Http404
    return metrics.exposition()
