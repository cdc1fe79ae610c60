"""Rules as data: requirements, checks, packs and the lexicon, and their strict loading from YAML."""
