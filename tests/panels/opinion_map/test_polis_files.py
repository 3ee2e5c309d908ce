"""Exports of Pol.is: what is read of them, every fault with its file and line, and the command."""

import json
import random

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from panels.management.commands.statement_map import Command
from panels.opinion_map import FaultyFiles, Statement, Votes, opinion_map, read

from .crowds import crowd, exported

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1658934589213,Wed Jul 27 22:09:49 WIB 2022,0,23,2,1,1,"Plus d’ombre, dans les cours"
1658934633363,Wed Jul 27 22:10:33 WIB 2022,1,23,1,0,-1,"Deux
lignes"
1658934633363,Wed Jul 27 22:10:33 WIB 2022,2,4,0,2,0,Des bancs
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
10,Wed,0,1,1
12,Wed,0,2,1
13,Wed,0,3,-1
14,Wed,1,1,1
15,Wed,2,1,-1
16,Wed,2,3,-1
17,Wed,2,2,0
"""
WIDE = """participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
1,secret-1,0,0,3,2,1,1,1,-1
2,secret-2,,0,2,1,0,1,,0
3,secret-3,1,0,2,0,2,-1,,-1
"""


def faults(comments=COMMENTS, votes=VOTES, table=None) -> list[str]:
    with pytest.raises(FaultyFiles) as refused:
        read(comments.encode(), votes and votes.encode(), table and table.encode())
    return [str(fault) for fault in refused.value.faults]


@pytest.fixture
def folder(tmp_path):
    for name, data in exported(crowd(80, 25, 2)[0], seed=4).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def mapped(*paths, **options) -> dict:
    import io

    out, err = io.StringIO(), io.StringIO()
    call_command(Command(), *map(str, paths), stdout=out, stderr=err, **options)
    return json.loads(out.getvalue()) | {"said": err.getvalue()}


def test_both_forms_give_the_same_votes():
    history = read(COMMENTS.encode(), VOTES.encode()).votes
    wide = read(COMMENTS.encode(), None, WIDE.encode()).votes

    assert history.people == wide.people == ("1", "2", "3")
    assert history.table.tolist() == wide.table.tolist() == [[1, 1, -1], [1, 2, 0], [-1, 2, -1]]
    assert [one.moderated for one in history.statements] == [1, -1, 0]
    assert history.statements[1].text == "Deux\nlignes"


def test_an_external_identifier_is_never_kept():
    assert "secret" not in repr(read(COMMENTS.encode(), None, WIDE.encode()))


def test_the_last_vote_counts_and_two_of_one_instant_pass():
    again = VOTES + "9,Wed,0,1,-1\n20,Wed,2,2,1\n13,Wed,0,3,0\n"

    for seed in range(4):
        head, *lines = again.splitlines()
        random.Random(seed).shuffle(lines)
        found = read(COMMENTS.encode(), "\n".join([head, *lines]).encode())

        assert found.votes.table.tolist() == [[1, 1, -1], [1, 2, 1], [0, 2, -1]]
        assert (found.replaced, found.undecided) == (3, 1)


def test_lines_of_files_shuffled_give_the_same_map():
    votes, _mine = crowd(80, 25, 2)
    plain, mixed = exported(votes), exported(votes, seed=9)
    maps = [
        json.dumps(opinion_map(read(files["comments.csv"], *rest).votes).record(points=True))
        for files in (plain, mixed)
        for rest in ((files["votes.csv"],), (None, files["participants-votes.csv"]))
    ]

    assert len(set(maps)) == 1
    assert json.loads(maps[0])["k"] == 2


def test_every_fault_of_both_files_is_told_with_its_line():
    comments = COMMENTS.replace(",2,4,0,2,0,Des bancs", ",0,4,x,2,7,") + "1,Wed,3\n"
    votes = VOTES.replace("13,Wed,0,3,-1", "13,Wed,0,3,2").replace("16,Wed,2,3,-1", "hier,Wed,9,toi,-1") + "1,Wed\n"

    assert faults(comments, votes) == [
        "comments.csv, ligne 6 : 3 cellules pour 8 colonnes.",
        "comments.csv, ligne 5 : l’énoncé 0 est déjà plus haut.",
        "comments.csv, ligne 5 : « moderated » vaut « 7 » ; il faut -1, 0 ou 1.",
        "comments.csv, ligne 5 : « agrees » vaut « x » ; il faut un nombre.",
        "comments.csv, ligne 5 : l’énoncé 0 n’a pas de texte.",
        "votes.csv, ligne 9 : 2 cellules pour 5 colonnes.",
        "votes.csv, ligne 4 : le vote vaut « 2 » ; il faut 1 (d’accord), 0 (passe) ou -1 (pas d’accord).",
        "votes.csv, ligne 7 : « timestamp » vaut « hier » ; il faut un nombre.",
        "votes.csv, ligne 7 : le numéro de participant « toi » n’est pas un nombre.",
    ]
    assert faults(votes=VOTES.replace("16,Wed,2,3", "16,Wed,9,3")) == [
        "votes.csv, ligne 7 : l’énoncé « 9 » n’est pas dans les énoncés."
    ]


def test_faults_of_the_wide_form():
    wide = WIDE.replace("n-disagree,0,1,2", "n-disagree,0,1,8").replace(
        "3,secret-3,1,0,2,0,2,-1,,-1", "2,x,1,0,2,0,2,-1,oui,"
    )

    assert faults(votes=None, table=wide) == [
        "participants-votes.csv, ligne 1 : la colonne « 8 » n’est pas un énoncé.",
        "participants-votes.csv, ligne 4 : le participant 2 est déjà plus haut.",
        "participants-votes.csv, ligne 4 : énoncé 1 : le vote vaut « oui » ; il faut 1 (d’accord), 0, -1 ou une cellule vide.",
    ]
    found = read(COMMENTS.encode(), None, WIDE.replace("3,2,1,1,1,-1", "3,3,1,1,1,-1").encode())
    assert found.remarks == ("1 participant(s) dont les totaux ne sont pas ceux de leurs votes : les votes comptent.",)


@pytest.mark.parametrize(
    "comments, votes, said",
    [
        ("", VOTES, "il manque la colonne « comment-id »"),
        (COMMENTS.splitlines()[0], VOTES, "il n’y a aucun énoncé."),
        (COMMENTS.replace(",agrees", ",disagrees"), VOTES, "la colonne « disagrees » est là 2 fois."),
        (COMMENTS, VOTES.replace("voter-id", "voter"), "il manque la colonne « voter-id »"),
        (COMMENTS + '1,"a"b,c', VOTES, "ce n’est pas un tableau lisible"),
        (COMMENTS, "\0" * 30, "il manque la colonne"),
    ],
)
def test_what_is_no_such_table_is_told_in_a_sentence(comments, votes, said):
    assert any(said in fault for fault in faults(comments, votes))


def test_text_that_is_not_utf8_has_its_line():
    with pytest.raises(FaultyFiles) as refused:
        read(COMMENTS.encode() + b"1,Wed,4,1,0,0,0,\xe9t\xe9\n", VOTES.encode())

    assert str(refused.value.faults[0]) == "comments.csv, ligne 6 : ce n’est pas du texte en UTF-8."


def test_signs_that_are_turned_are_refused():
    """The database of Pol.is has -1 for "agree": its rows aren't its export."""
    turned = "\n".join(
        line if not line[0].isdigit() else line.rpartition(",")[0] + "," + str(-int(line.rpartition(",")[2]))
        for line in VOTES.splitlines()
    )

    (fault,) = faults(votes=turned)
    assert "semblent inversés" in fault


