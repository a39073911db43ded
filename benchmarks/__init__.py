"""How fast the dashboard is: beside an empty Streamlit page and beside plain pandas and Plotly Express, in one run.

`trade bench` runs this package in a process of its own. It talks to real servers as a browser does: over the websocket,
in Streamlit's own messages. docs/performance.md says what is measured and what came out.
"""
