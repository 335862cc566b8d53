"""Finding somebody in a preview: every word one may remember of a person, in the form in which text is compared."""

from collections.abc import Sequence

from soloflow.domain.candidates import Candidate
from soloflow.domain.text import name_key, phone_key, shadow
from soloflow.services.workspace import Progress, Silent

CHECK_EVERY = 500


def words_of(person: Candidate) -> str:
    """What a search looks through: name (with and without its space), kana, company, post, mails, digits of numbers, tags."""
    texts = (person.name, person.company, person.department, person.title, *person.emails, *person.tags, person.handle)
    joined = shadow("\n".join(texts)) if any(texts) else ""
    keys = (name_key(person.name), name_key(person.kana), *(phone_key(phone.number) for phone in person.phones))
    return "\n".join((joined, *keys))


def all_words(people: Sequence[Candidate], progress: Progress | None = None) -> list[str]:
    """The same of everybody in a file.

    :raises Cancelled: when the user stopped it.
    """
    watching = progress or Silent()
    found = []
    for number, person in enumerate(people):
        if number % CHECK_EVERY == 0:
            watching.check()
        found.append(words_of(person))
    return found


def terms_of(text: str) -> tuple[str, ...]:
    """What is searched for: each word by itself, numbers without their hyphens."""
    return tuple(_term(word) for word in text.split())


def _term(word: str) -> str:
    digits = phone_key(word)
    is_number = len(digits) > 2 and not any(character.isalpha() for character in word)
    return digits if is_number else shadow(word)


def finds(terms: Sequence[str], words: str) -> bool:
    """Whether every term stands in the words of a person."""
    return all(term in words for term in terms)
