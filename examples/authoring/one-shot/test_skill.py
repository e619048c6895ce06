"""Run with:  python3 -m unittest"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import skill
from skillward_skill import SkillError


def run(params):
    request = json.dumps({"jsonrpc": "2.0", "method": "execute", "params": params, "id": 1})
    script = Path(__file__).with_name("skill.py")
    return subprocess.run([sys.executable, str(script)], input=request, capture_output=True, text=True, timeout=20)


class Work(unittest.TestCase):
    def test_counts_files(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.txt").touch()
            self.assertEqual(skill.execute({"folder": folder}), {"ok": True, "files": 1})

    def test_says_what_is_wrong(self):
        with self.assertRaises(SkillError):
            skill.execute({"folder": "/no/such/folder"})


class Run(unittest.TestCase):
    def test_answers_and_exits_with_0(self):
        done = run({"folder": str(Path(__file__).parent)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(json.loads(done.stdout)["ok"])

    def test_a_failed_run_exits_with_1_and_says_why(self):
        done = run({"folder": "/no/such/folder"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("not a folder", json.loads(done.stdout)["error"])


if __name__ == "__main__":
    unittest.main()
