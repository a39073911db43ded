"""The command line, the API, servers and the files that deploy them."""
