"""Brings the English catalogue in line with the strings in the code: new ones are added empty, vanished ones are dropped.

python tools/catalogue.py            # update resources/locale/en/LC_MESSAGES/soloflow.po
python tools/catalogue.py --missing  # print what has no English yet
"""

import argparse
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "soloflow.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2)}


def extracted() -> Catalog:
    """Every marked string of src/soloflow, with where it stands."""
    catalogue = Catalog(domain="soloflow", project="SoloFlow", locale="en", charset="utf-8")
    found = extract_from_dir(str(ROOT / "src" / "soloflow"), method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, locations=[(file, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return catalogue


def current() -> Catalog:
    """The catalogue as it is in the repository."""
    if not PO.exists():
        return Catalog(domain="soloflow", locale="en")
    with PO.open("rb") as source:
        return read_po(source, locale="en", domain="soloflow")


def missing(catalogue: Catalog) -> list[str]:
    """The message ids of `extracted` that have no English."""
    lacking = []
    for message in extracted():
        if not message.id:
            continue
        known = catalogue.get(message.id, context=message.context)
        if known is None or not known.string or (isinstance(known.string, tuple) and not all(known.string)):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def update() -> None:
    """Write the catalogue anew, sorted by file, with what is translated already."""
    before, after = current(), extracted()
    for message in after:
        known = before.get(message.id, context=message.context) if message.id else None
        if known is not None and isinstance(known.id, tuple) == isinstance(message.id, tuple):
            message.string = known.string  # one that has become a plural is translated anew
    after.fuzzy = False
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as target:
        write_po(target, after, width=120, omit_header=False, include_lineno=False, ignore_obsolete=True)


def main() -> None:
    """Update, or list what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missing", action="store_true")
    if parser.parse_args().missing:
        print("\n".join(missing(current())))
        sys.exit(bool(missing(current())))
    update()
    print(len(missing(current())), "without English")


if __name__ == "__main__":
    main()
