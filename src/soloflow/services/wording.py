"""Days, money and names of the process as every surface writes them, in the language in use."""

import re
from datetime import UTC, date, datetime

from soloflow import i18n
from soloflow.domain import dates
from soloflow.domain.holidays import is_holiday
from soloflow.domain.money import yen
from soloflow.domain.stages import stage
from soloflow.i18n import N_, NP_, _, pgettext
from soloflow.services.workspace import Workspace

CHANNELS = (
    N_("勉強会"), N_("自社サイト"), N_("紹介"), N_("SNS"), N_("エージェント"), N_("交流会・展示会"), N_("以前からの知り合い"),
    N_("その他"),
)  # fmt: skip
"""The channels every profile starts with; shown through `_`, so they follow the language until the user renames them."""
LOST_REASONS = (
    N_("予算が合わない"), N_("時期が早い"), N_("単価が合わない"), N_("要件が合わない"), N_("他社に決まった"), N_("社内で対応"),
    N_("連絡がとれない"), N_("対象外"),
)  # fmt: skip
CRITERIA = (
    N_("名前と連絡先がわかる"), N_("困りごとをひとつ聞いた"), N_("会う日が決まった、または問い合わせが来た"), N_("何の会社か調べた"),
    N_("はじめての商談をした"), N_("いまの困りごとを言葉にできた"), N_("見積か提案をたのまれた"), N_("決める人と時期を聞いた"),
    N_("注文書か契約書をもらった"), N_("納期と検収の条件を決めた"), N_("検収が終わった"), N_("使いはじめたか確かめた"),
    N_("2回目の注文をもらった"), N_("契約を更新した、またはくり返し頼まれている"), N_("だれかを紹介してくれた"), N_("お礼を伝えた"),
)  # fmt: skip
STANDINGS = {"active": N_("進行中"), "nurture": N_("育成中"), "lost": N_("離脱"), "book": N_("名簿")}
PLAN_KINDS = {
    "mail": N_("メール"), "call": N_("電話"), "meeting": N_("会う"), "document": N_("資料・見積"), "delivery": N_("納品"),
    "other": N_("その他"),
}  # fmt: skip
ACTIVITY_KINDS = {
    "meetup": N_("勉強会"), "card": N_("名刺交換"), "mail": N_("メール"), "call": N_("電話"), "meeting": N_("商談"),
    "document": N_("資料・見積"), "note": N_("メモ"), "sign": N_("変化の兆し"), "voice": N_("生の声"), "done": N_("済み"),
}  # fmt: skip
DEAL_STATES = {
    "expected": NP_("deal", "見込み"), "quoted": NP_("deal", "見積"), "ordered": NP_("deal", "受注"), "delivered": NP_("deal", "納品"),
    "accepted": NP_("deal", "検収"), "invoiced": NP_("deal", "請求"), "paid": NP_("deal", "入金"), "failed": NP_("deal", "不成立"),
}  # fmt: skip
QUESTIONS = (
    (N_("次の一手・アポ"), N_("ネクストステップは何か。次のアポはいつか。未確定なら何待ちか")),
    (N_("何の会社か・お客様"), N_("この会社は何をしている会社か。そのお客様は誰か。競合はどこか")),
    (N_("決める人"), N_("意思決定のキーパーソンは誰か。なぜその人と判断しているのか")),
    (N_("進めたい人"), N_("役職に関係なく「絶対に進めたい」と思っている人がいるか")),
    (N_("今期に頼む理由"), N_("今期に発注する理由は何か")),
    (N_("予算を持つ人"), N_("予算を持っている人は誰か")),
    (N_("企業文化"), N_("企業文化はどんなものか")),
    (N_("何もしなかったら"), N_("もし何もしなかったらどうなるか")),
)
"""The eight questions before an order: short label and full text, in order."""

_FORM = (
    r"^(?:株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|特定非営利活動法人|㈱|㈲|[(（][株有同][)）])\s*"
    r"|\s*(?:株式会社|有限会社|合同会社|合資会社|合名会社|㈱|㈲|[(（][株有同][)）]|,? (?:Inc|Ltd|LLC|Co)\.?)$"
)


def day(ws: Workspace, value: date) -> str:
    """11/21(土), 11/23(月祝), 2027/2/1."""
    return dates.short_date(value, ws.today(), i18n.language(), is_holiday)


def narrow_day(ws: Workspace, value: date) -> str:
    """The same on a chip in a crowded row: 11/21(土), but Nov 21 without the day of the week."""
    words = day(ws, value)
    return words if i18n.language() == "ja" else words.partition(" (")[0]


def relative(ws: Workspace, value: date) -> str:
    """3日前, 今日, 明日."""
    return dates.relative_day(value, ws.today(), i18n.language())


def date_of(ws: Workspace, at_us: int) -> date:
    """The user's calendar day of an instant."""
    return moment(ws, at_us).date()


def iso_day(text: str) -> date:
    """The day that is kept as ISO text."""
    return date.fromisoformat(text)


def moment(ws: Workspace, at_us: int) -> datetime:
    """An instant in the user's zone."""
    return datetime.fromtimestamp(at_us // 1_000_000, UTC).replace(microsecond=at_us % 1_000_000).astimezone(ws.zone)


def deal_state(state: str) -> str:
    """受注 as what has happened to a deal (Ordered), not as a stage (Order)."""
    return pgettext("deal", DEAL_STATES[state])


def stage_name(number: int) -> str:
    """「3 商談」."""
    return f"{number} {_(stage(number).name)}"


def marked_stage_name(number: int) -> str:
    """The same with the mark of a judgement, beside figures: 「4 見込顧客（判断）」."""
    name = stage_name(number)
    return _("{stage}（判断）").format(stage=name) if stage(number).is_judgement else name


def narrow_stage_name(number: int) -> str:
    """The name alone, for a place of 48: longer languages have shorter forms for three of them."""
    forms = {1: pgettext("narrow", "集客"), 4: pgettext("narrow", "見込顧客"), 7: pgettext("narrow", "追加注文")}
    return forms.get(number) or _(stage(number).name)


def amount(value: int | None) -> str:
    """¥1,200,000, or — where none is known."""
    return "—" if value is None else yen(value)


def short_name(name: str) -> str:
    """A company without its form (株式会社 …), for a place too narrow for all of it."""
    return re.sub(_FORM, "", name) or name
