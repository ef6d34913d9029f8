"""The judge is judged by files small enough to be read by eye."""
import unittest

from judge import Reading


def reading(text):
    it = Reading()
    it.extend(text if isinstance(text, bytes) else text.encode())
    return it


def event(data, ts="1.5"):
    return f'{{"ts": {ts}, "type": "metrics", "data": {data}}}\n'


def steps(text):
    it = reading(text)
    table = it.step_table(len(it.events))
    return [table.row("global_step", key) for key in sorted(table.rows)]


class JudgeTest(unittest.TestCase):
    def test_events_of_one_step_are_one_row_and_the_later_line_wins(self):
        rows = steps(event('{"step": 2, "a": 1, "b": 1}') + event('{"step": 1, "a": 3}') + event('{"step": 2, "a": 5}'))
        self.assertEqual(rows, [{"global_step": 1, "a": 3}, {"global_step": 2, "a": 5, "b": 1}])

    def test_half_a_line_waits(self):
        it = reading(event('{"step": 1, "a": 1}') + event('{"step": 2, "a": 1}')[:-1])
        self.assertEqual(len(it.events), 1)
        it.extend((event('{"step": 1, "a": 1}') + event('{"step": 2, "a": 1}')).encode())
        self.assertEqual(sorted(it.step_table(2).rows), [1, 2])

    def test_steps_are_read_as_int_reads_them(self):
        texts = ["3", '"3"', "3.7", "true", '" 4_0 "', '"3.7"', "null", "[]", "1e400", "99999999999999999999"]
        found = [steps(event('{"global_step": %s, "a": 1}' % text)) for text in texts]
        self.assertEqual([rows and rows[0]["global_step"] for rows in found], [3, 3, 3, 1, 40, [], [], [], [], []])

    def test_what_is_not_an_event_is_skipped_and_what_is_unknown_is_not(self):
        it = reading('{"a"\n[1]\n\n{"type": "x"}\n{"type": "metrics"}\n' + event('{"a": NaN}') + '{"type": "image", "data": {}}\n')
        self.assertEqual(it.skipped(len(it.events)), 3)

    def test_a_fraction_makes_a_column_one_of_doubles(self):
        rows = steps(event('{"step": 1, "a": 9007199254740993}') + event('{"step": 2, "a": 0.5}'))
        self.assertEqual([repr(row["a"]) for row in rows], ["9007199254740992.0", "0.5"])

    def test_what_is_not_finite_is_null_and_objects_are_dropped(self):
        rows = steps(event('{"step": 1, "a": NaN, "b": -Infinity, "c": {}, "d": [1], "e": "t", "f": 1e400}'))
        self.assertEqual(rows, [{"global_step": 1, "a": None, "b": None, "e": "t", "f": None}])

    def test_times_begin_at_the_earliest_event_and_hold_numbers_alone(self):
        it = reading(event('{"step": 1, "a": 1, "s": "x", "t": true}', "12") + event('{"a": 2}', "10") + event('{"time": 11, "a": 3}'))
        table, origin = it.time_table(3), it.origin(3)
        self.assertEqual([table.row("time", key, origin) for key in sorted(table.rows)],
                         [{"time": 0.0, "a": 2}, {"time": 1.0, "a": 3}, {"time": 2.0, "a": 1}])

    def test_the_table_of_a_prefix_is_that_of_its_lines_alone(self):
        it = reading("".join(event('{"step": %d, "a": %d}' % (step, step)) for step in range(10)))
        self.assertEqual(sorted(it.step_table(10).rows), list(range(10)))
        self.assertEqual(sorted(it.step_table(4).rows), list(range(4)))
        self.assertEqual(it.touched(4, 6), {4, 5})

    def test_a_fraction_without_a_step_makes_the_column_one_of_doubles_too(self):
        self.assertEqual(repr(steps(event('{"step": 1, "a": 7}') + event('{"a": 0.5}'))[0]["a"]), "7.0")

    def test_values_of_a_column_of_doubles_are_doubles(self):
        it = reading(event('{"step": 1, "a": -1002268097121755403}') + event('{"step": 2, "a": 0.5}'))
        self.assertEqual(repr(it.values("a", 2)), "[(1, -1.0022680971217554e+18), (2, 0.5)]")

    def test_bytes_that_are_no_text_are_replaced_and_the_line_is_kept(self):
        self.assertEqual(steps(event('{"step": 1, "a": "?"}').encode().replace(b"?", b"\xed\xa0\x80")),
                         [{"global_step": 1, "a": "\ufffd"}])

    def test_columns_are_in_the_order_in_which_the_run_logged_them_also_without_a_step(self):
        it = reading(event('{"b": 1}') + event('{"step": 1, "a": 1}') + event('{"step": 2, "b": 1}'))
        self.assertEqual(it.step_table(3).columns(), ["b", "a"])

    def test_integers_beyond_all_doubles_are_infinite(self):
        it = reading(event('{"step": 1, "a": %s}' % ("9" * 400)) + event('{"step": 2, "a": 0.5}'))
        self.assertEqual(it.values("a", 2)[0][1], float("inf"))

    def test_a_mark_at_the_start_and_carriage_returns_are_no_part_of_lines(self):
        self.assertEqual(len(steps(b"\xef\xbb\xbf" + event('{"step": 1, "a": 1}').replace("\n", "\r\n").encode())), 1)


if __name__ == "__main__":
    unittest.main()
