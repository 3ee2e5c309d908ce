"""What people were told, in a file; and what the database holds of it, read beside the application."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


class Ledger:
    """A line for each acknowledgement, on the disk before the next gesture: what must never be lost."""

    def __init__(self, file: Path, run: str):
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file, self.run = file, run
        self._out = file.open("a", buffering=1)
        self.acks: list[tuple[str, str, str]] = []
        self.sent: Counter = Counter()

    def meant(self, kind: str, mark: str) -> None:
        """Somebody is about to send it: it may be kept or not, never twice."""
        self.sent[kind] += 1

    def acknowledged(self, kind: str, mark: str, username: str, again: int) -> None:
        self.acks.append((kind, mark, username))
        line = {
            "run": self.run,
            "kind": kind,
            "mark": mark,
            "by": username,
            "again": again,
            "at": round(time.time(), 3),
        }
        self._out.write(json.dumps(line) + "\n")

    def close(self) -> None:
        self._out.close()


def read(folder: Path) -> list[tuple[str, str, str]]:
    """Every acknowledgement of every run whose ledger is there."""
    lines = (json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.open())
    return [(line["kind"], line["mark"], line["by"]) for line in lines]


def by_scenario(folder: Path) -> dict[str, int]:
    """How many acknowledgements each scenario adds, all its runs together."""
    runs = (json.loads(line)["run"].rpartition("-")[0] for file in folder.glob("*.jsonl") for line in file.open())
    return dict(sorted(Counter(runs).items()))


_MARKS = "SELECT substring(body from 'Repère ([0-9a-f]{{32}})') AS mark, count(*) FROM {table} WHERE body LIKE '%Repère %' GROUP BY 1"
_SUPPORTS = """
SELECT u.username || '/' || i.reference, count(*) FROM ideas_ideasupport s
JOIN ideas_idea i ON i.id = s.idea_id JOIN directory_user u ON u.id = s.user_id GROUP BY 1
"""
# What must hold of each idea, whatever died: one row of counters that tells the truth, an answer owed, one author.
INVARIANTS = {
    "counters_wrong": """
        SELECT count(*) FROM ideas_idea i LEFT JOIN ideas_ideacounts c ON c.idea_id = i.id
        WHERE c.supports IS DISTINCT FROM (SELECT count(*) FROM ideas_ideasupport s WHERE s.idea_id = i.id)
           OR c.comments IS DISTINCT FROM
              (SELECT count(*) FROM ideas_ideacomment k WHERE k.idea_id = i.id AND k.visibility = 'shown')""",
    "ideas_without_answer_owed": "SELECT count(*) FROM ideas_idea WHERE owed_id IS NULL AND body LIKE '%Repère %'",
    "ideas_without_author": """
        SELECT count(*) FROM ideas_idea i WHERE body LIKE '%Repère %' AND author_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM participation_sealedauthor a WHERE a.handle = i.handle)""",
    "ideas_untold": """
        SELECT count(*) FROM ideas_idea i WHERE body LIKE '%Repère %' AND NOT EXISTS
        (SELECT 1 FROM foundations_outboxevent o WHERE o.key = 'ideas.submitted:' || i.reference AND o.done_at IS NOT NULL)""",
    "effects_dead": "SELECT count(*) FROM foundations_outboxevent WHERE dead_at IS NOT NULL",
    "effects_due": """
        SELECT count(*) FROM foundations_outboxevent
        WHERE done_at IS NULL AND dead_at IS NULL AND not_before <= clock_timestamp()""",
}


def compare(link, acks: Iterable[tuple[str, str, str]]) -> dict:
    """Acknowledgements against rows: lost, duplicated (acknowledged or not), and what must hold of every idea."""
    held = {
        "idea": dict(link.execute(_MARKS.format(table="ideas_idea")).fetchall()),
        "comment": dict(link.execute(_MARKS.format(table="ideas_ideacomment")).fetchall()),
        "support": dict(link.execute(_SUPPORTS).fetchall()),
    }
    acks = list(acks)
    lost = [f"{kind} {mark}" for kind, mark, _by in acks if mark not in held[kind]]
    doubled = [f"{kind} {mark}" for kind, rows in held.items() for mark, count in rows.items() if count > 1]
    told_twice = [mark for mark, count in Counter(acks).items() if count > 1]
    return {
        "acknowledged": dict(Counter(kind for kind, _mark, _by in acks)),
        "total": len(acks),
        "lost": len(lost),
        "duplicated": len(doubled),
        "samples": [*lost[:3], *doubled[:3], *map(str, told_twice[:3])],
        **{name: link.execute(question).fetchone()[0] for name, question in INVARIANTS.items()},
    }


def mails(link, taken: Counter, key_like: str) -> dict:
    """Copies the mail server took against rows of mails of one sending."""
    rows = dict(
        link.execute("SELECT message_id, state FROM notices_mailmessage WHERE key LIKE %s", [key_like]).fetchall()
    )
    copies = {message_id: taken.get(message_id.strip("<>"), 0) for message_id in rows}
    return {
        "written": len(rows),
        "states": dict(Counter(rows.values())),
        "never_taken": sum(1 for count in copies.values() if count == 0),
        "taken_twice": sum(1 for count in copies.values() if count == 2),
        "taken_more": sum(1 for count in copies.values() if count > 2),
        "sent_but_never_taken": sum(1 for mid, state in rows.items() if state == "sent" and not copies[mid]),
    }
