"""The editor's requests, as JSON, and the check of a text that is not run."""

import json

import pytest

from livecells import kernel
from livecells.kernel.requests import check


def ask(**question: object) -> object:
    return json.loads(kernel.request(json.dumps({"page": "p", "cell": "c", **question})))


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("x = 1\nawait f()", None),
        ("", None),
        ("x = (1,\ny = 2", (1, 5)),
        ("def f():\nreturn 1", (2, 1)),
        ("print('a'", (1, 6)),
        ("x = 1\x00", (1, 1)),
    ],
)
def test_check_finds_the_first_mistake(source: str, place: tuple[int, int] | None) -> None:
    found = check(source, "c")
    assert (found and (found["line"], found["column"])) == place


def test_the_check_runs_nothing_and_warns_of_nothing() -> None:
    assert ask(what="check", source="raise SystemExit\n'\\d'") is None


def test_complete_and_explain_know_the_pages_variables() -> None:
    kernel._kernel.namespace("p").variables["answer_of_all"] = 42
    found = ask(what="complete", source="answer_", cursor=7)
    assert isinstance(found, dict)
    assert [one["label"] for one in found["options"]] == ["answer_of_all"]
    explained = ask(what="explain", source="answer_of_all", cursor=3)
    assert explained == {"name": "answer_of_all", "signature": "answer_of_all: int", "text": "42"}


def test_another_question_is_refused() -> None:
    with pytest.raises(ValueError, match="no request is called 'guess'"):
        ask(what="guess", source="")
