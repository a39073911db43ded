"""The files of `deploy/` against what they speak of, and two replicas behind the proxy while everything happens to them.

What needs nginx, systemd or util-linux is skipped where they are absent, with the reason.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import tomllib
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from streamlit import config
from typer.testing import CliRunner
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support.facts import edit
from tests.support.small_facts import EXPORTS_2025, delivery, facts_alone
from trade import paths, settings
from trade.api.request_guard import LONGEST
from trade.api.routes import ADDRESSES
from trade.cli.commands import app as command_line
from trade.ingest import apply, audit_log
from trade.paths import PROJECT
from trade.process_lifetime import end_with_parent
from trade.store import build_store, open_store

DEPLOY = PROJECT / "deploy"
UNITS = ("trade@.service", "trade-build.service")
NAME = "trade.example.org"
NGINX = shutil.which("nginx") or next((path for path in ["/usr/sbin/nginx"] if Path(path).is_file()), "")
needs_nginx = pytest.mark.skipif(not NGINX or not shutil.which("openssl"), reason="no nginx or openssl here")
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
needs_flock = pytest.mark.skipif(not shutil.which("flock"), reason="no flock here")


def texts() -> dict[str, str]:
    """Every file that speaks of a server to be set up."""
    files = [path for path in DEPLOY.rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    files += [PROJECT / "docs" / "deploy.md"]
    return {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in files}


# What the files name is there


def test_every_setting_that_is_named_is_read() -> None:
    read = {settings.HOSTS, settings.FRAMES, settings.CHANGES, "TRADE_OPERATOR", "TRADE_HOME", "TRADE_DATA"}
    source = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (paths, settings))
    assert all(name in source for name in read)
    options = {f"STREAMLIT_{name.replace('.', '_')}".upper() for name in _options()}
    for file, text in texts().items():
        assert set(re.findall(r"\bTRADE_[A-Z]+\b", text)) <= read | {"TRADE_KILLS"}, file
        assert set(re.findall(r"\bSTREAMLIT_[A-Z_]+\b", text)) <= options, file


def _options() -> list[str]:
    """Streamlit's options (`server.port`, ...), words separated by `_` as in names of environment variables."""
    return [re.sub(r"(?<!^)(?<![.])([A-Z])", r"_\1", name) for name in config.get_config_options(force_reparse=False)]


def test_the_settings_are_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (DEPLOY / "trade.env").read_text(encoding="utf-8").splitlines():
        if re.match(r"#?[A-Z_]+=", line):  # also what is offered
            name, _, value = line.lstrip("#").partition("=")
            monkeypatch.setenv(name, value)
    settings.check()
    assert settings.hosts() == (NAME,)
    assert settings.changes() == "off"


def test_commands_and_options_exist() -> None:
    """`trade serve --headless --port 8501` and the like, wherever they stand."""
    runner, seen = CliRunner(), set[str]()
    for file, text in texts().items():
        for command, options in re.findall(
            r"\btrade\"?,? \"?([a-z]+)\b((?:[ ,\"]+(?:--[a-z][a-z-]*|[\d.%i]+))*)", text
        ):
            if command not in ("serve", "build", "import", "update", "doctor", "sql"):
                continue
            help_text = runner.invoke(command_line, [command, "--help"], env={"COLUMNS": "200"}).stdout
            for option in re.findall(r"--[a-z][a-z-]*", options):
                assert option in help_text, f"{file}: trade {command} {option}"
                seen.add(option)
    assert seen >= {"--headless", "--port", "--address"}


def test_files_that_the_docs_name_exist() -> None:
    text = texts()["docs/deploy.md"]
    for name in set(re.findall(r"\bdeploy/[\w./@-]*[\w]", text)) | set(re.findall(r"\((\w+\.md)\)", text)):
        assert (PROJECT / name).exists() or (PROJECT / "docs" / name).exists(), name
    for script in ("backup", "restore"):
        assert (DEPLOY / script).stat().st_mode & stat.S_IXUSR
        assert f"deploy/{script}" in text


def test_no_address_but_the_base_image_stands_in_them() -> None:
    for file, text in texts().items():
        hosts = set(re.findall(r"\b(?:[a-z0-9-]+\.)+(?:org|com|io|net|dev)\b", text))
        assert hosts <= {NAME, "news.example.org", "example.org"} | (
            {"docker.io"} if file == "deploy/Containerfile" else set()
        ), file


