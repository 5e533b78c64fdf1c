"""Define: a workspace's text → playbooks, accounts and settings that hold together, or findings that say why not."""