def test_the_command_reads_a_folder_or_files_whatever_comes_before_their_names(folder, tmp_path):
    told = mapped(folder)
    (folder / "2025-06-19-abc-comments.csv").write_bytes((folder / "comments.csv").read_bytes())
    (folder / "2025-06-19-abc-participant-votes.csv").write_bytes((folder / "participants-votes.csv").read_bytes())

    other = mapped(folder / "2025-06-19-abc-comments.csv", folder / "2025-06-19-abc-participant-votes.csv")

    assert told["k"] == 2 and told["participants"]["mapped"] == 80
    assert "2 groupes : 41, 39 personnes." in told["said"]
    assert {**other, "said": "", "votes": {}} == {**told, "said": "", "votes": {}}


def test_the_command_writes_a_file_and_takes_a_number_of_groups(folder, capsys):
    call_command(Command(), str(folder), groups=3, points=True, out=folder / "carte.json")

    told = json.loads((folder / "carte.json").read_text())
    assert told["groups_asked"] == 3 and len(told["points"]) == 80
    assert "80 personnes et 25 énoncés" in capsys.readouterr().out


def test_the_command_never_ends_in_a_traceback(folder, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    (empty / "notes.csv").write_text("a")
    with pytest.raises(CommandError, match="Il manque comments.csv"):
        mapped(empty)
    with pytest.raises(CommandError, match="ni fichier, ni dossier"):
        mapped(empty / "nowhere")
    with pytest.raises(CommandError, match="n’est celui d’aucun"):
        mapped(empty / "notes.csv")
    (empty / "comments.csv").write_text(COMMENTS)
    with pytest.raises(CommandError, match="Il manque votes.csv"):
        mapped(empty)
    (empty / "votes.csv").mkdir()
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        mapped(empty)
    (folder / "votes.csv").write_text(VOTES.replace(",1\n", ",5\n") * 200)
    with pytest.raises(CommandError, match="rien n’a été calculé"):
        mapped(folder)
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        (folder / "votes.csv").unlink()
        call_command(Command(), str(folder), out=folder / "nowhere" / "carte.json")


def test_few_people_are_told_that_no_group_is_drawn(tmp_path):
    votes = Votes(("1", "2"), tuple(Statement(str(n), "x") for n in range(8)), np.ones((2, 8), int))
    for name, data in exported(votes).items():
        (tmp_path / name).write_bytes(data)

    assert "30 personnes qui ont assez voté" in mapped(tmp_path)["said"]
