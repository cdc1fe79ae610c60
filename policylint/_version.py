"""The version, where everything that reports it can read it without loading anything else."""

__version__ = "0.1.0"
