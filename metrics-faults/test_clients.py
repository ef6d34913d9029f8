"""What clients take for right or wrong, by messages that are made by hand."""
import json
import pathlib
import tempfile
import unittest

import views
from client import Answer
from sockets import Listener
from storage import Run
from streams import Follower
from tally import Tally


class ClientsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.run_ = Run(pathlib.Path(self.folder.name), 1, 1)
        self.run_.fill(300)
        self.tally = Tally()
        self.tally.tell = lambda *words: None

    def tearDown(self):
        self.folder.cleanup()

    def lines(self):
        return self.run_.log.data.decode().split("\n")[:-1]

    def listen(self, lines):
        listener = Listener(0, self.run_, self.tally)
        for line in lines:
            listener.take(line, 0)
        return len(self.tally.wrong)

    def test_all_lines_in_their_order_are_right(self):
        self.assertEqual(self.listen(self.lines()), 0)
        self.assertEqual(self.tally.right["log line"], len(self.lines()))

    def test_a_line_that_is_missing_doubled_or_changed_is_wrong(self):
        lines = self.lines()
        for bad in (lines[:3] + lines[4:], lines[:3] + lines[2:], lines[:3] + ["x"] + lines[4:]):
            self.tally.wrong.clear()
            self.assertGreaterEqual(self.listen(bad), 1)

    def test_a_log_that_was_cut_begins_anew(self):
        before = self.lines()
        self.run_.log.cut()
        self.run_.log.append(self.run_.log_line())
        listener = Listener(0, self.run_, self.tally)
        listener.version = 0
        for line in [*before, "[info] Log was truncated", *self.lines()]:
            listener.take(line, 0)
        self.assertEqual(self.tally.wrong, [])

    def follow(self, rows, columns):
        follower = Follower(0, self.run_, self.tally)
        try:
            follower.take({"event": "rows", "id": "1", "data": json.dumps({"columns": columns, "rows": rows})}, 0)
        except ValueError:
            pass
        return len(self.tally.wrong)

    def rows(self):
        reading = self.run_.events.reading(0)
        table = reading.step_table(len(reading.events))
        return [table.row("global_step", step) for step in sorted(table.rows)], ["global_step", *table.columns()]

    def test_all_rows_of_a_stream_are_right_and_one_that_is_missing_is_wrong(self):
        rows, columns = self.rows()
        self.assertEqual(self.follow(rows, columns), 0)
        self.assertEqual(self.follow(rows[:7] + rows[8:], columns), 1)

    def ask(self, rows, columns):
        reading = self.run_.events.reading(0)
        body = {"columns": columns, "rows": rows, "total": len(rows), "sampled": len(rows)}
        headers = {"x-row-count": str(len(rows)), "x-total-count": str(len(rows)),
                   "x-skipped-lines": str(reading.skipped(len(reading.events)))}
        moment = self.run_.events.moment()
        question = views.Steps(None, self.run_)
        return question.judge(Answer(200, headers, json.dumps(body).encode()), list(self.run_.events.states(moment, moment)))

    def test_a_value_of_another_type_is_wrong(self):
        rows, columns = self.rows()
        self.assertIsNone(self.ask(rows, columns))
        self.assertIn("samples", self.ask([{**rows[0], "samples": float(rows[0]["samples"])}, *rows[1:]], columns))

    def test_rows_of_any_moment_of_the_request_are_right_and_of_no_other(self):
        (early, columns), before = self.rows(), self.run_.events.moment()
        for _ in range(3):
            self.run_.write()
        question = views.Steps(None, self.run_)
        skipped = self.run_.events.reading(0).skipped(300)
        answer = Answer(200, {"x-row-count": str(len(early)), "x-total-count": str(len(early)), "x-skipped-lines": str(skipped)},
                        json.dumps({"columns": columns, "rows": early, "total": len(early), "sampled": len(early)}).encode())
        now = self.run_.events.moment()
        self.assertIsNone(question.judge(answer, list(self.run_.events.states(before, now))))
        self.assertIsNotNone(question.judge(answer, list(self.run_.events.states(now, now))))


if __name__ == "__main__":
    unittest.main()
