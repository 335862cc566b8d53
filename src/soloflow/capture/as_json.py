"""What `import --dry-run --json` prints for one file."""

from collections.abc import Sequence
from typing import Any

from soloflow.capture.matching import Match
from soloflow.domain.candidates import Candidate, Reading


def _person(person: Candidate, match: Match | None) -> dict[str, Any]:
    texts = ("name", "family", "given", "kana", "company", "department", "title")
    return {
        **{field: getattr(person, field) for field in texts},
        "emails": list(person.emails),
        "phones": [phone.number for phone in person.phones],
        "urls": list(person.urls),
        "note": person.note,
        "met_on": [met.isoformat() for met in person.met_on],
        "line": person.line,
        "match": {"kind": match.kind, "name": match.name} if match else None,
    }


def reading_as_json(file: str, reading: Reading, matches: Sequence[Match | None] = ()) -> dict[str, Any]:
    """The object of one file, ready for json.dumps; without matches, nobody is known."""
    known = matches or [None] * len(reading.candidates)
    return {
        "file": file,
        "kind": reading.kind,
        "encoding": reading.encoding,
        "rows": reading.rows,
        "candidates": [_person(one, match) for one, match in zip(reading.candidates, known, strict=True)],
        "problems": [
            {"line": problem.line, "field": problem.field, "message": problem.message} for problem in reading.problems
        ],
    }
