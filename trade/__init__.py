"""China's goods trade, from sourced figures to charts: sources -> store -> measures -> charts -> ui -> pages."""

__version__ = "0.1.0"
