"""Links to somebody's own page (GitHub, LinkedIn, X, note …): whose page it is, and a name where the address clearly holds one."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from soloflow.capture.line_names import is_kana_name_part, is_kanji, is_surname, kana_of_romaji

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Profile:
    """A page that belongs to one person. `url` is the form in which it is kept, so that it is known again."""

    url: str
    site: str
    """What people call the site, such as "GitHub"."""
    handle: str = ""
    """What they are called there; "" where the address only holds a number or a cipher."""
    name: str = ""
    """A real name, only where the address clearly holds one."""


@dataclass(frozen=True, slots=True)
class _Site:
    name: str
    shape: re.Pattern[str]
    url: str
    names: str = ""
    """"yes": the address is made of the name; "cipher": it says nothing to a reader."""
    reserved: frozenset[str] = frozenset()


def _site(name: str, shape: str, url: str, names: str = "", reserved: str = "") -> _Site:
    return _Site(
        name, re.compile(rf"(?:https?://)?{shape}(?:[/?#].*)?", re.IGNORECASE), url, names, frozenset(reserved.split())
    )


_WORD = r"(?P<id>[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)"
_SLUG = r"(?P<id>[^/?#\s]+)"
_GITHUB = "about apps collections contact explore features issues login marketplace new notifications orgs organizations pricing pulls search settings signup sponsors topics trending"
_X = "home i explore search settings messages notifications intent share hashtag login compose tos privacy"
_FACEBOOK = "groups pages events watch marketplace share sharer login help gaming people profile.php permalink.php"
_SITES = (
    _site("GitHub", rf"(?:www\.)?github\.com/{_WORD}", "https://github.com/{}", reserved=_GITHUB),
    _site("LinkedIn", rf"(?:[a-z]{{2,3}}\.)?linkedin\.com/in/{_SLUG}", "https://www.linkedin.com/in/{}", "yes"),
    _site("X", rf"(?:www\.|mobile\.)?(?:x|twitter)\.com/@?{_WORD}", "https://x.com/{}", reserved=_X),
    _site("Facebook", rf"(?:www\.|m\.|ja-jp\.)?facebook\.com/{_WORD}", "https://www.facebook.com/{}", "yes", _FACEBOOK),
    _site("Instagram", rf"(?:www\.)?instagram\.com/{_WORD}", "https://www.instagram.com/{}/", reserved="p explore reel reels stories accounts about"),
    _site("note", rf"note\.com/{_WORD}", "https://note.com/{}", reserved="hashtag search topic login signup notes magazines info contests"),
    _site("Qiita", rf"qiita\.com/{_WORD}", "https://qiita.com/{}", reserved="tags search organizations advent-calendar about timeline trend login signup items"),
    _site("Zenn", rf"zenn\.dev/{_WORD}", "https://zenn.dev/{}", reserved="articles books topics p search about events publications explore scraps"),
    _site("connpass", rf"(?:www\.)?connpass\.com/user/{_WORD}", "https://connpass.com/user/{}/"),
    _site("Wantedly", rf"(?:www\.)?wantedly\.com/id/{_WORD}", "https://www.wantedly.com/id/{}", "yes"),
    _site("Wantedly", r"(?:www\.)?wantedly\.com/users/(?P<id>\d+)", "https://www.wantedly.com/users/{}", "cipher"),
    _site("YOUTRUST", r"(?:www\.)?youtrust\.jp/users/(?P<id>[A-Za-z0-9_-]+)", "https://youtrust.jp/users/{}", "cipher"),
    _site("Eight", r"(?:www\.)?8card\.net/(?P<id>(?:virtual_cards|profiles|p)/[A-Za-z0-9_=-]+)", "https://8card.net/{}", "cipher"),
    _site("Eight", r"(?:www\.)?8card\.net/@(?P<id>[A-Za-z0-9_.-]+)", "https://8card.net/@{}"),
    _site("マイブリッジ", r"(?:www\.)?(?:mybridge\.com|myb\.to)/(?P<id>[A-Za-z0-9_/-]+)", "https://mybridge.com/{}", "cipher"),
    _site("Lapras", rf"(?:www\.)?lapras\.com/public/{_WORD}", "https://lapras.com/public/{}", "cipher"),
    _site("Speaker Deck", rf"(?:www\.)?speakerdeck\.com/{_WORD}", "https://speakerdeck.com/{}", reserved="features player c"),
    _site("GitLab", rf"gitlab\.com/{_WORD}", "https://gitlab.com/{}", reserved="explore help users groups dashboard"),
    _site("Bluesky", rf"bsky\.app/profile/{_WORD}", "https://bsky.app/profile/{}"),
)  # fmt: skip
_LABELS = {
    "github": "https://github.com/{}", "twitter": "https://x.com/{}", "x": "https://x.com/{}", "ツイッター": "https://x.com/{}",
    "linkedin": "https://www.linkedin.com/in/{}", "facebook": "https://www.facebook.com/{}", "fb": "https://www.facebook.com/{}",
    "qiita": "https://qiita.com/{}", "zenn": "https://zenn.dev/{}", "note": "https://note.com/{}",
    "connpass": "https://connpass.com/user/{}/", "instagram": "https://www.instagram.com/{}/",
}  # fmt: skip
SITE_LABEL = re.compile(
    rf"(?<![A-Za-z0-9])(?P<site>{'|'.join(_LABELS)})\s*(?:ID)?\s*[:/]\s*@?(?P<id>[A-Za-z0-9](?:[A-Za-z0-9_.-]{{0,38}}[A-Za-z0-9_])?)(?![A-Za-z0-9@./])",
    re.IGNORECASE,
)
"""「GitHub: taro-y」 as it stands in signatures."""
_PARTS = re.compile(r"[-_.]+")
_CIPHER = re.compile(r"(?=.*\d)[0-9a-z]{4,}|\d+|[a-z]?\d+[a-z]?", re.IGNORECASE)


def profile_of(url: str) -> Profile | None:
    """Whose page a link is; None where it is not known to be somebody's. Any text is read."""
    plain = url.strip()[:_LONGEST]
    for site in _SITES:
        found = site.shape.fullmatch(plain)
        if found is None or found["id"].lower() in site.reserved:
            continue
        handle = _unquoted(found["id"])
        kept = site.url.format(found["id"])
        if site.names == "cipher":
            return Profile(kept, site.name)
        name = _name(handle, is_made_of_name=site.names == "yes")
        return Profile(kept, site.name, handle, name)
    return None


