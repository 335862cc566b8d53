"""Build hook: puts every file of resources/ into the wheel as soloflow/_resources, and compiles the catalogues.

Files are added one by one, because force-include of the folder would also ship what git ignores; of the ignored files
only the compiled catalogues belong in the wheel. An editable install gets nothing: there `soloflow.resources` finds the
folder of the checkout.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourceHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compile_catalogues(root / "resources" / "locale")
        if version == "editable" or self.target_name != "wheel":
            return
        for path in sorted((root / "resources").rglob("*")):
            in_checkout = path.relative_to(root).as_posix()
            ignored = self.build_config.path_is_excluded(in_checkout) and path.suffix != ".mo"
            if path.is_file() and not path.name.startswith(".") and not ignored:
                build_data["force_include"][str(path)] = f"soloflow/_resources/{in_checkout.removeprefix('resources/')}"


def compile_catalogues(folder: Path) -> None:
    """Write a .mo beside every .po (the .mo stays out of git)."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in folder.rglob("*.po"):
        with po.open("rb") as source:
            catalogue = read_po(source)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
