"""What to say: whatever one chooses there are good lines, none that hurts, in both languages."""

import json
import re
from itertools import product

import pytest
from pydantic import ValidationError

from careapp.catalogue import LANGUAGES
from careapp.words.library import as_json, hard_updates, never, situations
from careapp.words.schema import (
    NOT_AT_WORK,
    PARTS,
    PLACEHOLDER,
    PRIVATE_TONES,
    Fitting,
    Line,
    Reader,
    Relation,
    Situation,
    Tone,
)

WANTED = {
    *("diagnosis", "operation", "hospital", "setback", "recovery", "long_illness", "dementia", "mental_illness"),
    *("child_disability", "end_of_life", "death", "worn_out", "good_news"),
}
LONGEST = 160
TO_ONE = re.compile(r"\b(te|ti|tu|tus|tú|contigo|eres|estás|tienes|puedes|quieres)\b", re.IGNORECASE)
TO_SEVERAL = re.compile(r"\bustedes\b", re.IGNORECASE)
# Adjectives by which one would have to know who reads or writes.
GENDERED = re.compile(
    r"\b(estás|estoy|eres|soy|seas|te sient[aoe]s|te dejé|me quedé) (muy |tan )?"
    r"(\w+[ai]d[oa]|sol[oa]|list[oa]|segur[oa]|content[oa]|enferm[oa]|quiet[oa])\b|\b(querid|bienvenid|amig)[oa] ",
    re.IGNORECASE,
)


def every_line() -> list[tuple[str, Fitting]]:
    return [(key, line) for key, one in situations().items() for line in one.all_lines()]


def said_in(fitting: Fitting, language: str) -> list[tuple[str, bool]]:
    """The texts that are shown, each with whether it speaks to several people."""
    one, for_all = fitting.line.texts(language)
    shown = [(one, False)] if {Reader.PERSON, Reader.CAREGIVER} & {*fitting.to} else []
    return shown + ([(for_all, True)] if Reader.FAMILY in fitting.to else [])


@pytest.mark.parametrize("key", situations())
def test_whatever_one_chooses_there_are_five_lines(key: str) -> None:
    one = situations()[key]
    too_few = [
        (relation, reader, tone, found)
        for relation, reader in product(Relation, one.to)
        for tone in one.tones_for(relation)
        if (found := len(one.fitting(relation, reader, tone))) < 5
    ]

    assert too_few == []


def test_the_situations_that_were_asked_for_are_there_and_more() -> None:
    assert set(situations()) >= WANTED
    assert len(situations()) >= 14
    assert all({Tone.SHORT, Tone.WARM, Tone.PRACTICAL} <= {*one.tones} for one in situations().values())
    assert all(len(one.to) >= 2 for one in situations().values())


