"""A hand inside an installation: makes sources, flushes, and reads the log. Spoken to in lines of JSON."""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from arbiter.foundation.models import Person  # noqa: E402
from arbiter.usage.actions import flushes, sources  # noqa: E402
from arbiter.usage.models import Alias, Membership, Parcel, Rejection, Source  # noqa: E402


def source(**given):
    """Make a source; returns its number and key."""
    made, key = sources.make(by=Person.objects.system(), at=timezone.now(), **given)
    return {"pk": made.pk, "key": key}


def flush():
    """Move all that waits into the log."""
    while flushes.flush(at=timezone.now()) is not None:
        pass
    return Parcel.objects.count()


def rows(pk):
    """Every row of the log that came from a source."""
    import duckdb

    from arbiter.usage.log.table import open_log

    log = open_log()
    files = log.files(settled=True) + log.files(settled=False)
    if not files:
        return []
    query = "SELECT * FROM read_parquet($files, hive_partitioning=true, union_by_name=true) WHERE source = $pk ORDER BY message_id"
    found = duckdb.execute(query, {"files": files, "pk": pk})
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def rejected(pk):
    """Why events of a source were not taken."""
    return list(Rejection.objects.filter(source=pk).values("code", "message", "sample", "times"))


def people(pk):
    """Who was seen where, and who is who, over all sources."""
    return {
        "memberships": list(Membership.objects.values_list("user_key", "customer_key")),
        "aliases": list(Alias.objects.values_list("user_key", "other_key")),
        "heard": Source.objects.get(pk=pk).heard_at is not None,
    }


if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        answer = globals()[asked.pop("do")](**asked)
        print(json.dumps(answer, default=str), flush=True)
