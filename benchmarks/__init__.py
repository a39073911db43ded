"""Measure the dashboard's speed in one run with an empty Streamlit page and plain pandas and Plotly Express pages.

`trade bench` runs this package in a process of its own. It talks to real servers as a browser does: over the websocket,
in Streamlit's own messages. docs/performance.md says what is measured and what came out.
"""
