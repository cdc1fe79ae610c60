"""The order of the layers, read from the imports in the source: what DESIGN fixes as "must not know" fails the build."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "policylint"

# Layer -> what it may import of policylint: layers, or single modules of a layer. Lowest first: no layer names a later one.
LAYERS: dict[str, set[str]] = {
    "_version": set(),
    "errors": set(),
    "clock": set(),
    "collector": set(),
    "document": set(),
    "files": {"errors"},
    "bounds": set(),
    "readers": {"errors", "collector", "document", "bounds"},
    "outline": {"errors", "document"},
    "packs": {"errors", "collector"},
    # The models and phrases of packs are values; what lies on disk and how it is loaded is nothing to these two.
    "language": {"errors", "collector", "document", "packs.models", "packs.phrases"},
    "remedy": {"errors"},
    "strict_json": {"errors"},
    "report": {"errors", "strict_json"},
    "assess": {"errors", "document", "packs.models", "language", "remedy", "report"},
    "showing": {"document", "report"},
    "compare": {"report"},
    "reporters": {"errors", "collector", "report", "compare"},
    "config": {"errors", "packs", "report", "reporters"},
    "waivers": {"errors", "packs", "report", "config"},
    "baseline": {"errors", "strict_json", "report"},
    "lock": {"errors", "strict_json", "packs", "report"},
    "verify": {"report"},
    "annotate": {"errors", "readers.docx", "report", "reporters"},
    "asked": {"errors", "clock", "document", "readers.formats", "packs", "language", "outline"},
    "cache": {"_version", "errors", "report", "readers.formats", "packs", "asked"},
    "judging": {
        *("errors", "collector", "document", "files", "readers", "outline", "packs", "language", "assess", "report"),
        *("showing", "asked", "cache"),
    },
    "api": {"_version", "errors", "collector", "files", "readers", "report", "asked", "cache", "judging"},
    "runs": {"errors", "files", "readers", "report", "config", "cache", "api"},
    "review": {
        *("_version", "errors", "clock", "collector", "document", "files", "bounds", "readers", "packs", "remedy"),
        *("report", "compare", "reporters", "config", "asked", "cache", "judging"),
    },
    "evaluate": {"_version", "errors", "files", "readers", "outline", "packs", "language", "report", "api"},
    "crosswalk": {"packs.models"},
    "scaffold": {"errors", "packs.models"},
    "draft": {"packs.models", "remedy", "report"},
    "ruletest": {"errors", "document", "readers", "outline", "packs", "language", "assess", "report"},
    "cli": {
        *("_version", "errors", "clock", "document", "files", "readers", "outline", "packs", "language", "remedy"),
        *("report", "waivers", "baseline", "lock", "verify", "reporters", "config", "runs", "asked", "cache", "api"),
        *("review", "evaluate", "ruletest", "crosswalk", "draft", "scaffold", "compare", "annotate"),
    },
    "__init__": {"_version", "errors", "readers.formats", "report", "api"},
    "__main__": {"cli"},
}

# Modules that belong to a layer of another name.
LAYER_OF = {
    **dict.fromkeys(("summary", "fingerprint", "body", "marks", "saved", "outcome"), "report"),
}

# Library -> the layers that may import it.
LIBRARIES = {
    "spacy": {"language"},
    "yaml": {"packs", "config", "waivers"},
    "pathspec": {"config"},
    "markdown_it": {"readers"},
    "lxml": {"readers", "reporters", "annotate", "review"},
    "tinycss2": {"readers"},
    "cssselect": {"readers"},
    "webencodings": {"readers"},
    "pypdfium2": {"readers"},
    "PIL": {"readers"},
    "rapidocr": {"readers"},
    "onnxruntime": {"readers"},
    "numpy": {"readers", "review"},
    "fsspec": {"review"},
    "distributed": {"review"},
    "jinja2": {"remedy", "reporters", "cli", "review"},
    "xlsxwriter": {"reporters", "review"},
    "rich": {"reporters", "cli"},
    "click": {"cli"},
    "platformdirs": {"cache"},
}

# What all readers share, or what stands above them.
READING = {
    *("__init__", "decode", "compose", "formats", "sniff", "bounded", "worker", "wire", "extras"),
    *("flow", "list_numbers", "office_xml", "ocr"),
}
# Reader -> the reader of the format that its files are converted to, or laid out as.
READS_BY = {"doc": {"odt"}, "image": {"pdf"}}

HEAVY = {
    *("spacy", "thinc", "numpy", "rich", "pathspec", "markdown_it", "jinja2", "xlsxwriter"),
    *("lxml", "tinycss2", "cssselect", "webencodings", "pypdfium2", "PIL", "rapidocr", "onnxruntime"),
    *("fsspec", "distributed"),
}
LIGHT_LAYERS = (
    *("cli", "config", "packs", "errors", "document", "files", "report", "runs", "asked", "cache", "judging", "api"),
    "__init__",
)

MODULES = sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def layer(module: str) -> str:
    name = module.partition(".")[0]
    return LAYER_OF.get(name, name)


def is_module(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of every import; "from policylint import api" gives "policylint.api"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                inside = full.removeprefix("policylint.")
                yield node.lineno, full if full.startswith("policylint.") and is_module(inside) else node.module


def own_imports(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        if name == "policylint" or name.startswith("policylint."):
            yield line, name.removeprefix("policylint").lstrip(".") or "__init__"


def module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run on import: functions and `if TYPE_CHECKING:` are left out."""
    todo: list[ast.stmt] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            todo.extend(node.orelse)
            continue
        inner = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt)]
        todo.extend(inner)
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def allowed(target: str, may: set[str]) -> bool:
    return layer(target) in may or any(target == name or target.startswith(f"{name}.") for name in may)


