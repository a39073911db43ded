"""The day by the clock of the person at the browser."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st


def today() -> date:
    """The day where the browser is; where it does not say, the day of the server."""
    try:
        zone = ZoneInfo(st.context.timezone or "")
    except (ValueError, OSError):  # no zone, or one that this machine does not know
        return date.today()
    return datetime.now(zone).date()
