"""Reads JSON documents into frozen dataclasses and back, naming every field that does not fit.

The dataclasses are the only description of the shape: types decide the JSON type, `kind` and `choice` add what a text
must look like.
"""

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from soloflow.domain.errors import UserError
from soloflow.i18n import N_, _

T = TypeVar("T")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?[0-9](?:[0-9 ()-]*[0-9])")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def kind(name: str) -> str:
    """A text field, empty by default, that must be a "slug", "date", "url", "mail", "phone" or "colour" when given."""
    made: str = field(default="", metadata={"kind": name})
    return made


def choice(*values: str) -> str:
    """A text field that must be one of the values; the first is the default."""
    made: str = field(default=values[0], metadata={"choice": values})
    return made


def read(shape: type[T], document: Mapping[str, Any]) -> T:
    """The value of `shape` that the document describes; missing keys keep their defaults.

    :raises UserError: listing the path and the fault of every field that cannot be read.
    """
    faults: list[str] = []
    value = _read_record(shape, document, "", faults)
    if faults:
        raise UserError(_("サイトの内容を読み込めません。\n{faults}").format(faults="\n".join(faults)))
    return cast("T", value)


def write(value: Any) -> dict[str, Any]:
    """The JSON-ready document of a dataclass, tuples as lists."""
    return cast("dict[str, Any]", _plain(value))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside a value with its path, such as ("cases.items[0].title", "…")."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}[{index}]")
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name), f"{path}.{each.name}" if path else each.name)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _read_record(shape: type, document: Any, path: str, faults: list[str]) -> Any:
    if not isinstance(document, Mapping):
        faults.append(_("{field}: 項目のまとまり（{{…}}）が必要です").format(field=path or _("全体")))
        return None
    known = {each.name: each for each in fields(cast("Any", shape))}
    unknown = [key for key in document if key not in known]
    faults += [_("{field}: 知らない項目です").format(field=_join(path, str(key))) for key in unknown]
    given = {}
    for name, each in known.items():
        if name in document:
            given[name] = _read_value(_hints(shape)[name], document[name], _join(path, name), each.metadata, faults)
    return None if faults else shape(**given)


def _read_value(hint: Any, value: Any, path: str, rules: types.MappingProxyType[Any, Any], faults: list[str]) -> Any:
    if is_dataclass(hint):
        return _read_record(cast("type", hint), value, path, faults)
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            faults.append(_("{field}: 並び（[…]）が必要です").format(field=path))
            return ()
        inner = get_args(hint)[0]
        return tuple(_read_value(inner, item, f"{path}[{n}]", rules, faults) for n, item in enumerate(value))
    return _read_scalar(hint, value, path, rules, faults)


def _read_scalar(hint: Any, value: Any, path: str, rules: types.MappingProxyType[Any, Any], faults: list[str]) -> Any:
    if hint is bool:
        if not isinstance(value, bool):
            faults.append(_("{field}: true か false が必要です").format(field=path))
        return value
    if hint is float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
            faults.append(_("{field}: 0以上の数が必要です").format(field=path))
            return 0.0
        return float(value)
    if not isinstance(value, str):
        faults.append(_("{field}: 文字が必要です").format(field=path))
        return ""
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    fault = text_fault(text, rules)
    if fault:
        faults.append(_("{field}: {fault}").format(field=path, fault=fault))
    return text


def text_fault(text: str, rules: Mapping[Any, Any]) -> str:
    """What is wrong with a text under its field's rules (a field's `metadata`), or ""."""
    allowed = rules.get("choice")
    if allowed and text not in allowed:
        return _("{values} のどれかにしてください").format(values="・".join(allowed))
    if not text or "kind" not in rules:
        return ""
    looks_right, sentence = _KINDS[rules["kind"]]
    return "" if looks_right(text) else _(sentence)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    clean = not re.search(r"[\s\"'<>\\]", text)
    return clean and parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)


def _matches(pattern: re.Pattern[str]) -> Any:
    return lambda text: bool(pattern.fullmatch(text))


_KINDS: dict[str, tuple[Any, str]] = {
    "slug": (_matches(SLUG), N_("半角の英小文字・数字・ハイフンで書いてください（例 fax-orders）")),
    "date": (_is_date, N_("日付は 2026、2026-04、2026-04-01 のどれかの形で書いてください")),
    "url": (_is_url, N_("https:// で始まるアドレスを書いてください")),
    "mail": (_matches(_MAIL), N_("メールアドレスの形になっていません")),
    "phone": (_matches(_PHONE), N_("電話番号は数字とハイフンで書いてください")),
    "colour": (_matches(_COLOUR), N_("色は #0b5e68 の形で書いてください")),
}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
