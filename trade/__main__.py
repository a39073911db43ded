"""`python -m trade` is the command line too."""

from trade.cli import main

main()
