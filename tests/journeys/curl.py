"""As much of curl as the README's tour needs, for machines without one: -s, -i, -H, -d, -X."""

import argparse
import http.client
import sys
from urllib.parse import urlsplit


def main() -> None:
    """Ask, and print the answer as curl does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-i", action="store_true")
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("-d")
    parser.add_argument("-X")
    asked = parser.parse_args()
    headers = dict(line.split(": ", 1) for line in asked.H)
    if asked.d is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    url = urlsplit(asked.url)
    connection = http.client.HTTPConnection(url.netloc, timeout=60)
    connection.request(
        asked.X or ("GET" if asked.d is None else "POST"), f"{url.path}?{url.query}", asked.d, headers
    )
    answer = connection.getresponse()
    if asked.i:
        sys.stdout.writelines(f"{name}: {value}\r\n" for name, value in answer.getheaders())
    sys.stdout.write(answer.read().decode())


if __name__ == "__main__":
    main()
