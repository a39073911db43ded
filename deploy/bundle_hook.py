"""What the wheel carries beside the package, for hatchling: `trade/paths.py` finds it there.

In a clone the same stands beside `trade/`.

An editable install reads the clone itself, so it carries nothing.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = (".streamlit/config.toml", "app.py", "data", "pages", "static", "stories")


class Bundle(BuildHookInterface):  # type: ignore[type-arg]
    """Puts files and folders of the project into the wheel, as `trade/bundle/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            build_data["force_include"].update({name: f"trade/bundle/{name}" for name in CARRIED})
