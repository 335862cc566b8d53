"""The nine stages of acquisition, in their fixed order, and the coarser lenses through which the same log is read."""

from typing import Final, Literal, NamedTuple


class Stage(NamedTuple):
    """One step of the process. Texts are Japanese message ids; translate them where they are shown."""

    number: int
    code: str
    name: str
    """Shortest name, for rows and buttons where little room is left."""
    title: str
    """The name as headings, charts and tables show it."""
    full_name: str
    """The method's own longer form, for tooltips."""
    change_of_mind: str
    """What changes in the customer's mind when this stage is reached."""
    reached_when: str
    is_judgement: bool
    """Whether reaching it rests on an opinion (marked 判断) and not on a fact."""
    group: Literal["acquire", "deliver", "relate"]
    benchmark: float | None
    """The example's rate from this stage to the next; None for the last."""


def N_(message: str) -> str:  # noqa: N802 - marks a message for the catalogue; the domain itself never translates
    return message


def NP_(context: str, message: str) -> str:  # noqa: ARG001, N802 - the same, for a word that needs a context
    return message


STAGES: Final = (
    Stage(1, "awareness", N_("集客"), N_("集客"), N_("集客"), N_("→ 認知"), N_("会った、またはこちらを知ってくれた"), False, "acquire", 0.50),
    Stage(2, "inquiry", N_("問合せ"), N_("問合せ・アポイント"), N_("問合せやアポイント"), N_("認知 → 興味"), N_("問い合わせが来た、または会う約束ができた"), False, "acquire", 0.50),
    Stage(3, "meeting", N_("商談"), N_("商談"), N_("商談"), N_("興味 → 理解"), N_("はじめての商談をした"), False, "acquire", 0.50),
    Stage(4, "evaluation", N_("見込顧客"), N_("見込顧客"), N_("見込顧客"), N_("理解 → 採否検討"), N_("見積か提案をたのまれ、採否を考えている"), True, "acquire", 0.40),
    Stage(5, "order", N_("受注"), N_("受注・申込み"), N_("受注、申し込み"), N_("採否検討 → 信用・信頼"), N_("注文をもらった"), False, "deliver", 0.80),
    Stage(6, "delivery", N_("納品"), N_("納品"), N_("納品"), N_("信用・信頼 → 実際に使用開始"), N_("検収が終わった"), False, "deliver", 0.625),
    Stage(7, "repeat_order", N_("追加注文"), N_("追加注文"), N_("追加注文"), N_("使用 → ニーズが充足"), N_("2回目の注文をもらった"), False, "relate", 0.80),
    Stage(8, "renewal", N_("契約更新"), N_("契約更新・リピート"), N_("契約更新・リピート"), N_("充足 → さらなる信頼"), N_("契約が更新された、またはくり返し頼まれている"), False, "relate", 0.10),
    Stage(9, "referral", N_("紹介"), N_("紹介・クチコミ"), N_("紹介・クチコミ"), N_("さらなる信頼 → 親しい知人に紹介したいほど満足"), N_("だれかを紹介してくれた"), False, "relate", None),
)  # fmt: skip
FIRST: Final = 1
ORDER: Final = 5
LAST: Final = 9
BENCHMARK: Final = tuple(s.benchmark for s in STAGES if s.benchmark is not None)
"""The article's example rates of stages 1 to 8."""


def stage(number: int) -> Stage:
    """The stage with this number.

    :raises IndexError: outside 1..9.
    """
    if not FIRST <= number <= LAST:
        raise IndexError(number)
    return STAGES[number - 1]


def is_stage(number: object) -> bool:
    """Whether `number` is a whole number from 1 to 9."""
    return isinstance(number, int) and not isinstance(number, bool) and FIRST <= number <= LAST


class LensStep(NamedTuple):
    """A run of stages that a lens shows as one step."""

    code: str
    name: str
    first: int
    last: int


CUSTOMER_FORM: Final = (
    LensStep("potential", NP_("lens", "潜在顧客"), 1, 1),
    LensStep("evaluating", NP_("lens", "見込顧客"), 2, 4),
    LensStep("new", NP_("lens", "新規顧客"), 5, 6),
    LensStep("existing", NP_("lens", "既存顧客"), 7, 8),
    LensStep("advocate", NP_("lens", "優良顧客・推奨者"), 9, 9),
)
FIVE_A: Final = (
    LensStep("aware", NP_("lens", "認知"), 1, 1),
    LensStep("appeal", NP_("lens", "訴求"), 2, 2),
    LensStep("ask", NP_("lens", "調査"), 3, 4),
    LensStep("act", NP_("lens", "行動"), 5, 6),
    LensStep("advocate", NP_("lens", "推奨"), 7, 9),
)
JOBS: Final = (
    LensStep("discovery", NP_("lens", "案件の発見"), 1, 1),
    LensStep("cooking", NP_("lens", "案件のクッキング"), 2, 3),
    LensStep("closing", NP_("lens", "クロージング"), 4, 4),
    LensStep("delivery", NP_("lens", "納品"), 5, 5),
    LensStep("care", NP_("lens", "回収・フォロー"), 6, 7),
    LensStep("success", NP_("lens", "CS向上"), 8, 9),
)
"""The job now due, as far as the log alone tells: whom to look for (名簿) is before it, and 代金回収 becomes フォロー with the payment,
which is a fact of the deal and no transition."""
LENSES: Final = {"form": CUSTOMER_FORM, "five_a": FIVE_A, "jobs": JOBS}
"""By the code of the lens; without one the nine stages are shown."""
