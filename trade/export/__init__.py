"""What leaves the store: the rows of a view as a file, the store as a data package, and how to cite either."""
