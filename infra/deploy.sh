#!/usr/bin/env bash
# Puts the app on Azure: shows what would change, deploys, publishes, and checks with a real export.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: infra/deploy.sh --resource-group NAME --parameters FILE [options]

Builds the app, shows what would change (what-if), asks, deploys the infrastructure, publishes the app and checks it with one export.

  -g, --resource-group NAME  The resource group; it must exist, or be made with --location.
  -p, --parameters FILE      A .bicepparam file, such as infra/small.bicepparam.
  -l, --location REGION      Make the resource group there if it does not exist.
      --datasets FILE        Deploy this datasets file as datasets.json (with param datasetsFile = 'datasets.json'), each time.
      --smoke-dataset NAME   The dataset that is exported as a check; students by default.
      --no-smoke             Leave the check out: on the first deployment, before the database has its reader and its data.
      --what-if              Stop after showing what would change.
  -y, --yes                  Do not ask.
  -h, --help                 Show this.

Needs the Azure CLI, signed in (az login), the .NET 10 SDK, zip and curl.
A parameter file may read passwords from the environment: POSTGRES_ADMIN_PASSWORD, POSTGRES_READER_PASSWORD.
HELP
}

say() { printf '==> %s\n' "$*"; }

fail() {
  printf 'deploy.sh: %s\n' "$*" >&2
  exit 1
}

# Roles take up to ten minutes to be in force everywhere once they are given: what is refused until then is tried again.
patiently() {
  local attempt
  for attempt in {1..20}; do
    ! "$@" 2>"$work/refused" || return 0
    cat "$work/refused" >&2
    grep -qiE '403|forbidden|authoriz' "$work/refused" || return 1
    [ "$attempt" -lt 20 ] || return 1
    say "Refused; new roles take up to ten minutes. Trying again in 30 seconds ($attempt of 20)"
    sleep 30
  done
}

need() { [ $# -ge 2 ] || fail "$1 needs a value; see --help."; }

resource_group=""
parameters=""
location=""
datasets=""
smoke_dataset="students"
smoke="yes"
only_what_if="no"
ask="yes"

while [ $# -gt 0 ]; do
  case "$1" in
    -g | --resource-group) need "$@"; resource_group="$2"; shift 2 ;;
    -p | --parameters) need "$@"; parameters="$2"; shift 2 ;;
    -l | --location) need "$@"; location="$2"; shift 2 ;;
    --datasets) need "$@"; datasets="$2"; shift 2 ;;
    --smoke-dataset) need "$@"; smoke_dataset="$2"; shift 2 ;;
    --no-smoke) smoke="no"; shift ;;
    --what-if) only_what_if="yes"; shift ;;
    -y | --yes) ask="no"; shift ;;
    -h | --help) usage; exit 0 ;;
    *) fail "'$1' is not an option; see --help." ;;
  esac
done

[ -n "$resource_group" ] || fail "--resource-group is missing; see --help."
[ -n "$parameters" ] || fail "--parameters is missing; see --help."
[ -f "$parameters" ] || fail "The parameter file '$parameters' does not exist."
[ -z "$datasets" ] || [ -f "$datasets" ] || fail "The datasets file '$datasets' does not exist."
root=$(realpath "$(dirname "$0")/..")

# The value of datasetsFile in the parameter file, else its default: the app looks for that file in the package, and does not start without it.
datasets_line=$(grep -E '^[[:space:]]*param[[:space:]]+datasetsFile[[:space:]=]' "$parameters" | tail -n 1 || true)
[ -n "$datasets_line" ] || datasets_line=$(grep -E '^param datasetsFile ' "$root/infra/main.bicep")
datasets_file=$(sed -nE "s/^[^=]*=[[:space:]]*'([^'\$]+)'[[:space:]]*(\/\/.*)?\$/\1/p" <<<"$datasets_line")
[ -n "$datasets_file" ] || fail "datasetsFile in '$parameters' must be a plain text such as 'datasets.json', so that it can be looked for in the package."
if [ -n "$datasets" ] && [ "$datasets_file" != "datasets.json" ]; then
  fail "'$parameters' says datasetsFile = '$datasets_file', so the app would not read '$datasets': set param datasetsFile = 'datasets.json'."
fi
if [ -z "$datasets" ] && [ "$datasets_file" = "datasets.json" ]; then
  fail "'$parameters' says datasetsFile = 'datasets.json', which only --datasets FILE puts into the package: pass it at each deployment."
fi
[[ "$smoke_dataset" =~ ^[A-Za-z][A-Za-z0-9_-]*$ ]] || fail "'$smoke_dataset' is not the name of a dataset."
for tool in az dotnet zip curl; do
  command -v "$tool" >/dev/null || fail "$tool is not installed."
