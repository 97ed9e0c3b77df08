#!/usr/bin/env bash
# Walks the whole API of a running server with bash and curl, as two new people:
#
#   docs/api/test_api.sh [http://localhost:8080]
#
# First what people do, step by step; then every read of the contract that the server serves; then every operation without
# a token, which must be refused where the contract says so. Stops at the first answer that is not as it should be.
set -euo pipefail
server=${1:-http://localhost:8080}
api=$server/api/v1
tag=$(date +%s)$RANDOM
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
token='' answer='' count=0

# method, path, expected status, body or further arguments of curl
call() {
  local method=$1 path=$2 expected=$3 status
  shift 3
  local arguments=(-sS -X "$method" -o "$here/answer" -w '%{http_code}')
  [[ -z $token ]] || arguments+=(-H "Authorization: Bearer $token")
  [[ ${1-} != [{]* ]] || { arguments+=(-H 'Content-Type: application/json' -d "$1"); shift; }
  : >"$here/answer"
  status=$(curl "${arguments[@]}" "$@" "$api$path")
  answer=$(tr -d '\0' <"$here/answer")
  if ! [[ $status =~ ^($expected)$ ]]; then
    echo "FAILED $method $path: $status instead of $expected: $answer" >&2
    exit 1
  fi
  count=$((count + 1))
  echo "ok $status $method $path"
}

# The first value of this name in the last answer.
field() { grep -o "\"$1\":\"\?[^\",}]*" <<<"$answer" | head -n 1 | sed "s/^\"$1\":\"\?//"; }

sign_in() {
  call POST /auth/login 200 "{\"login\":\"$1\",\"password\":\"correct horse\"}"
  token=$(field accessToken) refresh=$(field refreshToken)
}

echo "# accounts and sessions"
call GET /auth/methods 200
call POST /auth/register 201 "{\"username\":\"anna$tag\",\"password\":\"correct horse\",\"displayName\":\"Anna\"}"
anna=$(field id)
call POST /auth/register 201 "{\"username\":\"bert$tag\",\"password\":\"correct horse\"}"
bert=$(field id)
call POST /auth/login 401 "{\"login\":\"anna$tag\",\"password\":\"wrong horse\"}"
sign_in "anna$tag"
token='' ; call POST /auth/refresh 200 "{\"refreshToken\":\"$refresh\"}"
token=$(field accessToken)
call GET /auth/me 200
call GET /auth/sessions 200
call DELETE /auth/sessions 204
call POST /auth/confirm 204 '{"current":"correct horse"}'
call POST /auth/password-reset 202 '{"email":"nobody@example.org"}'
call POST /auth/password-reset-confirm 400 '{"token":"none","password":"correct horse"}'
call POST /auth/email-confirm 400 '{"token":"none"}'
call POST /auth/ticket 201
call GET /auth/identities 200

echo "# keys and second factors"
call POST /auth/api-keys 201 '{"name":"Script","scopes":["read"]}'
key=$(field id)
call GET /auth/api-keys 200
call DELETE "/auth/api-keys/$key" 204
call GET /auth/second-factor 200
call POST /auth/totp 201
call POST /auth/totp/confirm 400 '{"code":"000000"}'
call DELETE /auth/totp 204

echo "# people"
call GET "/users?q=bert$tag" 200
call GET "/users/$bert" 200
call PATCH /users/me 200 '{"statusText":"walking"}'
base64 -d >"$here/dot.png" <<<iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
call PUT /users/me/avatar 200 -H 'Content-Type: image/png' --data-binary "@$here/dot.png"
call GET "/users/$anna/avatar" 200
call DELETE /users/me/avatar 200
call PATCH /users/me/privacy 200 '{"directFrom":"everyone"}'
call PUT "/users/me/blocks/$bert" 204
call GET /users/me/blocks 200
call DELETE "/users/me/blocks/$bert" 204
# The very first account of a server is its administrator; to all others there is nothing here.
call PATCH "/admin/users/$bert" '200|404' '{"role":"user"}'
call GET /admin/models '200|404'
call GET "/admin/users?q=bert$tag&sort=-created" '200|404'
call GET "/admin/users/$bert" '200|404'
call POST /admin/users/actions '200|404' "{\"action\":\"enable\",\"ids\":[\"$bert\"]}"
call GET '/admin/users/export?filter=role:admin' '200|404'

echo "# a room"
call POST /chat/rooms 201 "{\"kind\":\"group\",\"name\":\"Walk\",\"members\":[\"$bert\"]}"
room=$(field id)
call GET '/chat/rooms?since=0' 200
call GET "/chat/rooms/$room" 200
call PATCH "/chat/rooms/$room" 200 '{"topic":"Curl"}'
call GET "/chat/rooms/$room/members" 200
call PATCH "/chat/rooms/$room/members/$bert" 200 '{"role":"moderator"}'
call PATCH "/chat/rooms/$room/me" 200 '{"pinned":true}'
call PUT "/chat/rooms/$room/avatar" 200 -H 'Content-Type: image/png' --data-binary "@$here/dot.png"
call DELETE "/chat/rooms/$room/avatar" 200

echo "# messages"
call POST "/chat/rooms/$room/messages" 201 '{"text":"Hello"}'
seq=$(field seq)
message=/chat/rooms/$room/messages/$seq
call GET "$message" 200
call PATCH "$message" 200 '{"text":"Hello again"}'
call GET "$message/versions" 200
call PUT "$message/reactions/%F0%9F%91%8D" 200
call GET "$message/reactions/%F0%9F%91%8D" 200
call DELETE "$message/reactions/%F0%9F%91%8D" 200
call PUT "$message/pin" 200
call GET "/chat/rooms/$room/pins" 200
call DELETE "$message/pin" 200
call POST "/chat/rooms/$room/messages" 201 "{\"text\":\"An answer\",\"threadOf\":$seq}"
call GET "$message/thread" 200
call GET "/chat/rooms/$room/messages?limit=1" 200
call PUT "/chat/rooms/$room/read" 200 "{\"seq\":$seq}"
call GET "/chat/rooms/$room/read-marks" 200
call GET "/chat/rooms/$room/sync?since=0" 200
call POST /chat/rooms 201 "{\"kind\":\"direct\",\"members\":[\"$bert\"]}"
direct=$(field id)
call POST "$message/forward" 201 "{\"roomId\":\"$direct\"}"
call GET "/chat/rooms/$direct/messages/1/origin" 200
call GET /chat/mentions 200
call PUT "/chat/rooms/$room/draft" 200 '{"text":"begun"}'
call GET /chat/drafts 200
call DELETE "/chat/rooms/$room/draft" 204
call POST "/chat/rooms/$room/scheduled" 201 "{\"text\":\"later\",\"at\":\"$(date -u -d '+1 day' +%Y-%m-%dT%H:%M:%SZ)\"}"
later=$(field id)
call GET /chat/scheduled 200
call PATCH "/chat/scheduled/$later" 200 '{"text":"even later"}'
call DELETE "/chat/scheduled/$later" 204

echo "# files"
call POST /media 201 -F "file=@$here/dot.png;type=image/png"
file=$(field id)
call GET "/media/$file" 200
call GET "/media/$file/thumbnail" '200|404'
call POST "/chat/rooms/$room/messages" 201 "{\"text\":\"A picture\",\"attachments\":[\"$file\"]}"
call POST "/media/$file/link" 200
call POST /media 201 -F "file=@$here/dot.png;type=image/png"
call DELETE "/media/$(field id)" 204

echo "# doors"
call POST "/chat/rooms/$room/invites" 201 '{"expiresInHours":1}'
invite=$(field id) link=$(field token)
call GET "/chat/rooms/$room/invites" 200
call GET "/chat/invites/$link" 200
call PUT "/chat/rooms/$room/bans/$bert" 204
call GET "/chat/rooms/$room/bans" 200
call DELETE "/chat/rooms/$room/bans/$bert" 204
owner=$token
sign_in "bert$tag"
call GET "/chat/rooms/$room" 404
call POST "/chat/invites/$link/accept" 200
call POST "$message/report" 201 '{"reason":"other","note":"Only to try it"}'
call POST "/chat/rooms/$room/leave" 204
token=$owner
call PUT "/chat/rooms/$room/members/$bert" 200
call DELETE "/chat/rooms/$room/members/$bert" 204
call DELETE "/chat/rooms/$room/invites/$invite" 204
call POST /chat/rooms 201 "{\"kind\":\"public\",\"name\":\"Open $tag\"}"
open=$(field id)
call GET "/chat/directory?q=Open" 200
owner=$token
sign_in "bert$tag"
call POST "/chat/rooms/$open/join" 200
call POST "/chat/rooms/$open/leave" 204
token=$owner

echo "# the site's session"
token=''
call POST /session 200 "{\"login\":\"bert$tag\",\"password\":\"correct horse\"}" -c "$here/jar"
csrf=$(field csrfToken)
call GET /session 200 -b "$here/jar"
call POST /chat/rooms 403 '{"kind":"group","name":"Forged"}' -b "$here/jar"
call DELETE /session 204 -b "$here/jar" -H "X-CSRF-Token: $csrf"
token=$owner

# One line an operation: method, path, and whether anybody may call it.
curl -sSf "$server/openapi.yaml" | awk '
  function say() { if (method) print toupper(method), path, open ? "open" : "closed"; method = "" }
  /^[a-z]/ { say(); path = "" }
  /^  \// { say(); path = substr($1, 1, length($1) - 1) }
  path && /^    (get|head|post|put|patch|delete):/ { say(); method = substr($1, 1, length($1) - 1); open = 0 }
  method && /^      security: \[\]/ { open = 1 }
  END { say() }' >"$here/operations"
[[ $(wc -l <"$here/operations") -gt 50 ]] || { echo "FAILED the contract cannot be read" >&2; exit 1; }

# Operations on standard input are called at once, with what follows as arguments of curl each.
ask() {
  local arguments=() asked method path
  while read -r method path; do
    path=${path//'{roomId}'/$room} path=${path//'{seq}'/$seq} path=${path//'{userId}'/$bert}
    path=${path//'{emoji}'/%F0%9F%91%8D}
    path=${path//'{token}'/none}
    path=$(sed 's/{[a-zA-Z]*}/00000000-0000-7000-8000-000000000000/g' <<<"$path")
    [[ $method == HEAD ]] && asked=(-I) || asked=(-X "$method")
    arguments+=(--next -sS "${asked[@]}" -o /dev/null -w "%{http_code} $method $path\n" "$@" "$api$path")
  done
  curl "${arguments[@]:1}"
}

echo "# every read of the contract, as Anna"
grep '^GET ' "$here/operations" | cut -d' ' -f1,2 | ask -H "Authorization: Bearer $token" | tee "$here/read"
if grep '^\(000\|401\|5..\) ' "$here/read"; then
  echo "FAILED as above" >&2
  exit 1
fi

echo "# every operation that is not open to all, as nobody"
grep ' closed$' "$here/operations" | cut -d' ' -f1,2 | ask | tee "$here/refused"
if grep -v '^401 ' "$here/refused"; then
  echo "FAILED: not refused, as above" >&2
  exit 1
fi

echo "# good-bye"
call DELETE "$message" 200
call DELETE "/chat/rooms/$open" 204
call DELETE "/chat/rooms/$room" 204
call POST /users/me/export 200
call POST /auth/logout 204
call GET /auth/me 401
sign_in "bert$tag"
call DELETE '/users/me?messages=remove' 204
echo "$count steps and $(wc -l <"$here/operations") operations: all as they should be"
