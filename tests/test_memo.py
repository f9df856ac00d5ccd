"""What is remembered stays within bounds, and is right whatever another thread does."""

from __future__ import annotations

from medcode.memo import Memo


def test_an_answer_is_worked_out_once() -> None:
    asked: list[str] = []

    def answer(word: str) -> None:
        asked.append(word)

    memo = Memo(answer, most=8)
    assert [memo["a"], memo["a"], memo["b"]] == [None] * 3  # None is an answer like any other
    assert asked == ["a", "b"]


def test_it_never_holds_more_than_it_may() -> None:
    memo = Memo(str, most=3)
    assert [memo[number] for number in range(10)] == list("0123456789")
    assert len(memo) <= 3


class Forgetful(Memo[int, str]):
    """A memo that another thread empties at the worst moment."""

    def __setitem__(self, key: int, answer: str) -> None:
        super().__setitem__(key, answer)
        self.clear()


def test_an_answer_is_given_though_another_thread_drops_it() -> None:
    assert Forgetful(str, most=3)[5] == "5"


def test_an_answer_that_cannot_be_had_is_not_remembered() -> None:
    memo = Memo(int, most=3)
    try:
        memo["x"]
    except ValueError:
        assert not memo
