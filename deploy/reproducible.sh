#!/usr/bin/env bash
# Builds the commit that is checked out twice, in other folders, at other times and in other time
# zones, and compares all that was made. Arguments go to Maven.
set -euo pipefail
# Archives hold the modes of files, so these are those that most machines give them.
umask 022
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
source=$PWD
commit=$(git rev-parse HEAD)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

build() { # name, time zone, arguments for Maven
  git clone -q "$source" "$folder/$1/runmetrics"
  (
    cd "$folder/$1/runmetrics"
    git checkout -q --detach "$commit"
    TZ=$2 mvn -q -B -Prelease -DskipTests package "${@:3}"
    sha256sum metrics-*/target/*.{jar,war,ear} target/release/* > "$folder/$1.sums"
  )
}

build first America/St_Johns "$@"
build second-and-elsewhere Asia/Kolkata "$@"
diff "$folder/first.sums" "$folder/second-and-elsewhere.sums" || {
  echo "The two builds differ" >&2
  exit 1
}
cat "$folder/first.sums"
