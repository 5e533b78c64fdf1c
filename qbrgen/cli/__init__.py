"""The command line: arguments, progress and exit codes. No arithmetic, no wording of facts."""
