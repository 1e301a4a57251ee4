"""The order in which the files of tests begin: the longest first."""

# Files that take longest, in processor time of one whole run; what is not named here begins after them in its usual order.
LONGEST = (
    "rounds/test_played_year.py", "page/test_page.py", "structure/test_bundle.py", "properties/test_time_closing.py", "killed/test_trouble.py",
    "ledger/test_two_machines.py", "engines/test_engines.py", "killed/test_matrix.py", "page/test_cards.py", "page/test_evidence_cards.py",
    "papers/test_figures_equal.py", "answering/test_played_round.py", "mail/test_killed_mail.py", "time/test_closing.py", "spoiled/test_spoiled_round.py",
    "analysis/test_data.py", "time/test_rulings_have_effect.py", "time/test_table_of_faults.py", "inbox/test_precheck_and_sandbox.py",
    "killed/test_interrupted.py", "killed/test_closing.py", "corridor/test_documents.py", "views/test_recalculation.py",
    "life/test_ladder.py", "corridor/test_collect.py",
)  # fmt: skip
