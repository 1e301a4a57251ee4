"""The order in which the files of tests begin: the longest first."""

# Files that take longest, in processor time of one whole run; what is not named here begins after them in its usual order.
LONGEST = (
    "page/test_page.py", "rounds/test_played_year.py", "page/test_cards.py", "page/test_evidence_cards.py", "answering/test_played_round.py",
    "engines/test_engines.py", "killed/test_trouble.py", "killed/test_matrix.py", "properties/test_time_closing.py", "papers/test_figures_equal.py",
    "views/test_recalculation.py", "ledger/test_two_machines.py", "time/test_table_of_faults.py", "structure/test_bundle.py", "analysis/test_start_up.py",
    "corridor/test_import.py", "mail/test_watch.py", "spoiled/test_saved_round.py", "spoiled/test_spoiled_round.py", "time/test_rulings_have_effect.py",
    "documents/test_every_format.py", "corridor/test_documents.py", "time/test_closing.py", "analysis/test_data.py", "answering/test_lots.py",
)  # fmt: skip
