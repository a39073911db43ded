"""`python -m trade` is the command line too."""

from trade.cli.main import main

main()
