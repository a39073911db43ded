"""`python -m trade` is the command line too."""

from trade.serving import main

main()
