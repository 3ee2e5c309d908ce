"""The files of docs/deploy/ name what exists: commands, settings, addresses, folders."""

import configparser
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
SETTINGS = "\n".join(path.read_text() for path in (ROOT / "src" / "config" / "settings").glob("*.py"))
NGINX = (DEPLOY / "nginx.conf").read_text()


def read(path):
    """A unit, as systemd reads it: keys may repeat, case matters, % is not ours."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(path)
    return parser


def environment() -> dict[str, str]:
    lines = (DEPLOY / "terrain.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_exists_with_options_it_knows(path):
    service = read(path)["Service"]
    _python, *words = service["ExecStart"].split()

    if "manage.py" in words:
        name, *arguments = words[words.index("manage.py") + 1 :]
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(arguments)
    else:
        assert words[-1] == "src.config.wsgi"
    assert (service["User"], service["NoNewPrivileges"], service["ProtectSystem"]) == ("terrain", "yes", "strict")
    assert service["EnvironmentFile"] == "/etc/terrain/terrain.env"


def test_each_timer_has_its_service():
    timers = [path for path in UNITS if path.suffix == ".timer"]

    assert [path.name for path in timers if not path.with_suffix(".service").exists()] == []
    assert all("OnCalendar" in read(path)["Timer"] for path in timers)


def test_each_setting_named_is_one_the_product_reads_and_none_required_is_missing():
    named = {name for name in environment() if name.startswith("TERRAIN_")}
    read = set(re.findall(r"\bTERRAIN_[A-Z_]+\b", SETTINGS))
    required = set(re.findall(r'_required\(\s*"(TERRAIN_\w+)"', SETTINGS)) | {
        "TERRAIN_SECRET_KEY_FILE",
        "TERRAIN_KEYS",
    }

    assert named - read == set()
    assert required - named - {"TERRAIN_OIDC_CLIENT_ID"} == set()


def test_nginx_and_the_settings_agree_on_private_files_folders_and_the_socket():
    settings = environment()
    internal = re.search(r"location (/\S+)/ \{\s+internal;\s+alias (\S+)/;", NGINX)

    assert internal.groups() == (settings["TERRAIN_ACCEL_PREFIX"], f"{settings['TERRAIN_VAR']}/media/private")
    assert f"alias {settings['TERRAIN_STATIC']}/;" in NGINX
    assert f"alias {settings['TERRAIN_MEDIA']}/$1;" in NGINX
    socket = re.search(r"server unix:(\S+) ", NGINX)[1]
    assert f"--bind unix:{socket} " in (DEPLOY / "terrain-web.service").read_text()


def test_every_file_nginx_sends_itself_carries_the_headers():
    sent = re.findall(r"location [^{]+\{[^}]*?alias [^}]*\}", NGINX)

    assert len(sent) == 4
    assert [block for block in sent if "include /etc/nginx/terrain-files.conf;" not in block] == []
    assert {line.split()[1] for line in (DEPLOY / "terrain-files.conf").read_text().splitlines()[1:]} == {
        "X-Content-Type-Options",
        "Cross-Origin-Resource-Policy",
        "Strict-Transport-Security",
    }


def test_when_the_application_is_not_there_a_page_of_ours_says_when_to_come_back():
    page = re.search(r"error_page 502 504 =503 (/\S+);\s+location = (/\S+) \{(.*?)\}", NGINX, re.DOTALL)

    assert page[1] == page[2]
    assert "internal;" in page[3] and "add_header Retry-After 30 always;" in page[3]
    assert "Attendez une minute, puis réessayez." in (DEPLOY / page[1].lstrip("/")).read_text()


def test_what_the_access_log_keeps_is_of_no_person():
    kept = re.search(r"log_format terrain (.*?);", NGINX, re.DOTALL)[1]

    assert re.search(r"\$(remote_addr|request_uri|args|http_|cookie|remote_user)", kept) is None


def test_the_proxy_stamps_each_request_and_what_waits_before_the_workers_is_bounded():
    assert 'proxy_set_header X-Request-Start "t=${msec}";' in (DEPLOY / "terrain-proxy.conf").read_text()
    started = read(DEPLOY / "terrain-web.service")["Service"]["ExecStart"].split()

    assert {"--worker-connections", "--backlog"} <= set(started)


def test_effects_give_way_to_people():
    nice = {path.name: read(path)["Service"].get("Nice", "0") for path in UNITS if path.suffix == ".service"}

    assert nice["terrain-web.service"] == "0"
    assert {nice[f"terrain-{name}.service"] for name in ("relay", "worker@", "tick")} == {"10"}


@pytest.mark.parametrize(
    ("route", "kept"), [("meetings:feed", "/reunions/calendrier/"), ("ratings:visit", "/noter/visite/")]
)
def test_the_proxy_writes_no_secret_that_an_address_holds(route, kept):
    """A calendar's feed and a link after a visit are their own password; every other route of that kind joins them."""
    rules = re.findall(r"^    ~(\S+) (\S+);", NGINX.split("map $uri $terrain_uri")[1].split("}")[0], re.M)
    address = reverse(route, args=["zK3-secret_of_somebody"])

    written = next(told for pattern, told in rules if re.search(pattern, address))

    assert written == f"{kept}-"
    assert "$request_method $terrain_uri " in NGINX and "$request_method $uri" not in NGINX
    access = NGINX.split("log_format")[1].split(";")[0]
    assert "$request_uri" not in access and "$uri " not in access and "referer" not in access
