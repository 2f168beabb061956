#!/usr/bin/env bash
# Downloads Debian sid's Prometheus and Alertmanager and unpacks them beside the installed ones, without installing
# anything: the rules are tested on both. Uses the mirror and the keys that this machine's apt already trusts.
#
#   tools/fetch-newer.sh [DIRECTORY]      default: target/newer; prints the directory that holds the programs
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${1:-target/newer}")
bin=$target/root/usr/bin
programs=(prometheus promtool prometheus-alertmanager amtool)

complete() { for program in "${programs[@]}"; do [[ -x $bin/$program ]] || return 1; done; }
if complete; then echo "$bin"; exit 0; fi

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -E '/debian/?$' | head -n 1 || true)
[[ -n $mirror ]] || { echo "fetch-newer: apt on this machine knows no Debian mirror" >&2; exit 1; }

mkdir -p "$target"/{lists/partial,cache/archives/partial,etc/parts,debs,root}
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$target/etc/sources.list"
options=(
  -o "Dir::Etc::sourcelist=$target/etc/sources.list" -o "Dir::Etc::sourceparts=$target/etc/parts"
  -o "Dir::State::lists=$target/lists" -o "Dir::Cache=$target/cache" -o Dir::Etc::preferencesparts=/dev/null
  -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Sandbox::User=root
)
{
  apt-get -q "${options[@]}" update
  (cd "$target/debs" && apt-get -q "${options[@]}" download prometheus promtool prometheus-alertmanager)
  for package in "$target"/debs/*.deb; do dpkg-deb -x "$package" "$target/root"; done
} >&2
rm -rf "$target/lists" "$target/cache" "$target/debs"
complete || { echo "fetch-newer: the packages lack one of: ${programs[*]}" >&2; exit 1; }
echo "$bin"
