#!/usr/bin/env bash
# Puts the app on Azure: shows what would change, deploys, publishes, and checks with a real export.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: infra/deploy.sh --resource-group NAME --parameters FILE [options]

Shows what would change (what-if), asks, deploys the infrastructure, publishes the app and checks it with one export.

  -g, --resource-group NAME  The resource group; it must exist, or be made with --location.
  -p, --parameters FILE      A .bicepparam file, such as infra/small.bicepparam.
  -l, --location REGION      Make the resource group there if it does not exist.
      --datasets FILE        Deploy this datasets file as datasets.json (with param datasetsFile = 'datasets.json').
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
[[ "$smoke_dataset" =~ ^[A-Za-z][A-Za-z0-9_-]*$ ]] || fail "'$smoke_dataset' is not the name of a dataset."
for tool in az dotnet zip curl; do
  command -v "$tool" >/dev/null || fail "$tool is not installed."
done
az account show --output none 2>/dev/null || fail "The Azure CLI is not signed in: run az login."

parameters=$(realpath "$parameters")
[ -z "$datasets" ] || datasets=$(realpath "$datasets")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$(az group exists --name "$resource_group")" != "true" ]; then
  [ -n "$location" ] || fail "The resource group '$resource_group' does not exist: make it, or say where with --location."
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
dotnet publish functions -c Release -r linux-x64 --no-self-contained -o "$work/app" --nologo --verbosity quiet
[ -z "$datasets" ] || cp "$datasets" "$work/app/datasets.json"
# The dot takes hidden folders along: .azurefunctions holds what the host loads.
(cd "$work/app" && zip -qr ../app.zip .)
az functionapp deployment source config-zip --resource-group "$resource_group" --name "$app" --src "$work/app.zip" --output none

if [ "$smoke" = "no" ]; then
  say "Published to $url; not checked."
  exit 0
fi

# Takes a field's first value out of an answer.
field() { sed -nE "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/p" | head -n 1; }

# The key goes through a file that only this user can read; on the command line everybody would.
call() { curl --silent --show-error --max-time 60 --config "$work/key" "$@"; }

say "Checking: health"
for attempt in {1..30}; do
  health=$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "$url/api/v1/health") || true
  [ "$health" != "200" ] || break
  [ "$attempt" -lt 30 ] || fail "$url/api/v1/health answers $health: look at it for which source or storage can't be reached."
  sleep 10
done

say "Checking: an export of $smoke_dataset"
key=$(az functionapp keys list --resource-group "$resource_group" --name "$app" --query functionKeys.default --output tsv)
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
