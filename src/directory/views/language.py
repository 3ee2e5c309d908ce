"""`/langue/`: English or French, from the foot of every page."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .. import language
from ..redirects import safe_next


@never_cache
@require_POST
def choose(request):
    """Keep the language chosen, then go back to the page one was on, never out of the site.

    A language the interface doesn't have is answered 400, and nothing changes.
    """
    code = request.POST.get("langue", "")
    if not language.is_spoken(code):
        return render(request, "400.html", status=400)
    response = HttpResponseRedirect(safe_next(request, "/"))
    response.status_code = 303
    return language.keep(request, response, code)