def labelled_link(site: str, handle: str) -> str:
    """The link that 「GitHub: taro-y」 means."""
    return _LABELS[site.lower()].format(handle)


def _unquoted(text: str) -> str:
    return " ".join(unquote(text, errors="replace").replace("\0", "").split())


def _name(handle: str, *, is_made_of_name: bool) -> str:
    """Taro Yamada of taro-yamada-1a2b3c. Sites that do not make addresses of names need two words that are names."""
    parts = [part for part in _PARTS.split(handle) if part]
    while len(parts) > 2 and _CIPHER.fullmatch(parts[-1]):
        parts.pop()
    if len(parts) == 2 and all(map(is_kanji, parts)):
        family, given = (parts[1], parts[0]) if is_surname(parts[1]) and not is_surname(parts[0]) else parts
        return f"{family} {given}"
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isalpha() for part in parts):
        return ""
    if sum(len(part) > 1 for part in parts) < 2 or not (is_made_of_name or _are_names(parts)):
        return ""
    if _reads(parts[0], given=False) and _reads(parts[-1], given=True) and not _are_names(parts):
        parts.reverse()  # yamada-taro
    return " ".join(part.capitalize() for part in parts)


def _are_names(parts: list[str]) -> bool:
    return len(parts) == 2 and _reads(parts[0], given=True) and _reads(parts[1], given=False)


def _reads(word: str, *, given: bool) -> bool:
    """Whether a word in Latin letters is a frequent given name or surname."""
    return any(is_kana_name_part(kana, given) for kana in kana_of_romaji(word, given=given))
