"""The bytes of an opinion: one way of writing each, so that anybody finds the same fingerprint again."""

import hashlib
import json

VERSION = 1
FILE = "avis.json"


def written(told: dict) -> str:
    """Sorted keys, indented by one space, no escapes, a line feed at the end."""
    return json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def fingerprint(body: str) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def of(*, panel, introduction, rule, articles, minorities, members: int) -> dict:
    """What the opinion says; ``articles``: (Article, Vote), ``minorities``: (MinorityOpinion, names, counted)."""
    return {
        "v": VERSION,
        "panel": panel.slug,
        "title": panel.title,
        "question": panel.question,
        "asked_by": panel.commissioner.name,
        "introduction": introduction,
        "members": members,
        "rule": {
            "share": [rule.numerator, rule.denominator],
            "of": str(rule.base),
            "quorum_percent": rule.quorum_percent,
            "written_on": rule.written_on.isoformat(),
        },
        "recommendations": [_article(one, vote) for one, vote in articles],
        "minority_opinions": [
            {
                "number": one.number,
                "on": one.recommendation.number if one.recommendation_id else None,
                "text": one.text,
                "signed_by_name": names,
                "signed_in_all": count,
            }
            for one, names, count in minorities
        ],
    }


def _article(article, vote) -> dict:
    told = {"present": vote.present, "members": vote.members, "quorum_met": vote.quorum_met}
    if vote.is_told:
        told |= {"for": vote.favour, "against": vote.against, "blank": vote.blank, "void": vote.void}
    return {
        "number": article.number,
        "title": article.title,
        "text": article.text,
        "adopted": article.is_adopted,
        "vote": told,
    }
