"""What the command field finds without any page's help: customers, people and views of the list."""

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
                    row.found.sentence if row.found else wording.stage_name(row.stage) if row.stage is not None else "",
                )
                if part
            ),
            "company" if row.contact_name and row.contact_name != row.name else "person",
            partial(context.open_prospect, row.id),
        )
        for row in customers.find(context.workspace, text)
    ]


def find_views(context: Context, text: str) -> list[Hit]:
    """The views of the list (しおり) in whose name the text stands."""
    from soloflow.domain.text import name_key
    from soloflow.services import views

    key = name_key(text)
    return [
        Hit(_("しおり"), view.name, view.problem, "filter", partial(context.navigate, "customers", view=view.key))
        for view in views.every(context.workspace)
        if key and key in name_key(view.name)
    ]