class TestContainerfile:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")

    def test_it_runs_without_rights_what_is_pinned(self) -> None:
        assert re.findall(r"^USER (\S+)", self.text, re.MULTILINE)[-1] == "trade"
        assert "--uid 10001" in self.text
        assert "--require-hashes -r requirements.txt" in self.text
        assert "TRADE_CHANGES=off" in self.text
        assert re.findall(r"^FROM (\S+)", self.text, re.MULTILINE) == ["${BASE}", "${BASE}"]
        command = json.loads(re.findall(r"^CMD (.*)", self.text, re.MULTILINE)[0])
        assert command[:3] == ["trade", "serve", "--headless"]
        port = CliRunner().invoke(command_line, ["serve", "--help"], env={"COLUMNS": "200"}).stdout
        exposed = re.findall(r"^EXPOSE (\d+)", self.text, re.MULTILINE)[0]
        assert f"[default: {exposed}]" in port

    def test_it_installs_the_wheel_and_copies_nothing_else_of_the_clone(self) -> None:
        first, last = self.text.split("FROM ${BASE}")[1:]
        assert "pip wheel" in first
        assert re.search(r"pip install [^\n]*--no-deps --no-index dist/\*\.whl", first)
        assert re.findall(r"^COPY (.*)", last, re.MULTILINE) == ["--from=packages /srv/trade /srv/trade"]
        assert "-e ." not in self.text

    def test_the_requirements_are_hashed(self) -> None:
        pins = re.findall(r"^[a-z0-9][^\n]*==(?:[^\n]*\\\n)+[^\n]*", (PROJECT / "requirements.txt").read_text(), re.M)
        assert len(pins) > 50
        assert all("--hash=sha256:" in pin for pin in pins)

    def test_no_secret_and_no_test_is_copied(self) -> None:
        ignored = (PROJECT / ".containerignore").read_text(encoding="utf-8").splitlines()
        assert {".git", ".venv", "tests", ".streamlit/secrets.toml"} <= set(ignored)
        used = ["app.py", "pages", "trade", "data", "static", "stories", ".streamlit", "requirements.txt", "README.md"]
        assert not {*used, "LICENSE", "docs", "deploy"} & set(ignored)


class TestUnits:
    @needs_systemd
    @pytest.mark.parametrize("unit", UNITS)
    def test_systemd_takes_them_and_finds_them_tight(self, unit: str, tmp_path: Path) -> None:
        command = tmp_path / "srv" / ".venv" / "bin" / "trade"
        command.parent.mkdir(parents=True)
        command.write_text("#!/bin/sh\n")
        command.chmod(0o755)
        for one in UNITS:
            text = (DEPLOY / "systemd" / one).read_text(encoding="utf-8").replace("/srv/trade", str(tmp_path / "srv"))
            (tmp_path / one.replace("@.", "@8501.")).write_text(text)
        path = tmp_path / unit.replace("@.", "@8501.")
        checked = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
        assert (checked.returncode, [line for line in checked.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=yes", "--threshold=20", path], capture_output=True, check=False
        )
        assert judged.returncode == 0, "an exposure above 2.0"

    def test_a_replica_writes_nothing_and_a_query_that_is_ended_ends_nothing_else(self) -> None:
        text = (DEPLOY / "systemd" / "trade@.service").read_text(encoding="utf-8")
        assert "ProtectSystem=strict" in text
        assert "OOMPolicy=continue" in text
        assert not re.findall(r"^(?:State|Cache|Logs|Runtime)Directory=|^ReadWritePaths=", text, re.MULTILINE)
        build = (DEPLOY / "systemd" / "trade-build.service").read_text(encoding="utf-8")
        homes = {re.findall(r"TRADE_HOME=(\S+)", one)[0] for one in (text, build)}
        assert homes == {"/var/lib/" + re.findall(r"^StateDirectory=(\S+)", build, re.MULTILINE)[0]}


class TestProxy:
    text = (DEPLOY / "nginx" / "trade.conf").read_text(encoding="utf-8")

    def test_its_limits_are_those_of_the_server(self) -> None:
        settled = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
        (body,) = re.findall(r"client_max_body_size (\d+)m", self.text)
        assert 0 < int(body) - settled["server"]["maxUploadSize"] <= 1
        (header,) = re.findall(r"large_client_header_buffers \d+ (\d+)k", self.text)
        assert int(header) << 10 > LONGEST + 1000
        (idle,) = re.findall(r"proxy_read_timeout (\d+)s", self.text)
        assert int(idle) > 2 * (config.get_option("server.websocketPingInterval") or 30)

    def test_its_addresses_are_those_of_the_server(self) -> None:
        places = set(re.findall(r"location (?:= )?(\S+) \{", self.text))
        assert places == {
            "/", "/_stcore/stream", "/static/", "/app/static/", "/api/", "/api/metrics", "/_stcore/metrics",
        }  # fmt: skip
        assert "/api/metrics" in ADDRESSES
        for place in ("/api/metrics", "/_stcore/metrics"):
            assert f"location = {place} {{ return 404; }}" in self.text
        ports = re.findall(r"server 127\.0\.0\.1:(\d+)", self.text)
        assert len(ports) == 2
        assert " ".join(f"trade@{port}" for port in ports) in texts()["docs/deploy.md"]


# Two replicas behind the proxy


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def proxy_files(folder: Path, replicas: list[int], public: int) -> Path:
    """Write the example with other ports, folders and certificate, and an nginx.conf that includes and logs it."""
    text = TestProxy.text
    changes = {
        "/etc/trade/tls/fullchain.pem": f"{folder}/cert.pem", "/etc/trade/tls/privkey.pem": f"{folder}/key.pem",
        "/var/cache/nginx/trade": f"{folder}/cache", "127.0.0.1:8501": f"127.0.0.1:{replicas[0]}",
        "127.0.0.1:8502": f"127.0.0.1:{replicas[1]}", "    listen 80;\n": f"    listen 127.0.0.1:{replicas[-1]};\n",
        "listen 443": f"listen 127.0.0.1:{public}",
    }  # fmt: skip
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "trade.conf").write_text(text)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem", "-out",
         folder / "cert.pem", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"],
        check=True, capture_output=True,
    )  # fmt: skip
    places = "".join(f"{kind}_temp_path {folder}/t; " for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    log = "'$http_user_agent\t$upstream_addr\t$status\t$request_method\t$uri'"
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ log_format who {log}; access_log {folder}/access.log who; client_body_temp_path {folder}/t; {places}\n"
        f"include {folder}/trade.conf; }}\n"
    )
    return whole


