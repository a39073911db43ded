"""Figures: pure functions from a frame to a plotly figure, a module per question. The only room that imports plotly."""
