"""`python -m trade` is the command line too."""

from trade.cli.serve import main

main()
