"""Supports and follows: the POST carries the wanted state, so ten equal posts leave one row."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connections, models, router, transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..enums import IdentityMode, Visibility
from . import authorship


def set_support(
    target,
    user,
    wanted: bool,
    *,
    support_model: type[models.Model],
    counts_model: type[models.Model],
    own_handles: Iterable[UUID] | None = None,
) -> bool:
    """Bring ``user``'s support of ``target`` to the wanted state; True when it changed.

    Refuses the support of one's own contribution with a sentence. ``own_handles`` (``viewer.own_handles``) spares
    opening the keyring. Whether supports are open (stage, phase) is the caller's to ask. Four statements at most.
    """
    if wanted and is_own(target, user, own_handles):
        raise ValidationError(_("You can't support your own proposal: your colleagues can."), code="own")
    return _set_row(target, user.pk, wanted, model=support_model, counts_model=counts_model, counter="supports")


def set_follow(
    target,
    user,
    wanted: bool,
    *,
    follow_model: type[models.Model],
    counts_model: type[models.Model],
    own_handles: Iterable[UUID] | None = None,
) -> bool:
    """Bring ``user``'s wish for news of ``target`` to the wanted state; True when it changed.

    Nothing is ever written for the author of a contribution that isn't named: the row would tell who they are,
    and they hear of their contribution anyway.
    """
    if wanted and target.identity_mode != IdentityMode.NAMED and is_own(target, user, own_handles):
        return False
    return _set_row(target, user.pk, wanted, model=follow_model, counts_model=counts_model, counter="followers")


def is_own(contribution, user, own_handles: Iterable[UUID] | None = None) -> bool:
    """Whether ``user`` made the contribution, named or protected."""
    if contribution.identity_mode == IdentityMode.NAMED:
        return contribution.author_id is not None and contribution.author_id == user.pk
    handles = authorship.own_handles(user) if own_handles is None else own_handles
    return contribution.handle in handles


def rebuild_counts(
    counts_model: type[models.Model],
    *,
    support_model: type[models.Model] | None = None,
    follow_model: type[models.Model] | None = None,
    comment_model: type[models.Model] | None = None,
    targets: Iterable[int] | None = None,
) -> int:
    """Recount from the rows, in one statement; returns how many targets. Imported supports stay as they are."""
    counted = {"supports": support_model, "followers": follow_model, "comments": comment_model}
    key = counts_model._meta.pk
    rows = counts_model.objects.all()
    if targets is not None:
        rows = rows.filter(pk__in=list(targets))
    changes = {}
    for counter, model in counted.items():
        if model is not None:
            fk = target_field(model, key.related_model)
            found = model.objects.order_by().filter(**{fk.attname: OuterRef("pk")}, **_counted(model))
            found = found.values(fk.attname)
            changes[counter] = Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)
    return rows.update(**changes) if changes else 0


def _counted(model: type[models.Model]) -> dict:
    """Comments that moderation hides aren't counted."""
    return {"visibility": Visibility.SHOWN} if hasattr(model, "visibility") else {}


def target_field(model: type[models.Model], target_model: type[models.Model]) -> models.ForeignKey:
    """The foreign key by which a support, follow or comment table reaches what it is about."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.name not in ("user", "author") and field.related_model is target_model:
            return field
    raise LookupError(f"{model.__name__} has no foreign key to {target_model.__name__}.")


def _set_row(target, user_id: int, wanted: bool, *, model, counts_model, counter: str) -> bool:
    fk = target_field(model, type(target))
    using = router.db_for_write(model)
    with transaction.atomic(using=using):
        changed = _insert(model, fk, target.pk, user_id, using) if wanted else _delete(model, fk, target.pk, user_id)
        # The counter comes last, so that its row is locked for the shortest time.
        if changed:
            add_to_count(counts_model, target.pk, counter, 1 if wanted else -1)
    return changed


def _insert(model, fk, target_id: int, user_id: int, using: str) -> bool:
    """Insert unless it is there; the database says which. An exception would cost the transaction its life."""
    connection = connections[using]
    quote = connection.ops.quote_name
    columns = f"{quote(fk.column)}, {quote(model._meta.get_field('user').column)}"
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES (%s, %s) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [target_id, user_id])
        return cursor.rowcount == 1


def _delete(model, fk, target_id: int, user_id: int) -> bool:
    found = model.objects.filter(**{fk.attname: target_id, "user_id": user_id})
    return found._raw_delete(found.db) == 1


def add_to_count(counts_model: type[models.Model], target_id: int, counter: str, step: int) -> None:
    """Move one counter by ``step``; a missing row of counters is made, at zero, first."""
    moved = counts_model.objects.filter(pk=target_id).update(**{counter: F(counter) + step})
    if not moved:
        counts_model.objects.bulk_create([counts_model(pk=target_id)], ignore_conflicts=True)
        counts_model.objects.filter(pk=target_id).update(**{counter: F(counter) + step})
