"""Memo: what was found out about words, so that it is found out once."""

from collections.abc import Callable


class Memo(dict):
    """A dict that fills itself, and is emptied before it holds more than `most`: a text has few distinct words."""

    def __init__(self, look_up: Callable[[str], object], most: int) -> None:
        super().__init__()
        self._look_up, self._most = look_up, most

    def __missing__(self, word: str) -> object:
        if len(self) >= self._most:
            self.clear()
        found = self[word] = self._look_up(word)
        return found