def test_the_table_is_in_order() -> None:
    names = list(LAYERS)
    for at, (name, may) in enumerate(LAYERS.items()):
        later = {m for m in may if m.split(".")[0] not in names[:at]}
        assert not later, f"{name} stands below {later}"


def test_every_module_has_a_layer() -> None:
    assert MODULES
    strangers = {str(p.relative_to(ROOT)) for p in MODULES if layer(dotted(p)) not in LAYERS}
    assert not strangers, "give these a place in LAYERS"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_point_downward(path: Path) -> None:
    own = layer(dotted(path))
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {own} must not know policylint.{target}"
        for line, target in own_imports(path)
        if layer(target) != own and not allowed(target, LAYERS[own])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_libraries_stay_in_their_layer(path: Path) -> None:
    own = layer(dotted(path))
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {own} must not import {name}"
        for line, name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if (root := name.partition(".")[0]) not in {"policylint", *sys.stdlib_module_names}
        and own not in LIBRARIES.get(root, set())
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", [p for p in MODULES if layer(dotted(p)) in LIGHT_LAYERS], ids=dotted)
def test_nothing_heavy_is_imported_on_start(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    heavy = [
        f"{path.relative_to(ROOT)}:{line}: {name} is imported at module level"
        for statement in module_level(tree)
        for line, name in imported(statement)
        if name.split(".")[0] in HEAVY
    ]
    assert not heavy, "\n".join(heavy)


@pytest.mark.parametrize("module", ["policylint", "policylint.cli"])
def test_loading_the_command_line_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


def test_readers_do_not_know_each_other() -> None:
    """A reader is a module or a package of that name; modules of one package may know each other."""
    readers = [p for p in MODULES if dotted(p).startswith("readers.")]
    formats = {dotted(p).split(".")[1] for p in readers} - READING
    assert {"plain", "html", "doc"} <= formats
    wrong = [
        f"{dotted(path)} imports {target}"
        for path in readers
        if (own := dotted(path).split(".")[1]) in formats
        for _, target in own_imports(path)
        if target.startswith("readers.") and target.split(".")[1] in formats - {own} - READS_BY.get(own, set())
    ]
    assert not wrong


def test_only_the_command_line_prints_or_exits() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in MODULES
        if layer(dotted(path)) not in {"cli", "__main__"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.exit", "exit", "os._exit"}
    ]
    assert not wrong, "\n".join(wrong)
