"""Translation through gettext: Japanese is the source, English a complete catalogue.

`_` looks the catalogue up at every call, so a language switch needs no restart; never call it at import time. Strings
that must be listed at import time are marked with `N_` and translated where they are shown. Placeholders are named:
``_("{count}件を取り込みました").format(count=n)``.
"""

import gettext as _gettext
from collections.abc import Iterable
from functools import cache

from soloflow import resources

LANGUAGES = ("ja", "en")


class _State:
    language = "ja"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "ja":
        return _gettext.NullTranslations()
    return _gettext.translation("soloflow", localedir=resources.path("locale"), languages=[language], fallback=True)


def set_language(language: str) -> None:
    """Choose the language of every following `_`.

    :raises ValueError: when the language is not one of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _State.language = language


def language() -> str:
    """The language in use, "ja" or "en"."""
    return _State.language


def _(message: str) -> str:
    catalogue = _catalogue(_State.language)
    found = catalogue.gettext(message)
    # The gettext of older Pythons (3.11.2 of Debian 12) misses an entry that also has a plural.
    return catalogue.ngettext(message, message, 1) if found is message else found


def in_every_language(message: str) -> tuple[str, ...]:
    """What a message is in each language, for recognising what was kept while another one was in use."""
    return tuple(dict.fromkeys(_catalogue(one).gettext(message) for one in LANGUAGES))


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for `count`; Japanese has one, English two. Both arguments are written in Japanese."""
    return _catalogue(_State.language).ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Like `_`, for a word that needs a context to be translated (one Japanese word, several English ones)."""
    return _catalogue(_State.language).pgettext(context, message)


def listed(parts: Iterable[str]) -> str:
    """The parts that say something, as a list: A、B (A, B)."""
    return _("、").join(part for part in parts if part)


def side_by_side(parts: Iterable[str]) -> str:
    """The parts that say something, as facts on one line: A・B (A · B)."""
    return _("・").join(part for part in parts if part)


def sentences(parts: Iterable[str]) -> str:
    """Whole sentences as one paragraph, with the space that English has between them."""
    return (" " if _State.language == "en" else "").join(part for part in parts if part)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate yet"
    return message


def NP_(context: str, message: str) -> str:  # noqa: ARG001, N802 - "mark for `pgettext`, do not translate yet"
    return message
