"""The dashboard: `streamlit run app.py`. Pages are scripts in `pages/`; their list is `trade/ui/navigation.py`."""

from trade.ui import navigation

navigation.run()
