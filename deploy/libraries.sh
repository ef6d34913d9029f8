#!/usr/bin/env bash
# Writes metrics-release/libraries.txt, the list that the build holds the shipped libraries to: from
# the CycloneDX list of a release, which needs a network for Maven. Needs jq.
set -euo pipefail
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
mvn -q -B -Prelease -DskipTests package "$@"
{
  echo "# What is shipped of others: SHA-256, group:artifact:version[:classifier], license."
  echo "# A test holds the build to it; deploy/libraries.sh writes it."
  jq -r '
    .components[]
    | select(.group != "org.runmetrics")
    | ((.purl | capture("classifier=(?<name>[^&]+)") | ":" + .name) // "") as $classifier
    | (.hashes[] | select(.alg == "SHA-256") | .content) + " "
      + .group + ":" + .name + ":" + .version + $classifier + " "
      + ([.licenses[]? | .expression // .license.id // .license.name] | join(", "))
  ' target/release/*.cdx.json | LC_ALL=C sort -k 2
} > metrics-release/libraries.txt
