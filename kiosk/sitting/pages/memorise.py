"""Learning a few lines by heart (OX-04): choose them, then say them with fewer and fewer words. Nothing on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import AFRESH, Block, Kind, Offer, Say
from kiosk.sitting.pages.page import Act, Page, Reply
from kiosk.sitting.planning import MOST, NOTHING, chosen_lines, faded

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Memorise(Page):
    """Three to five lines of her plan, rehearsed at her own pace: no clock, and no right or wrong."""

    name = "memorise"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.unmasked = False
        many = len(self._plan())
        self.choosing = many > MOST
        """Whether she still chooses; a short plan is learned whole."""
        self.picked: list[int] = [] if self.choosing else list(range(many))
        """The lines to learn, by their place in the plan."""
        self.step = 0
        """How much is left out, up to everything."""

    @property
    def ticks(self) -> bool:  # type: ignore[override]
        """Several lines can be chosen."""
        return self.choosing

    def _plan(self) -> list[str]:
        chosen = chosen_lines(self.visit, self.words, masked=not self.unmasked)
        return [line for _, lines in chosen for line in lines]

    def blocks(self) -> Iterable[Block]:
        """Say what to do, and the lines to learn."""
        words, way = self.words, "choose" if self.choosing else "body"
        yield Block(words("memorise-title"), Kind.TITLE)
        yield Block(words(f"memorise-{way}"), line=words(f"line-memorise-{way}"))
        if not self.choosing:
            plan = self._plan()
            for count, place in enumerate(self.picked, 1):
                yield Block(f"{count}. {faded(plan[place], self.step)}", Kind.LINE)

    def offers(self) -> Sequence[Offer]:
        """List the lines while she chooses."""
        if not self.choosing:
            return ()
        return [Offer(line, chosen=place in self.picked) for place, line in enumerate(self._plan())]

    def acts(self) -> Iterable[Act]:
        """Hide more words, show them, and show or hide code words."""
        if not self.choosing:
            yield Act("hide", partial(self.fade, 1), "fade", also=("space",), typed=True)
            yield Act("show", partial(self.fade, 0), "unfade", also=("backspace",), typed=True)
        yield Act("codes", self.unmask, key="F7", hint="key-unmask", typed=True)

    def pick(self, index: int | None) -> Reply:
        """Take a line, or leave it again; a sixth one stays out."""
        if index in self.picked:
            self.picked.remove(index)
        elif index is not None and len(self.picked) < MOST:
            self.picked = sorted([*self.picked, index])
        else:
            return Say(self.words("line-enough", count=MOST))
        return None

    def fade(self, more: int) -> Reply:
        """Leave out more words, or show the lines whole."""
        self.step = min(self.step + 1, NOTHING) if more else 0
        return AFRESH

    def unmask(self) -> Reply:
        """Show code words, or hide them again."""
        self.unmasked = not self.unmasked
        return AFRESH

    def go_on(self) -> Reply:
        """Learn what she chose; with nothing chosen, or once it is learned, go on."""
        if self.choosing and self.picked:
            self.choosing = False
            return AFRESH
        return "next"

    def back(self) -> Reply:
        """Come back to choosing, or to the page before."""
        if self.choosing or len(self._plan()) <= MOST:
            return "back"
        self.choosing, self.step = True, 0
        return AFRESH
