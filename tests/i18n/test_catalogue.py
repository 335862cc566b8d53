"""The English catalogue is complete, and every translation keeps the placeholders of its source."""

import re
import sys
from pathlib import Path
from string import Formatter

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import catalogue

JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
SAMPLE_LINE = "例："
"""Examples of what to type stay Japanese in both languages: they show what the program reads."""


def placeholders(text: str) -> list[str]:
    return sorted(name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None)


def translated() -> list[tuple[str, str]]:
    pairs = []
    for message in catalogue.current():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        pairs += [(ids[0], one) for one in strings]
    return pairs


def test_every_string_has_its_english() -> None:
    assert catalogue.missing(catalogue.current()) == []


def test_nothing_is_translated_that_is_said_nowhere() -> None:
    said = {(str(message.id), message.context) for message in catalogue.extracted()}
    assert [
        message.id for message in catalogue.current() if message.id and (str(message.id), message.context) not in said
    ] == []


@pytest.mark.parametrize(("source", "english"), translated())
def test_a_translation_keeps_its_placeholders(source: str, english: str) -> None:
    assert placeholders(source) == placeholders(english)


def test_no_translation_is_left_in_japanese() -> None:
    left = [
        english
        for _source, english in translated()
        if JAPANESE.search(re.sub(r"「[^」]*」|“[^”]*”|\([^)]*\)", "", english))
    ]
    assert left == []


def test_a_word_that_also_has_a_plural_is_found_without_a_count() -> None:
    from soloflow import i18n

    plural = next(message for message in catalogue.current() if isinstance(message.id, tuple) and not message.context)
    i18n.set_language("en")
    assert i18n._(plural.id[0]) == plural.string[0]
