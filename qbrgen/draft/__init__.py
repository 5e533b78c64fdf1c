"""From a folder of exports to a draft of a workspace: pure functions from tables to a frozen `Draft`, and its YAML."""
