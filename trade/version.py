"""The version of the program: the package's metadata, the command line, exports and citations read it here."""

__version__ = "0.1.0"
