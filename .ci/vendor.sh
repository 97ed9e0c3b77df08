#!/usr/bin/env bash
# Fetches the pinned browser libraries anew: those we serve (webroot/vendor) and the stock clients
# that our tests drive (src/test/resources/stock). To update one, change its version here, run this
# and read the diff. Needs npm; the build itself never runs it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

served=webroot/vendor
stock=src/test/resources/stock
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

begin() { # folder, what it is for
  mkdir -p "$1"
  printf '%s\n' "# $2" '# Written by .ci/vendor.sh, checked by VendoredFilesTest.' \
    '# file  package  version  licence  sha256' >"$1/VERSIONS.txt"
  printf '%s\n' 'The licences of the files beside this one; which is whose stands in VERSIONS.txt.' \
    >"$1/LICENSES.txt"
}

note() { # folder, file, package, version, licence
  printf '%s  %s  %s  %s  %s\n' "$2" "$3" "$4" "$5" "$(sha256sum "$1/$2" | cut -d' ' -f1)" \
    >>"$1/VERSIONS.txt"
}

take() { # folder, file, package, version, licence, path in the package, sed expressions
  local folder=$1 file=$2 package=$3 version=$4 licence=$5 path=$6 tarball from
  shift 6
  tarball=$(cd "$work" && npm pack --silent "$package@$version")
  from=$work/${tarball%.tgz}
  mkdir -p "$from"
  tar -xzf "$work/$tarball" -C "$from" --strip-components=1
  sed -e '' "$@" "$from/$path" >"$folder/$file"
  note "$folder" "$file" "$package" "$version" "$licence"
  if [[ -f $from/LICENSE ]] && ! grep -qF -e "---- $package " "$folder/LICENSES.txt"; then
    printf '\n---- %s %s ----\n\n' "$package" "$version" | cat - "$from/LICENSE" >>"$folder/LICENSES.txt"
  fi
}

# A source map that is not served would be asked for by every opened inspector.
no_map='/^\/\/# sourceMappingURL=/d'

begin "$served" 'Browser libraries that Parley serves.'
take "$served" preact.js preact 10.29.8 MIT dist/preact.module.js -e "$no_map"
take "$served" preact-hooks.js preact 10.29.8 MIT hooks/dist/hooks.module.js \
  -e "$no_map" -e 's|from"preact"|from"./preact.js"|'
take "$served" htm.js htm 3.1.1 Apache-2.0 dist/htm.module.js -e "$no_map"
take "$served" lean-qr.js lean-qr 2.7.4 MIT nano.mjs -e "$no_map"
note "$served" htm-preact-standalone.js parley - Apache-2.0

begin "$stock" 'Clients of the stock event bus bridge that the tests drive, byte for byte as published.'
take "$stock" sockjs.min.js sockjs-client 1.6.1 MIT dist/sockjs.min.js
take "$stock" vertx-eventbus.js @vertx/eventbus-bridge-client.js 1.0.0 Apache-2.0 vertx-eventbus.js
