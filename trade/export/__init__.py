"""Export the rows of a view as a file or the whole store as a data package, and cite either."""
