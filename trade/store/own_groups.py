"""Groups of one's own, written as a code: `~Name:BRA.RUS.IND`, or `~Rest of the world:world.-USA` with parts left out.

A name may be empty: the group is then called by its parts. The macro `group_spells` reads the same form.
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
"""Of a group of one's own, as a link holds it."""


@dataclass(frozen=True)
class OwnGroup:
    """`parts` are codes of economies and groups; those of `left_out` are taken off again."""

    name: str
    parts: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The group as a code: the inverse of `read`."""
        return f"{MARK}{self.name}:{'.'.join([*self.parts, *(LEFT_OUT + code for code in self.left_out)])}"


def is_own(code: str) -> bool:
    """Whether a code names a group of one's own."""
    return code.startswith(MARK)


def is_group(code: str) -> bool:
    """Whether a partner's code names a group, one's own or another: codes of economies are in capital letters."""
    return is_own(code) or code == code.lower()


def read(code: str) -> OwnGroup | None:
    """The group that a code names; None if it is not well written."""
    if not re.fullmatch(PATTERN, code):
        return None
    name, _, listed = code.removeprefix(MARK).rpartition(":")
    parts = list(dict.fromkeys(listed.split(".")))
    left_out = tuple(part.removeprefix(LEFT_OUT) for part in parts if part.startswith(LEFT_OUT))
    return OwnGroup(name.strip(), tuple(part for part in parts if not part.startswith(LEFT_OUT)), left_out)


def rest_of_world(name: str, *codes: str) -> str:
    """The code of all partners but those of `codes`."""
    return OwnGroup(name, ("world",), codes).code
