"""Token buckets of the rate limits, in the database so that a dead Redis never opens the door."""

from django.db import models


class RateBucket(models.Model):
    """What is left to a key (kept as a keyed hash: no address, no number) in a bucket."""

    bucket = models.CharField(max_length=60)
    key = models.CharField(max_length=32)
    tokens = models.FloatField()
    # Seconds since the epoch: the same arithmetic on both databases.
    refilled_at = models.FloatField()
    allowed = models.BooleanField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "key"], name="rate_bucket_key")]
        indexes = [models.Index(fields=["refilled_at"], name="rate_refilled")]

    def __str__(self):
        return self.bucket
