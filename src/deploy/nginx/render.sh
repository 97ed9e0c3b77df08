#!/bin/sh
# Writes the nginx configuration for one place and, with "run", becomes nginx. Everything comes from the environment:
#   NAME         the host that browsers ask for                       required
#   CERTIFICATE  PEM, with its chain     KEY  PEM                     required
#   UPSTREAM     where Parley listens                                 127.0.0.1:8080
#   WEBROOT      the folder webroot of this very Parley               /srv/webroot
#   MEDIA        the folder media of Parley's data                    /srv/media
#   HTTP_PORT, HTTPS_PORT                                             8080, 8443
#   AUTHORITY    host and, if it is not 443, port for redirects       NAME
#   BASE         the path below which Parley is shown, as /chat       none
#   UPLOAD_MIB   more than Parley's --upload-limit                    26
#   ACME         the folder for challenges of a certificate authority RUN/acme
#   RUN          a folder of nginx' own, where the result is written  /tmp/nginx
set -eu
: "${NAME:?the host that browsers ask for}" "${CERTIFICATE:?a PEM file}" "${KEY:?a PEM file}"
: "${UPSTREAM:=127.0.0.1:8080}" "${WEBROOT:=/srv/webroot}" "${MEDIA:=/srv/media}"
: "${HTTP_PORT:=8080}" "${HTTPS_PORT:=8443}" "${AUTHORITY:=$NAME}" "${BASE:=}"
: "${UPLOAD_MIB:=26}" "${RUN:=/tmp/nginx}" "${ACME:=$RUN/acme}"

here=$(cd "$(dirname "$0")" && pwd)
MODULES='' BROTLI='' SUB_PATH=''
for folder in /usr/lib/nginx/modules /usr/share/nginx/modules /etc/nginx/modules; do
  module=$folder/ngx_http_brotli_static_module.so
  if [ -e "$module" ]; then
    MODULES="load_module $module;" BROTLI='brotli_static on;'
    break
  fi
done
# Said beside the port until 1.25.1, in a line of its own from then on.
version=$(PATH=$PATH:/usr/sbin nginx -v 2>&1 | sed 's|.*nginx/\([0-9.]*\).*|\1|')
if [ "$(printf '%s\n' 1.25.1 "$version" | sort -V | head -n 1)" = 1.25.1 ]; then
  LISTEN_HTTP2='' HTTP2='http2 on;'
else
  LISTEN_HTTP2=' http2' HTTP2=''
fi
[ -z "$BASE" ] || SUB_PATH="include $RUN/sub-path.conf;"

case "$NAME$CERTIFICATE$KEY$UPSTREAM$WEBROOT$MEDIA$HTTP_PORT$HTTPS_PORT$AUTHORITY$BASE$UPLOAD_MIB$RUN$ACME" in
  *[!A-Za-z0-9._:/@+~-]*) echo "A setting holds a character that has no place in a configuration" >&2; exit 2 ;;
esac

mkdir -p "$RUN" "$ACME"
for file in nginx.conf headers.conf page.conf sub-path.conf; do
  sed -e "s|@LISTEN_HTTP2@|$LISTEN_HTTP2|; s|@HTTP2@|$HTTP2|; s|@MODULES@|$MODULES|; s|@BROTLI@|$BROTLI|; s|@SUB_PATH@|$SUB_PATH|" \
    -e "s|@HERE@|$RUN|g; s|@RUN@|$RUN|g; s|@ACME@|$ACME|g; s|@NAME@|$NAME|g; s|@AUTHORITY@|$AUTHORITY|g" \
    -e "s|@UPSTREAM@|$UPSTREAM|g; s|@WEBROOT@|$WEBROOT|g; s|@MEDIA@|$MEDIA|g; s|@BASE@|$BASE|g" \
    -e "s|@CERTIFICATE@|$CERTIFICATE|g; s|@KEY@|$KEY|g; s|@UPLOAD_MIB@|$UPLOAD_MIB|g" \
    -e "s|@HTTP_PORT@|$HTTP_PORT|g; s|@HTTPS_PORT@|$HTTPS_PORT|g" \
    "$here/$file" >"$RUN/$file"
done
if [ "${1:-}" = run ]; then
  exec nginx -e stderr -c "$RUN/nginx.conf" -g 'daemon off;'
fi
