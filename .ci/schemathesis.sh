#!/usr/bin/env bash
# Asks the server everything that the OpenAPI document allows and much that it does not, in the name of each role: at least
# 3,000 requests, and no answer of 5xx. Answers that the document does not tell of are counted and reported, no more.
# The server runs on an empty directory of its own on loopback, without limits of rate. Needs the compiled server with its
# answers (npm run build, npm run build:answers) and python3; schemathesis is installed once into ENGINES_DIR (default
# ~/.cache/zhitong-engines). Exit code 3: it cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.32.5
least=3000
# For each role, so that all nine of them end within six minutes.
seconds="${SCHEMATHESIS_SECONDS:-25}"
folder="${ENGINES_DIR:-$HOME/.cache/zhitong-engines}/schemathesis-$version"
program="$folder/bin/schemathesis"

if ! "$program" --version >/dev/null 2>&1; then
  command -v python3 >/dev/null || { echo "schemathesis.sh: no python3" >&2; exit 3; }
  python3 -m venv "$folder" >&2 && timeout 600 "$folder/bin/pip" install --quiet "schemathesis==$version" >&2 ||
    { rm -rf "$folder"; echo "schemathesis.sh: schemathesis cannot be installed" >&2; exit 3; }
fi

work="$(mktemp -d)"
server=
cleanup() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT

port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
export DATA_DIR="$work/data"
SEED=none HOST=127.0.0.1 PORT="$port" OPS_PORT=off LOG_LEVEL=error \
  RATE_COMMANDS=0 RATE_READS=0 RATE_EXPORTS=0 RATE_UNKNOWN=0 \
  node dist/apps/server/main.js >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 300); do
  if curl -sf "http://127.0.0.1:$port/health/ready" >/dev/null; then break; fi
  sleep 0.2
done

token() { node dist/apps/ops/main.js token --user "$1"; }
admin="Authorization: Bearer $(token demo-admin)"
curl -sf -H "$admin" "http://127.0.0.1:$port/api/docs-json" >"$work/openapi.json"
# The demo has no agent.
curl -sf -o /dev/null -H "$admin" -H 'content-type: application/json' "http://127.0.0.1:$port/api/v1/accounts" \
  -d '{"id":"demo-agent","displayName":"演示代办","role":"agent"}'

# Prints how many requests were sent, and fails on whatever is worse than a status that the document does not tell of: a 5xx,
# or no answer. Where schemathesis itself stumbles over an operation ("Runtime Error") the others count.
ask() {
  local role="$1" seed="$2" report="$work/$1.txt"
  # A password that changes would end the token, and a closed account the role; a stream of events never ends.
  (cd "$work" && "$program" run openapi.json --url "http://127.0.0.1:$port" \
    --header "Authorization: Bearer $(cd "$OLDPWD" && token "demo-$role")" \
    --phases coverage,fuzzing --max-time "$seconds" --mode all --seed "$seed" --workers 1 --continue-on-failure --no-shrink \
    --checks not_a_server_error,status_code_conformance --warnings off \
    --exclude-path-regex '/accounts/[{]id[}]/|/tokens|/stream$') >"$report" 2>&1 || true
  sent="$(sed -n 's/^ *\([0-9]*\) generated.*/\1/p' "$report")"
  undocumented="$(sed -n 's/.*Undocumented status code: \([0-9]*\).*/\1/p' "$report")"
  echo "schemathesis.sh: $role: ${sent:-0} requests, ${undocumented:-0} kinds of answer that the document does not tell of" >&2
  if ! grep -q ' SUMMARY ' "$report" || grep -E '^ *❌ ST[0-9]+ ' "$report" | grep -qv 'Undocumented status code' || grep -q '🚫 Network Error' "$report"; then
    cut -c1-300 "$report" >&2
    return 1
  fi
  total=$((total + ${sent:-0}))
}

total=0
failed=0
# On a busy machine one round may be too few.
for seed in 1 2 3; do
  for role in applicant agent window reviewer head supervisor leader campaign admin; do
    ask "$role" "$seed" || failed=1
  done
  if [ "$failed" = 1 ] || [ "$total" -ge "$least" ]; then break; fi
done
kill -0 "$server" || { echo "schemathesis.sh: the server has ended" >&2; cat "$work/server.log" >&2; exit 1; }
echo "schemathesis.sh: $total requests as nine roles" >&2
[ "$failed" = 0 ] && [ "$total" -ge "$least" ]