done
az account show --output none 2>/dev/null || fail "The Azure CLI is not signed in: run az login."

parameters=$(realpath "$parameters")
[ -z "$datasets" ] || datasets=$(realpath "$datasets")
cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

group_exists=$(az group exists --name "$resource_group")
[ "$group_exists" = "true" ] || [ -n "$location" ] || fail "The resource group '$resource_group' does not exist: make it, or say where with --location."

if [ "$only_what_if" = "no" ]; then
  say "Building the app"
  dotnet publish functions -c Release -r linux-x64 --no-self-contained -o "$work/app" --nologo --verbosity quiet
  [ -z "$datasets" ] || cp "$datasets" "$work/app/datasets.json"
  [ -f "$work/app/$datasets_file" ] || fail "The datasets file '$datasets_file', which '$parameters' names, is not in the package; nothing was deployed."
  # The dot takes hidden folders along: .azurefunctions holds what the host loads.
  (cd "$work/app" && zip -qr ../app.zip .)
fi

if [ "$group_exists" != "true" ]; then
  say "Making the resource group $resource_group in $location"
  az group create --name "$resource_group" --location "$location" --output none
fi

say "What would change"
az deployment group what-if --resource-group "$resource_group" --parameters "$parameters"
[ "$only_what_if" = "no" ] || exit 0
if [ "$ask" = "yes" ]; then
  read -r -p "Deploy this to $resource_group? [y/N] " answer || fail "Nobody answered; pass --yes to deploy without a question."
  [[ "$answer" =~ ^[Yy]([Ee][Ss])?$ ]] || fail "Nothing was deployed."
fi

say "Deploying"
outputs=$(az deployment group create --resource-group "$resource_group" --name exportfunctions --parameters "$parameters" \
  --query "[properties.outputs.appName.value, properties.outputs.url.value]" --output tsv)
{ read -r app && read -r url; } <<<"$outputs" || fail "The deployment did not say how the app is called."

say "Publishing $app"
patiently az functionapp deployment source config-zip --resource-group "$resource_group" --name "$app" --src "$work/app.zip" --output none ||
  fail "The package could not be put on $app."

if [ "$smoke" = "no" ]; then
  say "Published to $url; not checked."
  exit 0
fi

# Takes a field's first value out of an answer.
field() { sed -nE "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/p" | head -n 1; }

# The key goes through a file that only this user can read; on the command line everybody would.
call() { curl --silent --show-error --max-time 60 --config "$work/key" "$@"; }

say "Checking: health"
for attempt in {1..60}; do
  health=$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "$url/api/v1/health") || true
  [ "$health" != "200" ] || break
  [ "$attempt" -lt 60 ] || fail "$url/api/v1/health answers $health: $url/api/v1/health/details, with a key, says which source or storage can't be reached."
  # What the app was refused when it started, secrets of the vault above all, it asks for again only when it starts anew.
  if [ $((attempt % 20)) = 0 ]; then
    say "$url/api/v1/health answers $health; restarting, in case the app started before its roles were in force"
    az functionapp restart --resource-group "$resource_group" --name "$app" --output none
  fi
  sleep 10
done

say "Checking: an export of $smoke_dataset"
read_key() { key=$(az functionapp keys list --resource-group "$resource_group" --name "$app" --query functionKeys.default --output tsv); }
patiently read_key || fail "The keys of $app can't be read."
(umask 077 && printf 'header = "x-functions-key: %s"\n' "$key" >"$work/key")
job=$(call --fail-with-body -X POST "$url/api/v1/exports" -H 'Content-Type: application/json' \
  -d "{\"dataset\": \"$smoke_dataset\", \"format\": \"csv\", \"limit\": 100}") || fail "The export was refused: $job"
id=$(field id <<<"$job")
[ -n "$id" ] || fail "The answer holds no job: $job"
for attempt in {1..60}; do
  job=$(call --fail-with-body "$url/api/v1/exports/$id") || fail "The job can't be read: $job"
  status=$(field status <<<"$job")
  [ "$status" != "succeeded" ] || break
  [[ "$status" =~ ^(queued|running)$ ]] || fail "The export ended as $status: $job"
  [ "$attempt" -lt 60 ] || fail "The export $id is still $status after 5 minutes."
  sleep 5
done

# The key must not go to storage: the redirect is followed without it.
link=$(call --output /dev/null --write-out '%{redirect_url}' "$url/api/v1/exports/$id/file")
[ -n "$link" ] || fail "The export $id has no download link."
curl --silent --fail --max-time 60 --output "$work/file.csv" "$link" || fail "The file of export $id can't be downloaded: is the role Storage Blob Delegator given?"
[ -s "$work/file.csv" ] || fail "The file of export $id is empty."

say "The app is at $url and works; its API's documentation is at $url/api/docs"
