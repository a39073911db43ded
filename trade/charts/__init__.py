"""Figures: pure functions from a frame to a plotly figure, a module per question. Only this package imports plotly."""
