"""Files of a workspace, read so that every value knows its file and line."""
