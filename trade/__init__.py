"""China's goods trade, from sourced figures to charts. This is the public Python interface; docs/python.md shows it.

    import trade

    trade.measures()                                            # what can be measured
    hhi = trade.measure("hhi", reporter="CHN", period=2025)     # a Result: rows, sentence, sources, citation
    trade.chart("growth/levels", flow="total")                  # a Plotly figure with title, sources and notes

Modules are loaded on first use, so `import trade` is fast. The names in `__all__` are public; the subpackages
(`trade.store`, `trade.panels` ...) may change with any release.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from trade.version import __version__

if TYPE_CHECKING:
    from trade.errors import TradeError as TradeError
    from trade.interface import (
        Check,
        Result,
        build,
        chart,
        charts,
        check,
        claims,
        measure,
        measures,
        search,
        sql,
        use,
    )

__all__ = [
    "Check",
    "Result",
    "TradeError",
    "__version__",
    "build",
    "chart",
    "charts",
    "check",
    "claims",
    "measure",
    "measures",
    "search",
    "sql",
    "use",
]
_CALLABLE_SUBPACKAGES = ("charts", "measures", "search")
"""Public functions that share their name with a subpackage."""


class _CallableSubpackage(ModuleType):
    """A subpackage that can also be called, as the public function of its name: `trade.measures()`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        function = getattr(import_module("trade.interface"), self.__name__.rpartition(".")[2])
        return function(*args, **kwargs)


class _Package(ModuleType):
    def __setattr__(self, name: str, value: Any) -> None:
        """Make a subpackage callable when Python sets it here, on its first import from anywhere."""
        if name in _CALLABLE_SUBPACKAGES and isinstance(value, ModuleType):
            value.__class__ = _CallableSubpackage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _CALLABLE_SUBPACKAGES:
        return import_module(f"{__name__}.{name}")
    if name == "TradeError":
        return import_module(f"{__name__}.errors").TradeError
    if name in __all__:
        return getattr(import_module(f"{__name__}.interface"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
