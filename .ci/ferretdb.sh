#!/usr/bin/env bash
# Builds FerretDB 1.24.2, which speaks MongoDB's protocol over SQLite, and prints where the program is.
# One line is widened: as released, it finds a document by its key only when `_id` is the whole filter, and reads the
# whole collection when the filter says anything more, as each guarded write of the read store does.
# Needs Go; builds once into ENGINES_DIR (default ~/.cache/zhitong-engines), where the tests look for it.
set -euo pipefail

version=v1.24.2
module=github.com/FerretDB/FerretDB
folder="${ENGINES_DIR:-$HOME/.cache/zhitong-engines}"
program="$folder/ferretdb"

if [ -x "$program" ] && "$program" --version 2>/dev/null | grep -q "$version"; then
  echo "$program"
  exit 0
fi
command -v go >/dev/null || { echo "ferretdb.sh: no Go toolchain" >&2; exit 1; }

mkdir -p "$folder"
work="$(mktemp -d)"
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT

# `go install` of this version makes a program that panics at its start: the file with its own version is not in the
# module. So the module is copied, the file added, and the copy built.
cd "$work"
printf 'module engines\n\ngo 1.24\n' >go.mod
source="$(go mod download -json "$module@$version" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')"
cp -r "$source" source
chmod -R u+w source
echo "$version" >source/build/version/version.txt
sed -i 's/params\.Filter\.Len() == 1 {/params.Filter.Len() >= 1 {/' source/internal/backends/sqlite/collection.go
cd source
GOTOOLCHAIN=local go build -o "$program" ./cmd/ferretdb >&2
echo "$program"
