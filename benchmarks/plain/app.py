"""The plain pages, which the benchmark runs beside ours as a base: `streamlit run benchmarks/plain/app.py`."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in ("__init__", "app", "tables"))

st.set_page_config("Plain pages", layout="wide")
st.navigation([st.Page(str(HERE / f"{name}.py"), url_path=name, title=name.capitalize()) for name in NAMES]).run()
