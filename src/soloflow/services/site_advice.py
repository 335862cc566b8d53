"""What a text of the site does well already, and the one thing worth adding; rules of thumb, never an obstacle."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from soloflow.i18n import _
from soloflow.services.voices import Voice, echoed

_TRADE = re.compile(
    r"会社|企業|メーカー|工場|工務店|店|院|薬局|事務所|製造|建設|運送|物流|卸|農|旅館|ホテル|学校|園|[^\s]{1,4}業|部門|現場|の方"
)
_PERIOD = re.compile(r"[0-9０-９一二三四五六七八九十半]+ ?(?:日|週|か月|ヶ月|カ月|年|時間|分)")
_NO_RATE = r"(?<![月週日年毎0-9０-９一二三四五六七八九十])(?<![月週日年]に)(?<![月週日年]約)(?<!あたり)(?<!あたり約)"
_SPAN = re.compile(rf"{_NO_RATE}{_PERIOD.pattern}(?!あたり|ごと|おき)")
"""A period that is one: 3か月, but neither 月20時間, which is a rate, nor 4月20日, which is a day."""
_NUMBER = re.compile(r"[0-9０-９]")
_MONEY = re.compile(r"[0-9０-９,，]+ ?(?:万|円)|無料|¥")
_COMFORT = re.compile(r"無料|営業日|オンライン|だけ|分|断|しつこ|その日")
_TOOL = re.compile(r"DX|AI|クラウド|API|Python|AWS|React|マイクロサービス|ソリューション", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """One line under a field."""

    kind: Literal["ok", "add", "fault"]
    text: str
    extra: str = ""
    section: str = ""
    """Key of the content section where the missing thing may be found; "" when nowhere else."""
    link: str = ""
    """The words that lead there."""


def remarks(path: str, text: str, voices: Sequence[Voice]) -> tuple[Remark, ...]:
    """What to say about the text of a field, by its path such as "home.lede"; nothing about an empty one."""
    if not text.strip() or path not in _RULES:
        return ()
    made = [rule for name in _RULES[path] for rule in (_say(name, text, voices),) if rule is not None]
    praise = [each for each in made if each.kind == "ok"]
    return (*praise, *[each for each in made if each.kind == "add"][:1])


def _say(name: str, text: str, voices: Sequence[Voice]) -> Remark | None:
    if name == "voice":
        count = echoed(voices, text)
        if not count:
            return None
        return Remark(
            "ok", _("困りごとが、お客様の言葉で書けています"), _("生の声 {count}件と同じ").format(count=count)
        )
    if name == "tool":
        found = _TOOL.search(text)
        said = _("「{word}」より、それで何が楽になるかを書くと伝わります")
        return Remark("add", said.format(word=found[0])) if found else None
    pattern, good, add, section = _sentences()[name]
    if pattern.search(text):
        return Remark("ok", good)
    link = {"cases": _("実績からえらぶ"), "how": _("料金を書く")}.get(section, "")
    return Remark("add", add, section=section, link=link) if add else None


_RULES = {
    "home.for_whom": ("trade", "voice", "tool"),
    "home.headline": ("voice", "tool"),
    "home.lede": ("voice", "period", "number", "tool"),
    "home.action": ("minutes",),
    "home.action_note": ("comfort",),
    "home.how.sentence": ("money",),
    "career.reason": ("years",),
    "how.lede": ("voice",),
    "offers.lede": ("voice",),
}


def _sentences() -> dict[str, tuple[re.Pattern[str], str, str, str]]:
    return {
        "trade": (_TRADE, _("業種がわかります"), _("業種や立場を入れると、自分のことだと気づいてもらえます"), ""),
        "period": (_SPAN, _("期間が書けています"), "", ""),
        "number": (_NUMBER, _("数字が入っています"), _("変わったあとの数字がひとつあると、もっと伝わります"), "cases"),
        "minutes": (_PERIOD, _("かかる時間がわかります"), _("かかる時間を入れると、押しやすくなります"), ""),
        "comfort": (_COMFORT, _("押す前の心配がひとつ消えます"), _("「無料」「2営業日以内」など、心配をひとつ消しませんか"), ""),
        "money": (_MONEY, _("金額の目安がわかります"), _("金額の目安があると、話が早くなります"), "how"),
        "years": (_PERIOD, _("年数がわかります"), _("年数があると、確かさが伝わります"), ""),
    }  # fmt: skip
