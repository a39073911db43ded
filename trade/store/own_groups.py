"""User-defined groups of partners as codes: `~Name:BRA.RUS.IND`, or `~Rest of the world:world.-USA` to exclude parts.

The name may be empty: the group is then named after its parts. The macro `group_spells` reads the same form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK, LEFT_OUT = "~", "-"
MOST_PARTS = 60
LONGEST_NAME = 40
PATTERN = (
    rf"~[^<>:~,]{{0,{LONGEST_NAME}}}:-?[A-Za-z][A-Za-z-]{{1,30}}(\.-?[A-Za-z][A-Za-z-]{{1,30}}){{0,{MOST_PARTS - 1}}}"
)
"""Regular expression of a user-defined group, as it appears in links."""


@dataclass(frozen=True)
class OwnGroup:
    """A user-defined group: the members of `parts` (codes of economies and groups) without those of `left_out`."""

    name: str
    parts: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The group as a code: the inverse of `read`."""
        return f"{MARK}{self.name}:{'.'.join([*self.parts, *(LEFT_OUT + code for code in self.left_out)])}"


def is_own(code: str) -> bool:
    """Whether a code is that of a user-defined group."""
    return code.startswith(MARK)


def is_group(code: str) -> bool:
    """Whether a partner's code is that of any group, user-defined or not: codes of economies are in capital letters."""
    return is_own(code) or code == code.lower()


def read(code: str) -> OwnGroup | None:
    """Parse the code of a user-defined group; None if it is malformed."""
    if not re.fullmatch(PATTERN, code):
        return None
    name, _, listed = code.removeprefix(MARK).rpartition(":")
    parts = list(dict.fromkeys(listed.split(".")))
    left_out = tuple(part.removeprefix(LEFT_OUT) for part in parts if part.startswith(LEFT_OUT))
    return OwnGroup(name.strip(), tuple(part for part in parts if not part.startswith(LEFT_OUT)), left_out)


def rest_of_world(name: str, *codes: str) -> str:
    """The code of the group of all partners except `codes`."""
    return OwnGroup(name, ("world",), codes).code
