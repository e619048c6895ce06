"""Run with:  python3 -m unittest"""
import json
import subprocess
import sys
import unittest
from pathlib import Path

import server
from skillward_skill import SkillError


class Tools(unittest.TestCase):
    def test_counts_words(self):
        self.assertEqual(server.count_words({"text": "one two"}), {"words": 2})

    def test_says_what_is_wrong_with_a_call(self):
        with self.assertRaises(SkillError):
            server.count_words({})


class Conversation(unittest.TestCase):
    def test_answers_as_a_client_asks(self):
        requests = [
            {"method": "initialize", "params": {"protocolVersion": "2025-11-25"}},
            {"method": "ping"},
            {"method": "tools/list"},
            {"method": "tools/call", "params": {"name": "count_words", "arguments": {"text": "the end"}}},
            {"method": "tools/call", "params": {"name": "count_words", "arguments": {}}},
        ]
        lines = "".join(json.dumps({"jsonrpc": "2.0", **request, "id": at}) + "\n" for at, request in enumerate(requests))
        script = Path(__file__).with_name("server.py")
        done = subprocess.run([sys.executable, str(script)], input=lines, capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 0, done.stderr)
        results = {answer["id"]: answer["result"] for answer in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(results[0]["serverInfo"]["name"], "__ID__")
        self.assertEqual([tool["name"] for tool in results[2]["tools"]], ["count_words"])
        self.assertEqual(json.loads(results[3]["content"][0]["text"]), {"words": 2})
        self.assertTrue(results[4]["isError"])


if __name__ == "__main__":
    unittest.main()
