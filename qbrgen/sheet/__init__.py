"""The spreadsheet round trip: a workspace → one workbook that a CSM edits → its changes, written into the YAML."""
