"""The only hands that write the index; called by the relay and by ``search_rebuild``, never by requests."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import blake2b
from itertools import islice

from django.db import transaction

from . import registry, vendor
from .analyser import stem
from .models import KnownStem, SearchDocument

CHUNK = 500
MAX_WORDS = 6_000
TRAITS = (*vendor.TRAITS, "day", "cell", "tie")


def index(kind: str, pk: int) -> None:
    """Write, rewrite or remove one object of the index, according to what the registry's queryset holds now."""
    found = registry.get(kind).queryset().filter(pk=pk).first()
    if found is None:
        remove(kind, [pk])
    else:
        index_many(kind, [found])


@transaction.atomic
def index_many(kind: str, objects: Iterable) -> int:
    """Write these objects and their words in the index, in as many statements for one as for a thousand."""
    described = registry.get(kind)
    documents = [_document(described, one) for one in objects]
    if not documents:
        return 0
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "title_text", "search_text", *TRAITS],
    )
    written = SearchDocument.objects.filter(kind=kind, object_id__in=[one.object_id for one in documents])
    vendor.write_words(list(written.only("pk", "search_text")))
    words = sorted({word for one in documents for word in one.search_text.split()})
    KnownStem.objects.bulk_create([KnownStem(kind=kind, stem=word) for word in words], ignore_conflicts=True)
    return len(documents)


@transaction.atomic
def remove(kind: str, pks: Iterable[int]) -> None:
    """Take objects out of the index."""
    gone = SearchDocument.objects.filter(kind=kind, object_id__in=list(pks))
    vendor.drop_words(list(gone.values_list("pk", flat=True)))
    gone.delete()


def rebuild(kind: str, progress: Callable[[int], None] = lambda count: None) -> int:
    """Index every object of a kind again, in bulk, and forget those that are gone; returns how many there are."""
    described = registry.get(kind)
    rows = iter(described.queryset().order_by("pk").iterator(chunk_size=CHUNK))
    total = 0
    while chunk := list(islice(rows, CHUNK)):
        total += index_many(kind, chunk)
        progress(total)
    with transaction.atomic():
        kept = described.queryset().order_by().values("pk")
        SearchDocument.objects.filter(kind=kind).exclude(object_id__in=kept).delete()
        vendor.drop_orphans()
    count_stems(kind)
    return total


def catch_up(kind: str, limit: int = 5_000) -> int:
    """Index what has no document, or one from before documents had traits; returns how many there were."""
    described = registry.get(kind)
    known = SearchDocument.objects.filter(kind=kind).exclude(tie=0).values("object_id")
    missing = list(described.queryset().order_by().exclude(pk__in=known).values_list("pk", flat=True)[:limit])
    for start in range(0, len(missing), CHUNK):
        index_many(kind, described.queryset().filter(pk__in=missing[start : start + CHUNK]))
    return len(missing)


def count_stems(kind: str) -> None:
    """Count again in how many documents each word of a kind appears, and forget the words nobody uses any more."""
    counted: Counter = Counter()
    texts = SearchDocument.objects.filter(kind=kind).values_list("search_text", flat=True)
    for text in texts.iterator(chunk_size=2_000):
        counted.update({"", *text.split()})
    known = dict(KnownStem.objects.filter(kind=kind).values_list("stem", "documents"))
    changed = sorted(word for word, count in counted.items() if known.get(word) != count)
    for start in range(0, len(changed), CHUNK):
        KnownStem.objects.bulk_create(
            [KnownStem(kind=kind, stem=word, documents=counted[word]) for word in changed[start : start + CHUNK]],
            update_conflicts=True,
            unique_fields=["kind", "stem"],
            update_fields=["documents"],
        )
    gone = sorted(known.keys() - counted.keys())
    for start in range(0, len(gone), CHUNK):
        KnownStem.objects.filter(kind=kind, stem__in=gone[start : start + CHUNK]).delete()


def _document(described: registry.Kind, one) -> SearchDocument:
    document = described.document(one)
    title = stem(document.title)
    rest = stem(f"{document.extra}\n{document.body}")
    day = document.day or datetime.date.min
    traits = (document.genre, document.step, *document.direction, *document.space)
    return SearchDocument(
        kind=described.name,
        object_id=one.pk,
        title=document.title.replace("\x00", "")[:300],
        title_text=title,
        search_text=" ".join(f"{title} {rest}".split(" ")[:MAX_WORDS]).strip(),
        genre=document.genre,
        step=document.step,
        direction=document.direction[0],
        direction_name=document.direction[1],
        space=document.space[0],
        space_name=document.space[1],
        day=day,
        cell=_number("\x1f".join((*traits, str(day.year)))),
        tie=_number(f"{described.name}:{one.pk}"),
    )


def _number(text: str) -> int:
    """A number of 64 bits drawn from a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
