"""What an import says: before it as JSON or in sentences, after it as a report of every row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from soloflow.capture.as_json import reading_as_json
from soloflow.i18n import N_, _, listed, side_by_side
from soloflow.services.import_counts import entering
from soloflow.services.import_items import FieldChange, Item, Preview, Report

KINDS = {
    "eight": N_("Eight の名刺リスト"), "google": N_("Google コンタクト"), "google_old": N_("Google コンタクト（旧）"),
    "linkedin": N_("LinkedIn のつながり"), "outlook": N_("Outlook の連絡先"), "vcard": N_("vCard の連絡先"),
    "sansan": N_("Sansan の名刺"), "connpass": N_("connpass の参加者"), "thunderbird": N_("Thunderbird のアドレス帳"),
    "mecard": N_("MECARD の連絡先"), "soloflow": N_("SoloFlow の書き出し"),
    "qr": N_("QRコード"), "table": N_("列を割り当てた表"),
}  # fmt: skip
VERDICTS = {"new": N_("新規"), "update": N_("更新"), "same": N_("同じ"), "ask": N_("要確認")}
SHOWN_PROBLEMS = 20


def kind_name(kind: str) -> str:
    """What sort of file it is, in words."""
    return _(KINDS.get(kind, kind))


def as_json(preview: Preview) -> dict[str, Any]:
    """The object `import --dry-run --json` prints for one file."""
    return reading_as_json(preview.name, preview.reading, [item.match for item in preview.items])


def counted(items: Sequence[Item]) -> dict[str, int]:
    """How many people of each verdict, in the order ask, update, new, same."""
    found = Counter(item.verdict for item in items)
    return {verdict: found[verdict] for verdict in ("ask", "update", "new", "same")}


def describe(preview: Preview) -> str:
    """The same for people to read: what the file is, what would happen, and what could not be read."""
    reading = preview.reading
    head = _("{name}：{kind}（{encoding}）、{rows}行・{people}人").format(
        name=preview.name, kind=kind_name(reading.kind), encoding=reading.encoding, rows=reading.rows, people=len(preview.items)
    )  # fmt: skip
    sorts = side_by_side(
        f"{_(VERDICTS[verdict])} {count}" for verdict, count in counted(preview.items).items() if count
    )
    enters = entering(preview.items, preview.running)
    lines = [head, _("  {sorts}（このうち集客に入れる {enters}社）").format(sorts=sorts or "—", enters=enters)]
    poorer = sum(bool(objections(item)) for item in preview.items)
    if poorer:
        words = _("  {count}人に、いまより古い値や短い名前があります。元のままにします（画面では選べます）")
        lines.append(words.format(count=f"{poorer:,}"))
    absent = sum(item.person.attended is False and not item.take for item in preview.items)
    if absent:
        lines.append(_("  会場に来なかった{count}人は取り込みません（画面では選べます）").format(count=absent))
    lines += [
        _("  {line}行目 {name}：{known}さんかもしれません").format(
            line=item.person.line, name=item.person.name or "—", known=item.match.name
        )
        for item in preview.items
        if item.verdict == "ask" and item.match is not None
    ]
    lines += [
        "  " + problem_line(problem.line, problem.field, problem.message)
        for problem in reading.problems[:SHOWN_PROBLEMS]
    ]
    if len(reading.problems) > SHOWN_PROBLEMS:
        lines.append(_("  ほか {count}件").format(count=len(reading.problems) - SHOWN_PROBLEMS))
    return "\n".join(lines)


def problem_line(line: int, field: str, message: str) -> str:
    """「12行目 メール：…」."""
    return _("{line}行目 {field}：{message}").format(line=line, field=field, message=message).replace(" ：", "：")


def report_as_json(report: Report) -> dict[str, int]:
    """The figures of a report by name."""
    return asdict(report)


def report_parts(report: Report) -> tuple[tuple[str, int], ...]:
    """(word, rows) of every sort of row, together all rows of the file."""
    return (
        (_("新規"), report.created),
        (_("更新"), report.updated),
        (_("同じ"), report.same),
        (_("ファイルの中の重複"), report.joined),
        (_("見送り"), report.set_aside),
        (_("読めない行"), report.wrong),
    )


def report_sentence(report: Report) -> str:
    """「25行：新規 24・ファイルの中の重複 1。集客に入れた顧客 3社」."""
    parts = side_by_side(f"{word} {count:,}" for word, count in report_parts(report) if count)
    return _("{rows}行：{parts}。集客に入れた顧客 {entered}社").format(
        rows=f"{report.rows:,}", parts=parts or "—", entered=f"{report.entered:,}"
    )


def outcome(item: Item) -> str:
    """What became of one person, in a word."""
    if not item.take:
        return _("同じ") if item.verdict == "same" else _("見送り")
    if item.is_new:
        return _("新規")
    if item.changes or item.joins:
        return _("更新")
    return _("同じ") if item.is_by_rule else _("見送り")


class ReportRow(NamedTuple):
    """What became of one row of the file. `line` is 0 where the file does not say which row it was."""

    line: int
    outcome: str
    name: str
    company: str
    reason: str


def report_rows(file: Preview, items: Sequence[Item]) -> list[ReportRow]:
    """Every row of the file with what became of it and why, in the order of the file."""
    found = [row for item in items for row in _rows_of(item)]
    shown = {row.line for row in found}
    said: dict[int, list[str]] = {}
    for problem in file.reading.problems:
        if problem.line not in shown:
            said.setdefault(problem.line, []).append(problem.message)
    # A card has many lines: what is wrong on one of them does not always mean that a whole card gave nobody.
    word = _("読めない行") if len(said) <= file.reading.unread else _("気づいたこと")
    found += [ReportRow(line, word, "", "", " ".join(messages)) for line, messages in said.items()]
    return sorted(found, key=lambda row: row.line)


def _rows_of(item: Item) -> Iterator[ReportRow]:
    person = item.person
    yield ReportRow(person.line, outcome(item), person.name, person.company, reason(item))
    for line in person.also:
        why = _("{line}行目と同じ人").format(line=person.line)
        yield ReportRow(line, _("ファイルの中の重複"), person.name, person.company, why)


def reason(item: Item) -> str:
    """Why a person was taken so, or not: what changed, whose contact they became, what was left open."""
    said = [problem.message.rstrip("。") for problem in item.problems]
    if not item.take:
        is_open = item.verdict == "ask" and item.match is not None
        asked = _("{name}さんと同じ人かどうか、答えていません").format(name=item.match.name if item.match else "")
        absent = _("会場に来ていません") if item.person.attended is False else ""
        said.append(asked if is_open else absent or (_("チェックを外しました") if item.verdict != "same" else ""))
        said += objections(item) if item.verdict == "same" else ()
    elif item.is_new:
        said.append(_("すでに顧客の会社の連絡先になりました") if item.home is not None else "")
    else:
        said += [change_sentence(change) for change in item.changes]
        ruled = {change for change, _why in item.against}
        said += [
            _("{what}は元のまま").format(what=field_name(one.field))
            for one in item.offered
            if one in item.declined - ruled
        ]
        said += objections(item)
    return listed(filter(None, said))


OBJECTIONS = {
    "older": N_("{what}は元のまま（いまの名刺のほうが新しいため）"), "letters": N_("{what}は元のまま（文字の種類が違うため）"),
    "part": N_("{what}は元のまま（いまのほうが詳しいため）"),
}  # fmt: skip


def objections(item: Item) -> list[str]:
    """Why values of the file are not taken, in a sentence for each reason; nothing of those that were chosen all the same."""
    fields: dict[str, list[str]] = {}
    for change, why in item.against if not item.is_new else ():
        if change in item.declined:
            fields.setdefault(why, []).append(field_name(change.field))
    return [_(OBJECTIONS[why]).format(what=listed(names)) for why, names in fields.items()]


FIELD_NAMES = {
    "name": N_("名前"), "kana": N_("よみがな"), "company": N_("会社"), "department": N_("部署"), "title": N_("役職"), "emails": N_("メール"),
    "phones": N_("電話"), "urls": N_("URL"), "address": N_("住所"), "note": N_("メモ"), "tags": N_("タグ"), "met_on": N_("名刺交換日"),
}  # fmt: skip
"""The fields of a person as they are called in sentences, in the order in which they are compared."""


def field_name(field: str) -> str:
    """The name of a field of a person."""
    return _(FIELD_NAMES.get(field, field))


def change_sentence(change: FieldChange) -> str:
    """「部署 総務課 → 経営企画室」, 「メール a@example.jp を追加」."""
    name = field_name(change.field)
    if change.field == "note":
        added = change.new.removeprefix(change.old).strip().partition("\n")[0]
        return _("{what} を追加").format(what=f"{name} {added}")
    if not change.old:
        return _("{what} を追加").format(what=f"{name} {change.new}")
    return f"{name} {change.old} → {change.new}"


def report_as_csv(file: Preview, items: Sequence[Item]) -> str:
    """One line per row of the file, for a spreadsheet."""
    target = io.StringIO()
    table = csv.writer(target, lineterminator="\r\n")
    table.writerow([_("行"), _("結果"), _("名前"), _("会社"), _("集客に入れた"), _("わけ")])
    entered = {item.person.line for item in items if item.take and item.enters}
    for row in report_rows(file, items):
        enters = _("はい") if row.line in entered else ""
        table.writerow([row.line, row.outcome, _safe(row.name), _safe(row.company), enters, _safe(row.reason)])
    return target.getvalue()


def _safe(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is kept as text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def report_as_text(file: Preview, items: Sequence[Item], report: Report) -> str:
    """The same as a page of text."""
    lines = [f"{file.name}　{kind_name(file.reading.kind)}", report_sentence(report), ""]
    lines += [
        f"{row.line:>6}  {row.outcome}  {row.name}  {row.company}  {row.reason}".rstrip()
        for row in report_rows(file, items)
    ]
    return "\n".join(lines).rstrip() + "\n"


def whole_report(file: Preview, items: Sequence[Item], report: Report) -> dict[str, Any]:
    """The figures and every row, ready for json.dumps."""
    rows = [row._asdict() for row in report_rows(file, items)]
    return {
        "file": file.name,
        "kind": file.reading.kind,
        "encoding": file.reading.encoding,
        **asdict(report),
        "lines": rows,
    }
