"""The ids under which posts of X are brought."""


def names(*posts: dict[str, str]) -> list[str]:
    return [f"x:{post['id']}" for post in posts]
