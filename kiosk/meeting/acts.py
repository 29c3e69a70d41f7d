"""What staff do in a meeting: each act is checked, entered into the record of changes, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kiosk.errors import Refused
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.months import month_number
from kiosk.meeting.record import WHO, Change, Person, What
from kiosk.meeting.states import OUTCOMES, State
from kiosk.meeting.vacancy import Fit, Vacancy

Reasons = Mapping[str, str]
"""Number to the code of the reason for which it is passed over."""


class NotPossible(Refused):
    """An act that does not fit what stands."""

    hint = "Nothing was changed."


class ReasonDue(NotPossible):
    """Somebody above fits and has nothing."""

    hint = "Say for each of them, by a code, why they are passed over."


@dataclass
class Acts:
    """Acts of one member of staff on one day."""

    meeting: Meeting
    who: str
    today: date

    def __post_init__(self) -> None:
        if not WHO.fullmatch(self.who):
            raise NotPossible("Whoever changes the list has a code: a capital letter, then letters, digits, hyphens.")
        self._month = month_number(self.today.isoformat()[:7])

    # People

    def refer(self, number: str, code: str, reasons: Reasons | None = None) -> None:
        """Refer somebody to a vacancy."""
        self._give(number, code, State.REFERRED, "", reasons or {})

    def offer(self, number: str, code: str, answer_by: date, reasons: Reasons | None = None) -> None:
        """Offer a vacancy, to be answered by a day."""
        if answer_by < self.today:
            raise NotPossible("The day to answer by has passed.")
        self._give(number, code, State.OFFERED, answer_by.isoformat(), reasons or {})

    def accepted(self, number: str) -> None:
        """The offer was taken."""
        now = self._with_a_place(number)
        self._stand(What.ACCEPTED, number, replace(now, state=State.ACCEPTED, answer_by=""), now.vacancy)

    def declined(self, number: str, reason: str = "") -> None:
        """The offer was declined: the place is free again, and so is she."""
        now = self._with_a_place(number)
        self._know(reason, self.meeting.codes.reasons)
        after = replace(now, state=State.DECLINED, vacancy="", answer_by="")
        self._stand(What.DECLINED, number, after, now.vacancy, (reason,) if reason else ())

    def housed(self, number: str) -> None:
        """Somebody has a home, by a vacancy or otherwise."""
        now = self.meeting.person(number)
        self._stand(What.HOUSED, number, replace(now, state=State.HOUSED, answer_by=""), now.vacancy)

    def inactive(self, number: str) -> None:
        """Somebody needs nothing any more, or cannot be found."""
        now = self.meeting.person(number)
        after = replace(now, state=State.INACTIVE, vacancy="", answer_by="")
        self._stand(What.INACTIVE, number, after, now.vacancy)

    def heard(self, number: str) -> None:
        """There was a word this month; whoever was inactive or had declined waits again."""
        now = self.meeting.person(number)
        back = now.state in (State.INACTIVE, State.DECLINED)
        self._stand(What.HEARD, number, replace(now, state=State.WAITING if back else now.state))

    def pass_over(self, number: str, code: str, reason: str) -> None:
        """Pass somebody over for a vacancy, for a reason."""
        self._vacancy(code)
        if not reason:
            raise NotPossible("Nobody is passed over without a reason.")
        self._know(reason, self.meeting.codes.reasons)
        self._enter(self._step(), What.PASSED, number, code, (reason,))

    def note(self, number: str, code: str) -> None:
        """Note a code of somebody; the same code once more takes it away."""
        now = self.meeting.person(number)
        there = code in now.notes
        if not there:
            self._know(code, self.meeting.codes.notes)
        notes = tuple(each for each in now.notes if each != code) + (() if there else (code,))
        self._enter(self._step(), What.NOTE_GONE if there else What.NOTED, number, "", (code,), now)
        self.meeting.put(number, replace(now, notes=notes))

    def outcome(self, number: str, status: str) -> None:
        """What the next list says of somebody: `reached` and `not-reached` change the last word's month alone."""
        now = self.meeting.person(number)
        state = OUTCOMES[status]
        if state is None or state is now.state:
            self._stand(What.HEARD, number, now)
        elif state is State.ACCEPTED:
            self._stand(What.ACCEPTED, number, replace(now, state=state, answer_by=""), now.vacancy)
        elif state is State.DECLINED:
            self._stand(What.DECLINED, number, replace(now, state=state, vacancy="", answer_by=""), now.vacancy)
        elif state is State.HOUSED:
            self.housed(number)
        else:
            self.inactive(number)

    # Vacancies

    def vacancy(self, vacancy: Vacancy) -> None:
        """Enter a vacancy, or change one."""
        before = self.meeting.vacancies.get(vacancy.code)
        if before is not None and len(self.meeting.taken(vacancy.code)) > vacancy.places:
            raise NotPossible("More of its places are taken than it would have.")
        what = What.MADE if before is None else What.CHANGED
        self._enter(self._step(), what, "", vacancy.code, (), before)
        self.meeting.vacancies[vacancy.code] = vacancy

    def close(self, code: str) -> None:
        """Close a vacancy: what was offered of it stays."""
        before = self._vacancy(code)
        self._enter(self._step(), What.CLOSED, "", code, (), before)
        self.meeting.vacancies[code] = replace(before, closed=True)

    # Taking back

    def undo(self) -> str:
        """Take back the last act of this meeting; says what it was. Raises NotPossible where there is none."""
        changes = self.meeting.changes
        alive = [at for at in range(self.meeting.begun, len(changes)) if not changes[at].undone]
        if not alive:
            raise NotPossible("Nothing of this meeting is left to take back.")
        last = changes[alive[-1]]
        for at in reversed(alive):
            change = changes[at]
            if change.step != last.step:
                break
            if isinstance(change.before, Person):
                self.meeting.put(change.number, change.before)
            elif isinstance(change.before, Vacancy):
                self.meeting.vacancies[change.vacancy] = change.before
            elif change.what is What.MADE:
                del self.meeting.vacancies[change.vacancy]
            changes[at] = replace(change, undone=True)
        return last.words

    # What they share

    def _give(self, number: str, code: str, state: State, answer_by: str, reasons: Reasons) -> None:
        meeting = self.meeting
        vacancy, now = self._vacancy(code), meeting.person(number)
        if now.vacancy not in ("", code) or now.state in (State.ACCEPTED, State.HOUSED):
            raise NotPossible(f"{number} has something already: it has to come to an end first.")
        if number not in meeting.taken(code) and not meeting.open_places(code):
            raise NotPossible(f"{code} is filled or closed.")
        if vacancy.fit(meeting.rows[meeting.place[number]]) is Fit.NO:
            raise NotPossible(f"{number} does not fit {code}.")
        due = [each for each in meeting.above(number, code) if each not in reasons]
        if due:
            raise ReasonDue(f"Above {number} {len(due)} fit {code} and have nothing.")
        for reason in reasons.values():
            self._know(reason, meeting.codes.reasons)
        step = self._step()
        for passed in meeting.above(number, code):
            self._enter(step, What.PASSED, passed, code, (reasons[passed],))
        what = What.REFERRED if state is State.REFERRED else What.OFFERED
        after = replace(now, state=state, vacancy=code, answer_by=answer_by)
        self._stand(what, number, after, code, step=step)

    def _with_a_place(self, number: str) -> Person:
        now = self.meeting.person(number)
        if now.state not in (State.REFERRED, State.OFFERED):
            raise NotPossible(f"{number} has no offer and is referred nowhere.")
        return now

    def _vacancy(self, code: str) -> Vacancy:
        if code not in self.meeting.vacancies:
            raise NotPossible("There is no such vacancy: mark one in the upper table first.")
        return self.meeting.vacancies[code]

    def _know(self, code: str, codes: Mapping[str, str]) -> None:
        if code and code not in codes:
            raise NotPossible("That code is not in the list of codes.")

    def _step(self) -> int:
        return self.meeting.changes[-1].step + 1 if self.meeting.changes else 1

    def _stand(
        self,
        what: What,
        number: str,
        after: Person,
        vacancy: str = "",
        codes: tuple[str, ...] = (),
        *,
        step: int | None = None,
    ) -> None:
        """Have somebody stand so from now on; what was said by or about somebody is a word of this month."""
        before = self.meeting.person(number)
        self._enter(self._step() if step is None else step, what, number, vacancy, codes, before)
        word = before.word if what in (What.REFERRED, What.OFFERED, What.INACTIVE) else max(self._month, before.word)
        self.meeting.put(number, replace(after, word=word))

    def _enter(
        self,
        step: int,
        what: What,
        number: str,
        vacancy: str,
        codes: tuple[str, ...],
        before: Person | Vacancy | None = None,
    ) -> None:
        day = self.today.isoformat()
        self.meeting.changes.append(Change(step, self.who, day, what, number, vacancy, codes, before=before))
