"""Invented web pages, each in the manner of a kind of site, around one short policy. Written for these tests."""

from __future__ import annotations

TREE = [
    "# 1 Purpose",
    "The Peer Support Team of the Alder Falls Fire Department helps members through personal and professional crises.",
    "# 2 Duties",
    "Team members shall:",
    "1: keep what a member tells them confidential;",
    "2: refer a member to the clinician when:",
    "a: the member asks for it; or",
    "b: the matter is beyond their training.",
    "Team members shall not keep notes of a contact.",
    "# 3 Exceptions",
    "A team member shall report:",
    "•: a threat of suicide;",
    "•: abuse of a child.",
]
"""What every page here says: headings, paragraphs, and items with their labels."""

POLICY = """
<h2>1. Purpose</h2>
<p>The Peer Support Team of the Alder Falls Fire Department helps members through <b>personal</b> and
professional crises.</p>
<h2>2. Duties</h2>
<p>Team members shall:</p>
<ol><li>keep what a member tells them confidential;</li>
<li>refer a member to the clinician when:<ol type="a"><li>the member asks for it; or</li>
<li>the matter is beyond their training.</li></ol></li></ol>
<p>Team members shall not keep notes of a contact.</p>
<h2>3. Exceptions</h2>
<p>A team member shall report:</p>
<ul><li>a threat of suicide;</li><li>abuse of a child.</li></ul>
"""

LINES = [
    "1. Purpose",
    "The Peer Support Team of the Alder Falls Fire Department helps members through",
    "personal and professional crises.",
    "2. Duties",
    "Team members shall:",
    "1. keep what a member tells them confidential;",
    "2. refer a member to the clinician when:",
    "a. the member asks for it; or",
    "b. the matter is beyond their training.",
    "Team members shall not keep notes of a contact.",
    "3. Exceptions",
    "A team member shall report:",
    "• a threat of suicide;",
    "• abuse of a child.",
]
"""The same as the lines of a text."""

_LINKS = "".join(f'<li><a href="/{i}">{t}</a></li>' for i, t in enumerate("Home Government Departments Residents Visitors Jobs Contact".split()))  # fmt: skip


def city_site() -> str:
    """A city's site: banner, menu, breadcrumbs, a side column, a footer, a cookie banner, and <main>."""
    return f"""<!doctype html><html lang="en"><head><title>Peer Support | City of Alder Falls</title>
<style>.sr {{ position:absolute }} .no-js {{ display: none }}</style><script>var x = "<p>Members may keep notes.</p>";</script></head>
<body><a class="skip-link" href="#main">Skip to main content</a>
<div id="cookie-notice"><p>We use cookies to improve your visit.</p><button>Accept</button></div>
<header class="site-header"><h1>City of Alder Falls</h1><form role="search"><input name="q"><button>Search</button></form>
<nav aria-label="Main"><ul>{_LINKS}</ul></nav></header>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/fire">Fire</a> &gt; Peer Support</div>
<div class="row"><aside class="sidebar"><h3>Fire Department</h3><ul>{_LINKS}</ul><p>Call 555-0100 for help.</p></aside>
<main id="main">{POLICY}<div class="share-links"><a href="#">Facebook</a> <a href="#">Email</a></div>
<p class="no-js">Members may keep notes where scripts do not run.</p></main></div>
<footer><p>© 2026 City of Alder Falls. All rights reserved.</p><ul>{_LINKS}</ul></footer>
<noscript><p>Please turn on JavaScript.</p></noscript></body></html>"""


def unmarked_site() -> str:
    """An old site that marks nothing: tables lay out the page, a form holds all of it, menus are but links."""
    links = " | ".join(
        f'<a href="/{i}">{t}</a>' for i, t in enumerate("Home,Chief's Message,Apparatus,Stations,Join Us".split(","))
    )
    return f"""<html><body bgcolor="#ffffff"><form id="aspnetForm" action="x.aspx"><input type="hidden" name="__VIEWSTATE" value="abc">
<table width="100%"><tr><td colspan="2">{links}</td></tr><tr><td width="150"><ul>{_LINKS}</ul></td><td>{POLICY}</td></tr>
<tr><td colspan="2"><center>{links}</center></td></tr></table></form></body></html>"""


