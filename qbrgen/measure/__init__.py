"""Measure: event rows → counts by account, person, event name and week, by one query that an engine runs."""
