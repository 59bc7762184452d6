"""Make the environment in .venv: find or bring a fitting Python, install exactly what the lock names.

    python3 tools/environment.py run     what `amur` needs
    python3 tools/environment.py test    the same and the test tools

Written for any Python 3 (no f-strings, no annotations), since the Python of a machine may be old. A second
call with nothing changed returns at once. Everything is made inside the checkout (.venv, .tools).
"""

import glob
import hashlib
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, ".tools")
STAMP = os.path.join(VENV, "amur-environment.json")
BIN = "Scripts" if os.name == "nt" else "bin"
EXE = ".exe" if os.name == "nt" else ""
OLDEST, BEYOND = (3, 12), (3, 15)
LOCKS = {"run": "run.lock", "test": "test.lock"}


def say(text):
    sys.stderr.write("amur set-up: " + text + "\n")
    sys.stderr.flush()


def stop(text):
    say(text)
    sys.exit(2)


def output(command):
    """What a command prints, or None where it cannot be run or fails."""
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL, cwd=ROOT).decode("utf-8", "replace")
    except (OSError, subprocess.CalledProcessError):
        return None


def run(command, problem):
    """Run a command; where it fails show the end of what it said and stop with one line."""
    environment = dict(os.environ, VIRTUAL_ENV=VENV)
    environment.pop("PYTHONPATH", None)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    text = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode:
        sys.stderr.write("\n".join(text.strip().splitlines()[-12:]) + "\n")
        stop(problem)


def version_of(python):
    """(major, minor) of an interpreter that is a working CPython with these headers of use, or None."""
    text = output(
        [
            python,
            "-c",
            "import sys, platform; print(sys.version_info[0], sys.version_info[1], "
            "platform.python_implementation())",
        ]
    )
    if not text or len(text.split()) != 3 or text.split()[2] != "CPython":
        return None
    return tuple(int(part) for part in text.split()[:2])


def candidates():
    """Interpreters this machine may have, the most likely first."""
    if os.environ.get("AMUR_PYTHON"):
        yield os.environ["AMUR_PYTHON"]
        return
    yield sys.executable
    for minor in range(BEYOND[1] - 1, OLDEST[1] - 1, -1):
        yield "python3." + str(minor)
        for home in (os.environ.get("PYENV_ROOT"), os.path.expanduser("~/.pyenv")):
            if home:
                pattern = os.path.join(home, "versions", "3." + str(minor) + ".*", "bin", "python3")
                for path in sorted(glob.glob(pattern), reverse=True):
                    yield path


def fitting_python():
    """The first interpreter that fits, or None."""
    for python in candidates():
        version = version_of(python)
        if version and OLDEST <= version < BEYOND:
            return python
    if os.environ.get("AMUR_PYTHON"):
        stop(
            "AMUR_PYTHON ({0}) is not a CPython from {1}.{2} to before {3}.{4}; name another or unset it.".format(
                os.environ["AMUR_PYTHON"], *(OLDEST + BEYOND)
            )
        )
    return None


def find_uv():
    """The path of uv: on the PATH, or installed into .tools by whatever pip this Python has; else None."""
    if output(["uv", "--version"]):
        return "uv"
    home = os.path.join(TOOLS, "uv")
    path = os.path.join(home, BIN, "uv" + EXE)
    if output([path, "--version"]):
        return path
    lock = os.path.join(ROOT, "requirements", "uv.lock")
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    say("bringing uv, which installs the rest")
    if output([sys.executable, "-m", "venv", home]) is not None:
        output([os.path.join(home, BIN, "python" + EXE)] + pip)
    if not output([path, "--version"]):
        output([sys.executable] + pip + ["--prefix", home])
    return path if output([path, "--version"]) else None


def wanted(profile):
    """A fingerprint of everything the environment of a profile is made from."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "tools/environment.py", "requirements/" + LOCKS[profile]):
        with open(os.path.join(ROOT, *name.split("/")), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_ready(profile):
    """Whether .venv already holds this profile (the test profile holds all that the run profile needs)."""
    try:
        with open(STAMP) as file:
            made = json.load(file)
    except (OSError, ValueError):
        return False
    good = made.get(profile) == wanted(profile) and made.get("root") == ROOT
    return good and os.path.exists(os.path.join(VENV, BIN, "amur" + EXE))


def make(profile):
    """Make .venv for a profile. The stamp is written last, so that a broken set-up is made anew."""
    python, uv = fitting_python(), find_uv()
    if os.path.exists(STAMP):
        os.remove(STAMP)
    inside = os.path.join(VENV, BIN, "python" + EXE)
    lock = os.path.join("requirements", LOCKS[profile])
    if uv:
        if python is None:
            say("no Python {0}.{1} or newer here; uv brings one".format(*OLDEST))
            python = "{0}.{1}".format(*OLDEST)
        run(
            [uv, "venv", "--quiet", "--clear", "--python", python, VENV],
            "needs CPython {0}.{1} or newer: none was found and none could be downloaded; install one "
            "and name it in AMUR_PYTHON.".format(*OLDEST),
        )
        say("installing what requirements/" + LOCKS[profile] + " names (a minute the first time)")
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--no-deps"]
        install += ["--require-hashes", "-r", lock]
        itself = [uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", "."]
    elif python:
        run(
            [python, "-m", "venv", "--clear", VENV],
            "this Python has no working venv module and uv could not be installed; install either.",
        )
        say("installing what requirements/" + LOCKS[profile] + " names (some minutes the first time)")
        pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        install = pip + ["--no-deps", "--require-hashes", "-r", lock]
        itself = pip + ["--no-deps", "--no-build-isolation", "-e", "."]
    else:
        stop(
            "needs CPython {0}.{1} or newer, or uv, which can bring one: neither is here and uv could not be "
            "installed.".format(*OLDEST)
        )
    run(install, "could not install the locked packages (is the network reachable?); run the command again.")
    run(itself, "could not install amur itself from this folder.")
    made = {"root": ROOT, profile: wanted(profile)}
    if profile == "test":
        made["run"] = wanted("run")
    with open(STAMP + ".new", "w") as file:
        json.dump(made, file)
    os.rename(STAMP + ".new", STAMP)
    say("ready")


def only_one():
    """Wait until no other set-up works on this checkout: two at once would pull the rug from under each other."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    if not os.path.isdir(TOOLS):
        try:
            os.mkdir(TOOLS)
        except OSError as error:
            if not os.path.isdir(TOOLS):
                stop("cannot write into {0}: {1}.".format(ROOT, error.strerror))
    held = open(os.path.join(TOOLS, "lock"), "w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (IOError, OSError):
        say("another set-up is at work here; waiting for it")
        fcntl.flock(held, fcntl.LOCK_EX)
    return held  # let go when this process ends, however it ends


def main():
    profile = sys.argv[1] if len(sys.argv) == 2 else ""
    if profile not in LOCKS:
        stop("usage: python3 tools/environment.py run|test")
    if not is_ready(profile):
        held = only_one()
        if not is_ready(profile):
            make(profile)
        if held:
            held.close()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("stopped; the next run goes on from here.")
