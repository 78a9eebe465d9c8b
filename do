#!/bin/sh
# One command for everything. Needs only sh and Python 3.11 or newer; all it installs stays in ./.venv.
#   ./do demo    a living sample company in the browser        ./do test    the suite, in minutes
#   ./do check   every gate, every test                        ./do bench   the benchmarks
#   ./do arbiter …  the command line                           ./do lock    pin the dependencies anew
#   ./do clients    the real SDKs that the ingest door is tested with; needs Node and npm
set -eu
cd "$(dirname "$0")"
export UV_PYTHON_DOWNLOADS=never PYTHONPATH="$PWD/src:$PWD${PYTHONPATH:+:$PYTHONPATH}"
python=.venv/bin/python
# Compiled Python is kept with what is installed, whatever the shell says: every start without it compiles Django anew.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/.venv/compiled"

# install GROUP: the pinned packages of requirements/GROUP.txt, once; a stamp newer than the pins skips it.
install() {
  stamp=".venv/installed-$1"
  if [ -f "$stamp" ] && [ "$stamp" -nt "requirements/$1.txt" ]; then return 0; fi
  began=$(date +%s)
  if [ ! -x "$python" ]; then
    "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
      echo "Python 3.11 or newer is needed. Set PYTHON=/path/to/python3 if it has another name." >&2
      exit 2
    }
    echo "Making .venv …"
    "${PYTHON:-python3}" -m venv .venv
  fi
  echo "Installing requirements/$1.txt …"
  { [ -x .venv/bin/uv ] || "$python" -m pip install --quiet --disable-pip-version-check uv; } &&
    .venv/bin/uv pip install --quiet --python "$python" --require-hashes -r "requirements/$1.txt" || {
    echo "uv cannot do it here; plain pip does the same, more slowly."
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1.txt"
  }
  touch "$stamp"
  echo "Installed in $(($(date +%s) - began)) s."
}

# install_clients: the SDKs of requirements/clients.txt and tests/clients/package.json, each kind in a folder of its own.
install_clients() {
  command -v npm >/dev/null || {
    echo "Node and npm are needed: apt-get install nodejs npm" >&2
    exit 2
  }
  wanted=$(cat requirements/clients.txt tests/clients/package.json | cksum)
  [ "$(cat .venv/installed-clients 2>/dev/null)" = "$wanted" ] && return 0
  echo "Installing the clients …"
  [ -x .venv/clients/bin/python ] || "$python" -m venv .venv/clients
  .venv/bin/uv pip install --quiet --python .venv/clients/bin/python --require-hashes -r requirements/clients.txt ||
    .venv/clients/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/clients.txt
  mkdir -p .venv/node
  cp tests/clients/package.json .venv/node/
  npm install --prefix .venv/node --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$wanted" >.venv/installed-clients
}

command=${1:-help}
[ $# -eq 0 ] || shift
case "$command" in
  demo)
    install app
    exec "$python" -m arbiter demo "$@"
    ;;
  arbiter)
    install app
    exec "$python" -m arbiter "$@"
    ;;
  test)
    install test
    # Without words of its own: on every core, and without the sweeps, which take as long as all the rest.
    if [ $# -eq 0 ]; then
      echo "The suite without its sweeps (every page in both looks, killed processes, simulations, the sample by hand): ./do check runs those."
      set -- -n auto --dist worksteal -m "not sweep"
    fi
    exec "$python" -m pytest "$@"
    ;;
  check)
    install check
    exec sh .ci/gates "$@"
    ;;
  clients)
    install test
    install_clients
    ;;
  bench)
    install test
    exec "$python" -m bench "$@"
    ;;
  lock)
    install check
    for group in app test check; do
      case $group in
        app) set -- ;;
        test) set -- --extra boosting --extra mail --group test -c requirements/app.txt ;;
        check) set -- --extra boosting --extra mail --extra spark --group test --group check -c requirements/test.txt ;;
      esac
      .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command './do lock' pyproject.toml "$@" -o "requirements/$group.txt"
    done
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
      --custom-compile-command './do lock' --group clients -o requirements/clients.txt
    ;;
  *)
    sed -n '2,6p' "$0" | cut -c3-
    [ "$command" = help ] || exit 2
    ;;
esac
