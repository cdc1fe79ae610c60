"""The XML of office files, which anybody may have written: parsed without entities, network or external files."""

from __future__ import annotations

from lxml import etree


def parser() -> etree.XMLParser:
    """A parser that expands and fetches nothing; comments and processing instructions are dropped.

    Ids are not collected: one that stands twice is no reason to refuse a document.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
