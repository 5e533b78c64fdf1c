"""Does it see trouble earlier than logins do? A history with a known end, ranked quarter by quarter as it was then."""
