"""Prints the scores of the filing, each chat by weights that the other ones taught; `--wrong` also every post that was
judged otherwise."""

import sys
from collections import Counter

from sessions.core.filing.guessing.model import POST_GROUPS, QUESTION_GROUPS
from tests.gold.chats import CHATS, LABELLED, OTHERS, followed_questions, judged, recorded_posts
from tests.gold.measures import Guesses, guesses, kinds_right, labels_read, readers, score
from tests.gold.training import GUESS_AT, left_out
from tests.gold.verdicts import Verdict, verdicts

KINDS = ("answer", "question", "announcement", "introduction", "aside", "repost", "spam")


def _print_guesses(chats: dict[str, list[Verdict]]) -> None:
    print(f"{'guesses':<28}{'right':>6}{'elsewhere':>11}{'astray':>8}{'answers':>9}", end="")
    print(f"{'precision':>11}{'recall':>8}{'astray of nowhere':>19}{'leniently right':>17}")
    together = [verdict for found in chats.values() for verdict in found]
    for name, found in {**chats, "together": together}.items():
        g: Guesses = guesses(found)
        print(f"{name:<28}{g.right:>6}{g.elsewhere:>11}{g.astray:>8}{g.answers:>9}", end="")
        print(f"{g.precision:>11.2f}{g.recall:>8.2f}{g.astray:>9} ({g.strayed:>6.1%}){g.lenient:>18}")


def _print_what_each_adds(chats: dict[str, list[Verdict]]) -> None:
    print(f"\n{'guesses without':<28}{'precision':>11}{'recall':>8}{'astray of nowhere':>19}", end="")
    print(f"{'kinds':>10}{'leniently':>11}")
    for group in (None, *dict.fromkeys([*QUESTION_GROUPS, *POST_GROUPS])):
        found = chats if group is None else {name: verdicts(name, left_out(name, without=group)) for name in LABELLED}
        together = [verdict for of_one in found.values() for verdict in of_one]
        g, (strict, lenient) = guesses(together), kinds_right(together)
        print(f"{group or '(all of it)':<28}{g.precision:>11.2f}{g.recall:>8.2f}{g.strayed:>19.1%}", end="")
        print(f"{strict:>10.1%}{lenient:>11.1%}")


def _print_thresholds() -> None:
    print(f"\n{'guesses shown from':<28}{'precision':>11}{'recall':>8}{'astray of nowhere':>19}", end="")
    print(f"{'kinds':>10}{'leniently':>11}")
    for around in range(-3, 4):
        at = round(GUESS_AT + around / 100, 2)
        found = [verdict for name in LABELLED for verdict in verdicts(name, left_out(name)._replace(guess_at=at))]
        g, (strict, lenient) = guesses(found), kinds_right(found)
        print(f"{at:<28.2f}{g.precision:>11.2f}{g.recall:>8.2f}{g.strayed:>19.1%}{strict:>10.1%}{lenient:>11.1%}")


def _print_kinds(chats: dict[str, list[Verdict]]) -> None:
    print(f"\n{'kinds':<28}{'strictly':>9}{'leniently':>11}")
    together = [verdict for found in chats.values() for verdict in found]
    for name, found in {**chats, "together": together}.items():
        strict, lenient = kinds_right(found)
        print(f"{name:<28}{strict:>9.1%}{lenient:>11.1%}")
    print(f"\n{'gold kind':<14}" + "".join(f"{name[:9]:>10}" for name in KINDS) + "   <- judged as")
    table = Counter((verdict.gold_kind, verdict.kind) for verdict in together)
    for name in KINDS:
        print(f"{name:<14}" + "".join(f"{table[name, judged_as] or '.':>10}" for judged_as in KINDS))


def _print_evidence(chats: dict[str, list[Verdict]]) -> None:
    print(f"\n{'filed by':<28}{'':<8}{'right':>7}{'lenient':>9}{'wrong':>7}{'not filed':>11}")
    for name, found in chats.items():
        for why in ("label", "thread", "guess"):
            s = score(found, why)
            print(f"{name:<28}{why:<8}{s.right:>7}{s.lenient:>9}{s.wrong:>7}{s.missed:>11}")
        right, typed = labels_read(found)
        print(f"{'':<28}of {typed} typed labels {right} filed right ({right / typed:.1%})")


def _print_readers() -> None:
    print(f"\n{'two readers agree on':<28}{'kind':>16}{'question':>18}{'  where unlabelled':>20}   (share, kappa)")
    for name in LABELLED:
        if (CHATS / f"{name}.reader-a.tsv").exists():
            kind, filed, unlabelled = readers(name)
            print(f"{name:<28}{_told(*kind):>16}{_told(*filed):>18}{_told(*unlabelled):>20}")


def _told(share: float, kappa: float) -> str:
    return f"{share:.1%} {kappa:.2f}"


def _print_others() -> None:
    print(f"\n{'without gold':<30}{'posts':>7}{'label':>7}{'thread':>8}{'guess':>7}{'none':>7}   kinds")
    for name, hosts in OTHERS.items():
        if name in LABELLED:
            continue
        posts = recorded_posts(name)
        found = [judgement for _, judgement in judged(posts, followed_questions(posts, hosts), hosts)]
        by = Counter("none" if judgement.filed is None else judgement.filed.why for judgement in found)
        kinds = Counter(judgement.kind for judgement in found)
        line = f"{name:<30}{len(posts):>7}{by['label']:>7}{by['thread']:>8}{by['guess']:>7}{by['none']:>7}   "
        print(line + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def _print_wrong(chats: dict[str, list[Verdict]]) -> None:
    for name, found in chats.items():
        for v in found:
            if not v.right or v.kind != v.gold_kind:
                ours = f"{v.kind}/{v.label or '-'} by {v.why or '-'}"
                print(f"{name} {v.seq:>4} {ours}, gold {v.gold_kind}/{v.gold_label or '-'}: {v.text!r}")


def main() -> None:
    """Print all of it."""
    chats = {name: verdicts(name, left_out(name)) for name in LABELLED}
    _print_guesses(chats)
    _print_thresholds()
    _print_what_each_adds(chats)
    _print_kinds(chats)
    _print_evidence(chats)
    _print_readers()
    _print_others()
    if "--wrong" in sys.argv[1:]:
        print()
        _print_wrong(chats)


if __name__ == "__main__":
    main()