def portal() -> str:
    """A policy portal: toolbar, tree of documents, the document in a viewer, a dialog to sign it."""
    tree = "".join(f'<li><a href="#d{i}">{i}00 Chapter {i}</a></li>' for i in range(1, 9))
    return f"""<html><body><div id="app"><div class="toolbar"><button>Print</button><button>Download PDF</button><span>Page 1 of 2</span></div>
<div class="tree-view"><ul>{tree}</ul></div><div class="documentViewer"><div class="doc">{POLICY}</div></div>
<div class="modal" style="display:none"><p>By signing I confirm that I have read this document and will ask about it.</p></div>
<div class="siteFooter">Powered by PolicyShelf</div></div></body></html>"""


def accordions() -> str:
    """A page that folds its sections away; each is hidden until its button is pressed."""
    parts = POLICY.strip().split("<h2>")[1:]
    folded = "".join(
        f'<h2><button aria-expanded="false" aria-controls="p{at}">{part.partition("</h2>")[0]}</button></h2>'
        f'<div id="p{at}" hidden>{part.partition("</h2>")[2]}</div>'
        for at, part in enumerate(parts)
    )
    return f"<html><body><nav><ul>{_LINKS}</ul></nav><main>{folded}</main></body></html>"


def counters() -> str:
    """A page whose numbers exist only in its style sheet."""
    body = (
        POLICY.replace("<h2>1. ", "<h2>").replace("<h2>2. ", "<h2>").replace("<h2>3. ", "<h2>").replace('type="a"', "")
    )
    return f"""<html><head><style>
body {{ counter-reset: part }} h2 {{ counter-increment: part }} h2::before {{ content: counter(part) ". " }}
ol {{ list-style-type: none; counter-reset: item }} ol > li {{ counter-increment: item }}
ol > li:before {{ content: counter(item) ". " }} ol ol > li:before {{ content: counter(item, lower-alpha) ". " }}
@media print {{ h2 {{ display: none }} }}</style></head><body>{body}</body></html>"""


def word() -> str:
    """A page saved by Word: its list labels stand in spans and conditional comments, a deleted sentence is still there."""

    def item(label: str, level: int, text: str) -> str:
        return (
            f"<p class=MsoListParagraph style='margin-left:{level * 0.5}in;text-indent:-.25in;mso-list:l0 level{level} lfo1'>"
            f"<![if !supportLists]><span style='mso-list:Ignore'>{label}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
            f"&nbsp; </span></span><![endif]>{text}<o:p></o:p></p>"
        )

    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {{margin:0in; font-size:12pt}}</style></head><body lang=EN-US><div class=WordSection1>
<h2><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt'>&nbsp; </span></span><![endif]>Purpose</h2>
<p class=MsoNormal>The Peer Support Team of the Alder Falls Fire Department helps members through <b>personal</b>
and professional crises.<o:p></o:p></p>
<h2>2.&nbsp;&nbsp; Duties</h2><p class=MsoNormal>Team members shall:<o:p></o:p></p>
{item("1.", 1, "keep what a member tells them confidential;")}{item("2.", 1, "refer a member to the clinician when:")}
{item("a.", 2, "the member asks for it; or")}{item("b.", 2, "the matter is beyond their training.")}
<p class=MsoNormal>Team members shall not keep notes of a contact. <del cite="mailto:x" datetime="2026-01-01">Team members may
keep a diary.</del></p>
<h2>3.&nbsp;&nbsp; Exceptions</h2><p class=MsoNormal>A team member shall report:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]><span>·</span><![endif]-->a threat of suicide;</p>
{item("<span style='font-family:Symbol'>·</span>", 1, "abuse of a child.")}
</div></body></html>"""


def text_layer() -> str:
    """A viewer of PDF files: each line is a span placed on the picture of the page."""
    spans = "".join(
        f'<span role="presentation" style="left:{72 + 60 * n}px;top:{100 + 20 * at}px">{word}</span>'
        for at, line in enumerate(LINES)
        for n, word in enumerate(line.split())
    )
    return f"""<html><body><div id="toolbarContainer" role="toolbar"><button>Zoom</button></div><div id="viewerContainer">
<div class="page"><canvas></canvas><div class="textLayer">{spans}</div></div></div></body></html>"""


PAGES = {page.__name__: page for page in (city_site, unmarked_site, portal, accordions, counters, word, text_layer)}
