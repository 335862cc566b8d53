"""What the command field finds without any page's help: customers and people."""

from functools import partial

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.widgets.palette import Hit


def find_customers(context: Context, text: str) -> list[Hit]:
    """The best hits among customers and their contacts."""
    from soloflow.services import customers, wording

    return [
        Hit(
            _("顧客") if row.stage is not None else _("名簿"),
            row.name,
            "　".join(
                part
                for part in (
                    row.contact_name if row.contact_name != row.name else "",
                    wording.stage_name(row.stage) if row.stage is not None else "",
                )
                if part
            ),
            "company" if row.contact_name and row.contact_name != row.name else "person",
            partial(context.open_prospect, row.id),
        )
        for row in customers.find(context.workspace, text)
    ]
