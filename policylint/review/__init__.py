"""A commission's review of many submissions: judged into a store that survives interruption, written out as a folder to work from."""
