"""The script that draws charts in the browser, without the parts of Plotly that our charts do not use.

Streamlit ships its chart component in one file with all of plotly.js: 4.7 MB, of which a page of ours needs a third.
`static/plotly/plotly.min.js` takes the place of plotly.js in that file. If Streamlit's file has an unknown structure,
it is served unchanged: pages then load more, but work.
"""

from __future__ import annotations

import os
import re
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from trade.paths import PLOTLY, home

_LIBRARY = re.compile(
    r"(?P<name>\b\w+)=(?P<module>\w+)\(\(\((?P<args>\w+,\w+),\w+\)=>"
    r"\{\(function\(\w+,\w+\)\{typeof \w+==`object`&&\w+\.exports"
    r".*?\bversion=`4\..*?return window\.Plotly=\w+,\w+\}\)\}\)\)",
    re.DOTALL,
)
"""plotly.js 4 as a module inside of the file."""
_making = threading.Lock()
"""Prevents simultaneous requests from overwriting each other's draft."""


def streamlit_files() -> Path:
    """The folder of the page and of all that it loads, inside the installed Streamlit."""
    spec = find_spec("streamlit")
    return Path(spec.origin if spec and spec.origin else "").parent / "static"


def streamlits_script() -> Path:
    """The script as Streamlit ships it."""
    return next((streamlit_files() / "static" / "js").glob("PlotlyChart.*.js"))


def with_our_plotly(script: str, library: str) -> str:
    """Streamlit's script with `library`, which defines `Plotly`, for plotly.js; unchanged if that is not found."""
    match = _LIBRARY.search(script)
    if match is None:
        return script
    name, module, args = match["name"], match["module"], match["args"]
    exports = args.rpartition(",")[2]
    own = f"{name}={module}((({args})=>{{{library}\n{exports}.exports=window.Plotly=Plotly}}))"
    return script[: match.start()] + own + script[match.end() :]


def chart_script() -> Path:
    """The script that pages are sent, made once per version of Streamlit and of this project.

    Streamlit's own script, if ours cannot be made or the folder of stores is read-only.
    """
    theirs = streamlits_script()
    state = max(path.stat().st_mtime_ns for path in (theirs, PLOTLY, Path(__file__)))
    made = home() / "compressed" / f"{theirs.stem}.{state}.js"
    with _making:
        if made.is_file():
            return made
        script = _smaller(theirs, state)
        try:
            return _written(made, script, state) if script else theirs
        except OSError:  # a read-only folder
            return theirs


@lru_cache(1)
def _smaller(theirs: Path, state: int) -> str:  # noqa: ARG001 - another state of the files gives another script
    """Our version of Streamlit's script; empty if its structure is unknown."""
    script = theirs.read_text(encoding="utf-8")
    smaller = with_our_plotly(script, PLOTLY.read_text(encoding="utf-8"))
    return "" if smaller is script else smaller


def _written(place: Path, script: str, state: int) -> Path:
    """Write the script atomically to `place` and return it; scripts of other versions are deleted."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_text(script, encoding="utf-8")
    os.utime(draft, ns=(state, state))  # so that replicas of one installation send the same tag
    draft.replace(place)
    for old in set(place.parent.glob("PlotlyChart.*.js")) - {place}:
        old.unlink(missing_ok=True)
    return place
