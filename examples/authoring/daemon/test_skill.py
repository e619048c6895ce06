"""Run with:  python3 -m unittest"""
import json
import subprocess
import sys
import unittest
from pathlib import Path

import skill
from skillward_skill import SkillError


class Work(unittest.TestCase):
    def test_counts_words(self):
        self.assertEqual(skill.invoke({"text": "one two"}), {"words": 2})

    def test_says_what_is_wrong_with_a_request(self):
        with self.assertRaises(SkillError):
            skill.invoke({})

    def test_is_well(self):
        self.assertIsNone(skill.health())


class Conversation(unittest.TestCase):
    def test_answers_as_skillward_asks(self):
        requests = [
            {"method": "skill.handshake", "params": {"expected_name": "__ID__", "settings": {"ignore": "the"}}},
            {"method": "skill.health"},
            {"method": "skill.invoke", "params": {"text": "the end"}},
            {"method": "skill.shutdown"},
        ]
        lines = "".join(json.dumps({"jsonrpc": "2.0", **request, "id": at}) + "\n" for at, request in enumerate(requests))
        script = Path(__file__).with_name("skill.py")
        done = subprocess.run([sys.executable, str(script)], input=lines, capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 0, done.stderr)
        results = {answer["id"]: answer["result"] for answer in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(results[0], {"name": "__ID__", "version": "0.1.0"})
        self.assertEqual(results[1], {"status": "ok"})
        self.assertEqual(results[2], {"words": 1})
        self.assertEqual(results[3], {"status": "ok"})


if __name__ == "__main__":
    unittest.main()
