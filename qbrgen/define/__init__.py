"""Define: a workspace's text → playbooks, accounts and settings that hold together, or the findings that say why not."""