@pytest.mark.parametrize("key", situations())
def test_each_relation_has_words_of_its_own(key: str) -> None:
    one = situations()[key]
    own = {
        (relation, reader): [x for x in one.all_lines() if x.who == (relation,) and reader in x.to]
        for relation, reader in product(Relation, one.to)
    }

    assert [choice for choice, lines in own.items() if len(lines) < 2] == []
    assert [choice for choice, lines in own.items() if not any(x.part == "opening" for x in lines)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_twice(language: str) -> None:
    said = [fitting.line.texts(language)[0] for _, fitting in every_line()]

    assert [text for text in said if said.count(text) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_says_what_is_better_not_said(language: str) -> None:
    patterns = [re.compile(found, re.IGNORECASE) for one in never() for found in getattr(one, f"patterns_{language}")]
    lines = [text for _, fitting in every_line() for text, _ in said_in(fitting, language)]
    starters = [
        said.texts(language)[1] for one in hard_updates().values() for part in PARTS for said in getattr(one, part)
    ]

    found = [(text, pattern.pattern) for text in (*lines, *starters) for pattern in patterns if pattern.search(text)]

    assert [(text, pattern) for text, pattern in found if not _asks_others_not_to(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", situations())
def test_no_line_repeats_what_its_own_situation_leaves_unsaid(key: str, language: str) -> None:
    one = situations()[key]
    unsaid = [getattr(said, language) for said in one.not_said]
    assert all(_repeats(text.upper(), text) for text in unsaid)
    lines = [text for fitting in one.all_lines() for text, _ in said_in(fitting, language)]

    assert [(line, text) for line in lines for text in unsaid if _repeats(line, text)] == []


def _repeats(line: str, unsaid: str) -> bool:
    """Four of its words in a row, or all of a shorter one."""
    said, left_out = (re.findall(r"\w+", PLACEHOLDER.sub(r"\2", text).lower()) for text in (line, unsaid))
    many = min(4, len(left_out))
    runs = {tuple(said[n : n + many]) for n in range(len(said))}
    return any(tuple(left_out[n : n + many]) in runs for n in range(len(left_out) - many + 1))


def _asks_others_not_to(text: str) -> bool:
    """A hard update may ask for such words not to come."""
    unwanted = {text for one in hard_updates().values() for said in one.unwanted for text in (said.en, said.es)}
    return text in unwanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_patterns_find_what_people_say(language: str) -> None:
    for one in never():
        patterns = getattr(one, f"patterns_{language}")
        assert any(re.search(found, getattr(one, language), re.IGNORECASE) for found in patterns), one.en


def test_every_situation_says_why_some_things_are_better_left() -> None:
    for key, one in situations().items():
        assert len({said.en for said in one.not_said}) >= 4, key
        assert all(said.why_en != said.en and said.why_es != said.es for said in one.not_said), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_short_and_calm(language: str) -> None:
    lines = [text for _, fitting in every_line() for text, _ in said_in(fitting, language)]

    assert [text for text in lines if len(PLACEHOLDER.sub(r"\2", text)) > LONGEST] == []
    assert [text for text in lines if re.search(r"[!¡]|  ", text)] == []


def test_spanish_speaks_to_one_as_tu_and_to_several_as_ustedes() -> None:
    said = [(text, several) for _, fitting in every_line() for text, several in said_in(fitting, "es")]

    assert [text for text, several in said if several and TO_ONE.search(text)] == []
    assert [text for text, several in said if not several and TO_SEVERAL.search(text)] == []


def test_spanish_does_not_need_to_know_who_is_a_woman_or_a_man() -> None:
    said = [text for _, fitting in every_line() for text, _ in said_in(fitting, "es")]

    assert [text for text in said if GENDERED.search(text)] == []


def test_both_languages_name_the_same_people() -> None:
    named = [
        (fitting.line.en, *({found[1] for found in PLACEHOLDER.finditer(text)} for text in fitting.line.texts("en")))
        for _, fitting in every_line()
    ]
    spanish = [
        tuple({found[1] for found in PLACEHOLDER.finditer(text)} for text in fitting.line.texts("es"))
        for _, fitting in every_line()
    ]

    assert [text for (text, *names), other in zip(named, spanish, strict=True) if tuple(names) != other] == []


def test_who_reads_is_named_only_as_one_is_called_by_name() -> None:
    """«I think of Rose» is no letter to Rose; «Rose, I think of you» is."""
    wrong = [
        text
        for _, fitting in every_line()
        for reader, name in ((Reader.PERSON, "name"), (Reader.CAREGIVER, "carer"))
        if reader in fitting.to
        for text in (fitting.line.en, fitting.line.es)
        for found in PLACEHOLDER.finditer(text)
        if found[1] == name and not (found.start() == 0 and text[found.end() : found.end() + 2] == ", ")
    ]

    assert wrong == []


def test_faith_and_jokes_are_not_brought_along_to_work() -> None:
    for key, one in situations().items():
        assert not PRIVATE_TONES & {*one.tones_for(Relation.PROFESSIONAL)}, key
        private = [x for x in one.all_lines() if PRIVATE_TONES & {*x.tones}]
        assert {relation for x in private for relation in x.who} <= {*NOT_AT_WORK}, key


def test_nobody_jokes_where_someone_dies() -> None:
    for key in ("diagnosis", "setback", "mental_illness", "end_of_life", "death", "remembering"):
        assert Tone.LIGHT not in situations()[key].tones


def test_a_line_of_a_tone_that_is_not_offered_would_never_be_seen() -> None:
    assert [(key, x.line.en) for key, x in every_line() if not {*x.tones} & {*situations()[key].tones}] == []
    assert [(key, x.line.en) for key, x in every_line() if not {*x.to} <= {*situations()[key].to}] == []


def test_an_offer_is_of_a_kind_that_can_become_a_request_for_help() -> None:
    kinds = {x.kind for _, x in every_line() if x.part == "offer"}

    assert len(kinds) >= 8 and None not in kinds


def test_five_hard_updates_have_their_four_parts() -> None:
    assert len(hard_updates()) >= 5
    for key, one in hard_updates().items():
        said = [text for part in PARTS for starter in getattr(one, part) for text in (starter.en, starter.es)]
        assert len(set(said)) == len(said) >= 24, key


def test_a_browser_gets_the_same_in_every_language() -> None:
    shapes = [_shape(json.loads(as_json(language))) for language in LANGUAGES]

    assert all(shape == shapes[0] for shape in shapes)
    assert len({as_json(language) for language in LANGUAGES}) == len(LANGUAGES)


def _shape(value: object) -> object:
    """Without the words, and without how several people are spoken to, which is a matter of the language."""
    if isinstance(value, dict):
        return {name: _shape(one) for name, one in value.items() if name != "all"}
    return [_shape(one) for one in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize(
    "wrong",
    [
        {"en": "Hello there {name}.", "es": "Hola, {name}.", "tone": "warm"},
        {"en": "No end", "es": "Sin final", "tone": "warm"},
        {"en": "An unknown tone.", "es": "Un tono desconocido.", "tone": "funny"},
        {"en": "Only in English, this one.", "tone": "warm"},
        {"en": "A stray key is here.", "es": "Una clave de más.", "tone": "warm", "mood": "sad"},
    ],
)
def test_a_file_that_is_wrong_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Line.model_validate(wrong)


def test_a_situation_without_what_not_to_say_is_refused() -> None:
    given = next(iter(situations().values())).model_dump()

    with pytest.raises(ValidationError, match="not_said"):
        Situation.model_validate({**given, "not_said": ()})