@needs_nginx
def test_nginx_takes_the_example(tmp_path: Path) -> None:
    whole = proxy_files(tmp_path, free_ports(3), free_ports(1)[0])
    checked = subprocess.run([NGINX, "-t", "-p", tmp_path, "-c", whole], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


class Replica:
    """`trade serve`, started as the systemd unit does."""

    def __init__(self, port: int, home: Path) -> None:
        self.port, self._home = port, home
        self.process = self.start()

    def start(self) -> subprocess.Popen:
        environment = os.environ | {
            "TRADE_HOME": str(self._home), "TRADE_HOSTS": NAME, "TRADE_CHANGES": "off", "PYTHONPATH": str(PROJECT),
            "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        }  # fmt: skip
        command = [sys.executable, "-m", "trade", "serve", "--headless", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=end_with_parent
        )
        return self.process

    def version(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/health", timeout=20) as answer:
            return json.load(answer)["version"]

    def ready(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                self.version()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(f"replica on port {self.port}")

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=30)


class Site:
    """Two replicas on one folder and the proxy before them; `ask` and `connect` go through the proxy."""

    def __init__(self, folder: Path, home: Path) -> None:
        *ports, self.public = free_ports(4)
        self.replicas = [Replica(port, home) for port in ports[:2]]
        self.log = folder / "access.log"
        whole = proxy_files(folder, ports, self.public)
        plain = (folder / "trade.conf").read_text().replace(" ssl http2;", ";")
        (folder / "trade.conf").write_text(
            plain
        )  # the test is about the connection behind the proxy, not about TLS before it
        self.proxy = subprocess.Popen([NGINX, "-p", folder, "-c", whole], preexec_fn=end_with_parent)
        for one in self.replicas:
            one.ready()

    def ask(self, reader: str, path: str, method: str = "GET") -> tuple[int, bytes]:
        headers = {"Host": NAME, "User-Agent": reader}
        request = urllib.request.Request(f"http://127.0.0.1:{self.public}{path}", headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def connect(self, reader: str, origin: str = "") -> ClientConnection:
        """Open the websocket of a page."""
        way = socket.create_connection(("127.0.0.1", self.public), timeout=20)
        return connect(
            f"ws://{NAME}:{self.public}/_stcore/stream", sock=way, user_agent_header=reader,
            origin=origin or f"http://{NAME}:{self.public}", subprotocols=["streamlit"], proxy=None, open_timeout=20,
        )  # fmt: skip

    def lines(self) -> list[list[str]]:
        """The proxy's log: client, replica, status, method and path of each request."""
        return [line.split("\t") for line in self.log.read_text().splitlines()]

    def end(self) -> None:
        for process in (self.proxy, *(one.process for one in self.replicas)):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Iterator[Site]:
    one = Site(tmp_path_factory.mktemp("proxy"), base)
    yield one
    one.end()


@needs_nginx
def test_all_that_one_reader_asks_meets_in_one_replica(site: Site) -> None:
    readers = [f"reader {number}" for number in range(12)]
    for reader in readers:
        with site.connect(reader):
            assert site.ask(reader, "/growth")[0] == 200
            assert site.ask(reader, "/media/of-this-session.csv")[0] == 404
            assert site.ask(reader, "/_stcore/upload_file/session/file", "PUT")[0] in (400, 403, 411)
    replicas = {reader: {line[1] for line in site.lines() if line[0] == reader} for reader in readers}
    assert all(len(found) == 1 for found in replicas.values()), replicas
    assert len(set.union(*replicas.values())) == 2, "both have readers"


@needs_nginx
def test_the_proxy_hides_and_lets_nobody_else_in(site: Site) -> None:
    assert site.ask("reader", "/api/metrics")[0] == 404
    assert site.ask("reader", "/_stcore/metrics")[0] == 404
    assert site.ask("reader", "/growth?q=" + "x" * 8000)[0] == 414
    assert b"8,000 are allowed" in site.ask("reader", "/growth?q=" + "x" * 8000)[1]
    with pytest.raises(Exception, match="403"), site.connect("reader", origin="https://evil.example"):
        pass


@contextmanager
def steady_clients(site: Site) -> Iterator[Counter[object]]:
    """Clients that send requests until the block ends; yields the count of their responses."""
    responses: Counter[object] = Counter()
    over = threading.Event()

    def read(number: int) -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            reader = f"crowd {number} {turn % 5}"
            path = ("/api/health", "/growth", f"/api/measures?{number}{turn}", "/_stcore/health")[turn % 4]
            try:
                status, body = site.ask(reader, path.partition("?")[0])
            except OSError as error:
                status, body = 0, str(error).encode()
            responses[path if status == 200 else (status, path, body[:100])] += 1
            if path == "/api/health" and status == 200:
                responses[json.loads(body)["version"]] += 1
            time.sleep(0.15)  # the proxy allows ten requests per second from one address

    threads = [threading.Thread(target=read, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield responses
    finally:
        over.set()
        for thread in threads:
            thread.join()


@needs_nginx
def test_a_refresh_and_a_restart_fail_no_request(site: Site, base: Path, data: Path, tmp_path: Path) -> None:
    before = open_store(base).version
    shutil.copytree(data, tmp_path / "new")
    edit(tmp_path / "new" / "reference" / "groups.csv", lambda raw: raw.replace(b"World", b"The world", 1))
    first, second = site.replicas
    readers = [f"page {number}" for number in range(12)]
    with steady_clients(site) as responses, ExitStack() as stack:
        assert [one.version() for one in site.replicas] == [before, before]
        _until(lambda: responses[before] > 0)
        with facts_alone():
            after = build_store(tmp_path / "new", base).version
        assert [one.version() for one in site.replicas] == [after, after], "at once, in both, without a restart"
        open_pages = [stack.enter_context(site.connect(reader)) for reader in readers]
        assert first.stop() in (0, -signal.SIGTERM)
        cut = [reader for reader, page in zip(readers, open_pages, strict=True) if not _is_open(page)]
        for reader in cut:
            assert _is_open(stack.enter_context(site.connect(reader))), "the other replica takes over cut connections"
        time.sleep(0.5)
        first.start()
        first.ready()
        _until(lambda: responses[after] > 0)
        assert first.version() == second.version() == after
    failed = [outcome for outcome in responses if isinstance(outcome, tuple)]
    assert not failed
    assert 0 < len(cut) < len(readers), "some pages were on the replica that was stopped, some were not"


def _until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.05)


def _is_open(page: ClientConnection) -> bool:
    try:
        page.ping().wait(5)
        page.recv(timeout=0.05)
    except TimeoutError:
        return True
    except ConnectionClosed:
        return False
    return True


# Backup and restore


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A `trade build` without marts: the tests are about the scripts around it."""
    path = tmp_path / "bin" / "trade"
    path.parent.mkdir()
    path.write_text(
        f"#!{sys.executable}\nfrom tests.support.small_facts import facts_alone\nfrom trade.ingest import audit_log\nfrom trade.store import build_store\n"
        "with facts_alone(), audit_log.change('build'):\n    print(build_store().store)\n"
    )
    path.chmod(0o755)
    return path


def run(script: str, argument: Path, home: Path, data: Path, command: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "TRADE_HOME": str(home), "TRADE_DATA": str(data), "TRADE": str(command), "PYTHONPATH": str(PROJECT)
    }  # fmt: skip
    return subprocess.run(
        [DEPLOY / script, argument], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def put(home: Path, data: Path, usa: float, vintage: str) -> None:
    changed = [row | {"value_usd": usa} if row["importer"] == "USA" else row for row in EXPORTS_2025]
    with facts_alone(), audit_log.change("import", home=home), apply.session("a test", home) as folder:
        sent = delivery("tiny", vintage, {"bilateral_export": changed})
        apply.apply([sent], folder, data=data, accept_loss=True)  # a part of the year


def exports_to_usa(home: Path) -> float:
    sql = "SELECT value_usd FROM fact.bilateral_export WHERE year = 2025 AND exporter = 'CHN' AND importer = 'USA'"
    return float(open_store(home).query(sql)["value_usd"][0])


@needs_flock
def test_what_was_imported_comes_back_from_an_archive(tmp_path: Path, data: Path, command: Path) -> None:
    home, other, archives = tmp_path / "home", tmp_path / "other", tmp_path / "kept"
    archives.mkdir()
    put(home, data, 51.0, "2026-09-01")
    version = open_store(home).version
    saved = run("backup", archives, home, data, command)
    assert saved.returncode == 0, saved.stderr
    archive = Path(saved.stdout.strip())
    assert archive.parent == archives
    put(home, data, 52.0, "2026-10-01")
    assert exports_to_usa(home) == 52.0

    back = run("restore", archive, other, data, command)  # a new machine
    assert back.returncode == 0, back.stderr
    assert (open_store(other).version, exports_to_usa(other)) == (version, 51.0)

    back = run("restore", archive, home, data, command)  # the folder in service
    assert back.returncode == 0, back.stderr
    assert (open_store(home).version, exports_to_usa(home)) == (version, 51.0)
    assert [line["what"] for line in audit_log.trail(home)] == ["build", "import", "import"], "the log goes on"
    assert len(list(home.glob("facts-before-*"))) == 1, "the replaced facts are kept"

    put(home, data, 53.0, "2026-11-01")
    assert exports_to_usa(home) == 53.0


@needs_flock
def test_an_archive_that_is_damaged_or_does_not_build_changes_nothing(
    tmp_path: Path, data: Path, command: Path
) -> None:
    home, archives = tmp_path / "home", tmp_path / "kept"
    archives.mkdir()
    put(home, data, 51.0, "2026-09-01")
    version = open_store(home).version
    archive = Path(run("backup", archives, home, data, command).stdout.strip())
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-20])
    refused = run("restore", archive, home, data, command)
    assert refused.returncode == 1
    assert "not what was written" in refused.stderr
    archive.write_bytes(whole)
    for script, message in (("exit 1", "nothing was changed"), ("kill $PPID", "")):
        command.write_text(f"#!/bin/sh\n{script}\n")
        refused = run("restore", archive, home, data, command)
        assert refused.returncode != 0
        assert message in refused.stderr
        fresh = run("restore", archive, tmp_path / "fresh", data, command)
        assert fresh.returncode != 0
        assert not (tmp_path / "fresh" / "facts").exists()
    assert (open_store(home).version, exports_to_usa(home)) == (version, 51.0)
    assert len(list((home / "facts" / "tiny").iterdir())) == 1
    assert sorted(path.name for path in home.iterdir() if "restored" in path.name or "before" in path.name) == []


@needs_flock
def test_a_backup_waits_for_an_update(tmp_path: Path, data: Path, command: Path) -> None:
    """The backup script's `flock` and the program's lock exclude each other."""
    home = tmp_path / "home"
    put(home, data, 51.0, "2026-09-01")
    with apply.session("a test", home):
        tried = subprocess.run(["flock", "--nonblock", home / ".update.lock", "true"], check=False)
    assert tried.returncode == 1
    assert run("backup", tmp_path, home, data, command).returncode == 0
