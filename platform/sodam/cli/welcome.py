"""What a person sees when everything runs: the doors and who may enter."""

PLATFORM_ACCOUNTS = ("operator@sodam.example", "approver@sodam.example", "analyst@ministry.example")
CITY_ROLES = ("admin", "approver", "head", "officer", "agent", "steward", "privacy")
PASSWORD = "sodam-demo"  # noqa: S105 - the published password of invented people


def welcome(*, port: int, is_demo: bool, cities: list[str]) -> str:
    """URLs, and in the demo the accounts."""
    lines = ["", f"소담이 준비되었습니다:  http://localhost:{port}/", ""]
    if is_demo:
        first = "busan" if "busan" in cities else next(iter(cities), "busan")
        lines += [
            f"  시·도     http://<시·도>.localhost:{port}/          예: http://{first}.localhost:{port}/",
            f"            {' '.join(cities)}",
            f"  직원      http://{first}.localhost:{port}/staff/      officer@{first}.example",
            f"  운영      http://console.localhost:{port}/          {PLATFORM_ACCOUNTS[0]}",
            f"  행정안전부 http://ministry.localhost:{port}/         {PLATFORM_ACCOUNTS[2]}",
            f"  우편함    http://{first}.localhost:{port}/demo/mailbox",
            "",
            f"  시·도 계정 {', '.join(f'{role}@' for role in CITY_ROLES)}<시·도>.example",
            f"  비밀번호  {PASSWORD}  (사람과 글은 모두 지어낸 것입니다)",
        ]
    return "\n".join([*lines, "", "  멈추기: Ctrl-C 또는 sodam down", ""])
