"""Where things are kept on this machine."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCAL = ROOT / ".local"
STAMPS = LOCAL / "stamps"
LOGS = LOCAL / "logs"
DEMO = LOCAL / "demo"
TEST = LOCAL / "test"
NODE_MODULES = ROOT / "node_modules"
STYLES = ROOT / "static" / "build"
COLLECTED = ROOT / "staticfiles"
