"""One module for each format of data files: a file → its columns and its rows as text, one after the other."""
