"""Work in a process of its own, under a bound on time and memory, so that a document that hangs, swells or crashes costs nobody else.

`child` is the side that starts, waits and ends; `inside` the side that works; `wire` what they tell each other.
"""
