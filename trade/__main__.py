"""Run the command line as `python -m trade`."""

from trade.cli.main import main

main()
