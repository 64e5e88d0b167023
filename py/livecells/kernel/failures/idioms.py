"""What people write in other notebooks and in terminals, and what it is in Python."""

import re
import textwrap

from livecells.kernel.remote import packages

PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.) ?", re.M)
"""Before code that was copied from a terminal."""

HELP = re.compile(r"^(\s*)(?:\?{1,2}([\w.]+)|([\w.]+)\?{1,2})[ \t]*$", re.M)
"""What IPython explains: `len?`, `?len`."""

COMMAND = re.compile(r"(?:^|=)\s*(%{1,2}|!{1,2})\s*([A-Za-z_]\w*)")
"""A magic, or a command for a shell."""

INSTEAD = {
    "timeit": "import timeit; timeit.timeit(lambda: …, number=1000)",
    "time": "import time; start = time.perf_counter(); …; time.perf_counter() - start",
    "ls": "import os; os.listdir()",
    "dir": "import os; os.listdir()",
    "cd": 'import os; os.chdir("…")',
    "pwd": "import os; os.getcwd()",
    "cat": 'print(open("…").read())',
    "env": "import os; os.environ",
    "who": "dir()",
    "whos": "dir()",
    "run": 'exec(open("…").read())',
    "load": 'print(open("…").read())',
    "writefile": 'open("…", "w").write("…")',
    "capture": "import contextlib, io; contextlib.redirect_stdout(io.StringIO())",
    "wget": 'import urllib.request; urllib.request.urlopen("https://…").read()',
    "curl": 'import urllib.request; urllib.request.urlopen("https://…").read()',
    "html": 'from IPython.display import HTML; HTML("""…""")',
    "markdown": 'from IPython.display import Markdown; Markdown("""…""")',
    "svg": 'from IPython.display import SVG; SVG("""…""")',
    "latex": 'from IPython.display import Latex; Latex(r"""…""")',
    "prun": 'import cProfile; cProfile.run("…")',
}
"""By the name of a command, what does the same in Python."""


def translated(source: str) -> str:
    """Make Python, line for line, of prompts, indented text, questions and installations."""
    lines = source.split("\n")
    code = [line for line in lines if line.strip()]
    if code and PROMPT.match(code[0]):
        source = "\n".join(PROMPT.sub("", line) if PROMPT.match(line) else "" for line in lines)
    elif code and code[0][0] in " \t":
        source = textwrap.dedent(source)
    source = HELP.sub(lambda found: f"{found[1]}help({found[2] or found[3]})", source)
    return packages.translated(source)


def command(line: str) -> tuple[str, str] | None:
    """Return the command in a line that is not Python, and what to write instead where known."""
    found = COMMAND.search(line)
    return (found[1] + found[2], INSTEAD.get(found[2], "")) if found else None
