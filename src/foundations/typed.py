"""What a person typed in a form that could not be taken: given back on the page that says why."""

from django.http.request import RawPostDataException, UnreadablePostError

# Of one form, in all: more is a file or an attack, and the page would not help anybody.
MOST_KEPT = 200_000
# A field longer than this is a text somebody wrote; shorter ones are choices and are carried along unseen.
LONG = 40
# A password or a code never comes back on a page.
_NEVER_ECHOED = ("connexion/", "compte/", "accounts/")


def kept(request) -> dict:
    """What ``theme/kept.html`` shows of a form that was not taken; empty where nothing may or need come back.

    Nothing of a form that holds a secret, of a door where one signs in, of a form above 200,000 characters, or of
    one that did not come from a page of ours. Files can't come back: the page says so.
    """
    if request.method != "POST" or request.path.lstrip("/").startswith(_NEVER_ECHOED) or not from_our_page(request):
        return {}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (UnreadablePostError, RawPostDataException, OSError):
        return {}
    secret = any("password" in name or "secret" in name for name, _value in fields)
    if not fields or secret or sum(len(value) for _name, value in fields) > MOST_KEPT:
        return {}
    fields = [pair for pair in fields if pair[0] != "csrfmiddlewaretoken"]
    texts = [pair for pair in fields if len(pair[1]) > LONG]
    return {
        "again": request.get_full_path(),
        "carried": [pair for pair in fields if pair not in texts],
        "texts": texts,
        "files_lost": files,
    }


def from_our_page(request) -> bool:
    """Whether the browser says that the form was ours: a stranger's text must not get a button that sends it.

    A browser too old to say so, and a program, are believed: the form's token is checked again at each sending.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return not origin or origin == f"{request.scheme}://{request.get_host()}"
