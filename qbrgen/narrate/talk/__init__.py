"""The parts of the talk track (talk_track.py): said aloud, behind it, and answers to what may be asked."""
