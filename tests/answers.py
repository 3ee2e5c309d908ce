"""What every page given to a test must be: no template syntax left in it, a security token in each form that posts."""

import re

# Cheap: an answer without any of these bytes holds no leak.
MARKS = (b"{{", b"{%", b"{#", b"%(")
# What stands for itself in these isn't ours to judge: code, data, what somebody typed.
QUOTED = re.compile(
    r"<(script|style|pre|code|textarea|template)\b.*?</\1\s*>|<!--.*?-->|\svalue=(\"[^\"]*\"|'[^']*')", re.S | re.I
)
LEAK = re.compile(r"\{\{.{0,80}|\{%.{0,80}|\{#\s.{0,80}|%\(\w+\)[sd]", re.S)
POSTS = re.compile(rb"""<form\b[^>]*\bmethod\s*=\s*["']?post\b[^>]*>""", re.I)
# Wagtail's own form of who edits a page: its script sends the token in a header.
BY_SCRIPT = b"w-editing-sessions"

# Set by conftest for tests whose subject is such a text.
allowed = False


def fault_in(content: bytes) -> str:
    """What is wrong with a page, in one sentence; empty when nothing is."""
    if any(mark in content for mark in MARKS) and not allowed:
        leak = LEAK.search(QUOTED.sub(" ", content.decode("utf-8", "replace")))
        if leak:
            return f"template syntax on the page: {leak.group()!r}"
    for form in POSTS.finditer(content):
        if BY_SCRIPT in form.group():
            continue
        if b"csrfmiddlewaretoken" not in content[form.end() : content.find(b"</form", form.end())]:
            return f"a form that posts has no security token: {form.group().decode('utf-8', 'replace')}"
    return ""


def watch(client_class) -> None:
    """Look at every HTML answer a client of this class receives; a fault fails the test that asked for it."""
    ask = client_class.request

    def request(self, **given):
        answer = ask(self, **given)
        if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
            fault = fault_in(answer.content)
            assert not fault, f"{given.get('PATH_INFO', '')}: {fault}"
        return answer

    client_class.request = request
