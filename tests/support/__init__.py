"""Small stores, made files and drivers that tests share."""
