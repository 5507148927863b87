# What the scripts beside this file share. Source it with the project's root as working directory.

PYTHON=.venv/bin/python

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# Print the first Python that is new enough. A command may exist and still not run, so each one is asked.
find_python() {
  for candidate in python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "Lupaus needs Python 3.11 or newer, and none was found on the PATH. Install it and run this again."
}

is_root_on_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

# debian_install PACKAGE...: only where nobody has to be asked, that is as root on Debian or Ubuntu.
debian_install() {
  is_root_on_debian || return 1
  say "Installing $* ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
  apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

make_venv() {
  if "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    return
  fi
  python=$(find_python) || exit 1
  say "Making .venv with $("$python" --version) ..."
  rm -rf .venv
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$python" .venv
  elif ! "$python" -m venv .venv; then
    rm -rf .venv
    fail "Python's venv module does not work. On Debian and Ubuntu install the package python3-venv and run this again."
  fi
}

# The mark that this very list is installed.
mark_of() {
  printf '.venv/installed-%s-%s\n' "$1" "$(cksum <"$1" | tr ' ' '-')"
}

# install_packages LIST...: the last list includes those before it. Nothing is done while none of them has changed.
install_packages() {
  command -v git >/dev/null 2>&1 || fail "Lupaus needs git, and it was not found on the PATH. Install it and run this again."
  make_venv
  missing='' list=''
  for list in "$@"; do
    [ -f "$(mark_of "$list")" ] || missing=yes
  done
  [ -n "$missing" ] || return 0
  say "Installing the packages of $list ..."
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$PYTHON" -r "$list"
  else
    "$PYTHON" -m pip install -qq --no-compile --disable-pip-version-check -r "$list"
  fi || fail "Installing the packages failed; the reason stands above."
  for list in "$@"; do
    rm -f ".venv/installed-$list-"*
    touch "$(mark_of "$list")"
  done
}

# The static files with their fingerprints and compressed copies, made anew when one of them changed.
collect_static() {
  stamp="var/static/made-$({ cat requirements.txt; find static -type f -exec cksum {} +; } | sort | cksum | tr ' ' '-')"
  [ -f "$stamp" ] && return
  say "Collecting static files ..."
  rm -f var/static/made-*
  "$PYTHON" manage.py collectstatic --noinput --verbosity 0 && touch "$stamp"
}

# Stop with one sentence, not a server's log, where the environment lacks what the settings need.
check_environment() {
  "$PYTHON" - <<'END' || exit 1
import sys
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
try:
    settings.SECRET_KEY
except ImproperlyConfigured as error:
    sys.exit(str(error))
END
}

# The server and the worker may start at once on a new machine: where there is flock, one waits for the other.
set_up() {
  mkdir -p var
  exec 9>var/set-up.lock
  ! command -v flock >/dev/null 2>&1 || flock 9
  install_packages requirements.txt
  check_environment
  "$PYTHON" script/catalogues compile
  collect_static
  exec 9>&-
}
