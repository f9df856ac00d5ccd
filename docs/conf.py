"""Sphinx settings: furo, MyST, and pages that the registries write themselves."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "_ext"), str(Path(__file__).parents[1])]

project = "medcode"
author = "The medcode authors"
version = release = installed("medcode")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_copybutton", "registries"]
exclude_patterns = ["_build", "adr/template.md"]
html_theme = "furo"
html_title = f"medcode {version}"
html_show_copyright = False  # the license page says whose it is
html_static_path = ["_static"]
html_css_files = ["medcode.css"]
html_js_files = ["filter.js"]

# A copied example is the code alone: no prompts, no output.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# A class is described where it is written and in the package that people import it from; an annotation that names
# it has two targets then, and either is right.
suppress_warnings = ["ref.python"]
