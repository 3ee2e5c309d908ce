"""What ballots tell of people, for the test that attacks every published table.

How many chose what isn't a table of people that one could recognise: ``masks.py`` and its own attack
(``tests/ballots/test_masks.py``) hold it. Who voted by which channel is.
"""

from src.participation.published import PublishedTable, publish

from .models import Ballot

ADDRESSES = ("scrutins/<slug:reference>/resultats/", "scrutins/<slug:reference>/fichiers/<str:name>/")


def _channels():
    """Voters on the web and on paper, of each ballot counted; together when one of them is few."""
    for result in Ballot.objects.filter(counted_at__isnull=False).order_by("pk").values_list("result", flat=True):
        on_paper = result["voted_on_paper"]
        if on_paper is not None:
            yield {"web": result["voted"] - on_paper, "paper": on_paper}


publish(PublishedTable("ballots.channels", ADDRESSES, _channels))
