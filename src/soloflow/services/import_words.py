"""What an import says: before it as JSON or in sentences, after it as a report of every row."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from soloflow.capture.as_json import reading_as_json
from soloflow.i18n import N_, _, side_by_side
from soloflow.services.import_counts import entering
from soloflow.services.import_items import Item, Preview, Report

KINDS = {
    "eight": N_("Eight の名刺リスト"), "google": N_("Google コンタクト"), "google_old": N_("Google コンタクト（旧）"),
    "linkedin": N_("LinkedIn のつながり"), "outlook": N_("Outlook の連絡先"), "vcard": N_("vCard の連絡先"),
    "sansan": N_("Sansan の名刺"), "connpass": N_("connpass の参加者"), "thunderbird": N_("Thunderbird のアドレス帳"),
    "mecard": N_("MECARD の連絡先"), "soloflow": N_("SoloFlow の書き出し"),
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
    return _("更新") if item.changes else _("同じ")


def report_as_csv(file: Preview, items: Sequence[Item]) -> str:
    """One line per person and per row that could not be read, for a spreadsheet."""
    target = io.StringIO()
    table = csv.writer(target, lineterminator="\r\n")
    table.writerow([_("行"), _("結果"), _("名前"), _("会社"), _("集客に入れた"), _("気づいたこと")])
    for item in items:
        remark = " ".join(problem.message for problem in item.problems)
        entered = _("はい") if item.take and item.enters else ""
        table.writerow(
            [item.person.line, outcome(item), _safe(item.person.name), _safe(item.person.company), entered, remark]
        )
    shown = {item.person.line for item in items}
    for problem in file.reading.problems:
        if problem.line not in shown:
            table.writerow([problem.line, _("読めない行"), "", "", "", problem.message])
    return target.getvalue()


def _safe(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is kept as text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def report_as_text(file: Preview, items: Sequence[Item], report: Report) -> str:
    """The same as a page of text."""
    lines = [f"{file.name}　{kind_name(file.reading.kind)}", report_sentence(report), ""]
    lines += [
        f"{item.person.line:>6}  {outcome(item)}  {item.person.name}  {item.person.company}".rstrip() for item in items
    ]
    lines += ["", *(problem_line(one.line, one.field, one.message) for one in file.reading.problems)]
    return "\n".join(lines).rstrip() + "\n"
