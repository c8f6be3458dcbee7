#!/usr/bin/env bash
# Fills the vault that plugins-proxy/operations/azure/foundation.json made, and lets Power Platform read the four secrets that
# environment variables of the solution refer to (R-1210). Safe to repeat: a secret that exists is left alone.
#
#   set-up-key-vault.sh --vault crm-jira-integration-kv --from <folder> [--jira cloud|dc] [--check]
#
# <folder> has one file a secret that others issue, named as the secret: JIRA-API-Token, DATAVERSE-Client-Secret, … What is ours to
# choose is made here. --check changes nothing and says what is missing (exit code 1). Needs az, signed in as Key Vault Secrets Officer and, for
# the roles, as Owner or User Access Administrator of the vault. No value is printed or put into an argument.
set -euo pipefail

fail() {
  echo "$1" >&2
  exit 2
}

vault='' from='' jira=dc check=false
while [ $# -gt 0 ]; do
  case "$1" in
    --vault) vault=${2:?--vault needs a name} && shift 2 ;;
    --from) from=${2:?--from needs a folder} && shift 2 ;;
    --jira) jira=${2:?--jira needs cloud or dc} && shift 2 ;;
    --check) check=true && shift ;;
    *) fail "unknown argument: $1" ;;
  esac
done
[ -n "$vault" ] || fail 'which vault? --vault <name>'
[ "$jira" = cloud ] || [ "$jira" = dc ] || fail '--jira is cloud or dc'
$check || [ -d "$from" ] || fail 'where are the secrets? --from <folder>'

issued=(JIRA-ServiceAccount-Username JIRA-API-Token DATAVERSE-Client-Secret DATAVERSE-Registration-Secret DATAVERSE-Retention-Secret DATABASE-Url)
[ "$jira" = cloud ] || issued+=(JIRA-ServiceAccount-Password)
ours=(JIRA-Webhook-Secret JIRA-Webhook-Secret-Previous DATAVERSE-Step-Key DATAVERSE-Step-Key-Previous
  SECRETS-Key SECRETS-Key-Previous METRICS-Token)
# What environment variables of the solution refer to.
for_power_platform=(JIRA-ServiceAccount-Username JIRA-API-Token JIRA-Webhook-Secret)
[ "$jira" = cloud ] || for_power_platform+=(JIRA-ServiceAccount-Password)
# Dataverse's own application in every tenant.
dataverse=00000007-0000-0000-c000-000000000000
role='Key Vault Secrets User'
expires=$(date -u -d '+90 days' +%Y-%m-%dT%H:%M:%SZ)
private=$(mktemp -d)
chmod 700 "$private"
trap 'rm -rf "$private"' EXIT

id=$(az keyvault show --name "$vault" --query id --output tsv)
az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv >"$private/names"
has() { grep -qx "$1" "$private/names"; }

put() {
  az keyvault secret set --vault-name "$vault" --name "$1" --file "$2" --encoding utf-8 \
    --description text/plain --expires "$expires" --output none
  echo "set      $1"
}

# Without the newline that editors and openssl put at the end: it would be part of the secret.
without_newline() { tr -d '\r\n' <"$1" >"$private/value"; }

missing=()
for name in "${issued[@]}"; do
  if has "$name"; then
    echo "there    $name"
  elif ! $check && [ -s "$from/$name" ]; then
    without_newline "$from/$name"
    put "$name" "$private/value"
  else
    missing+=("$name")
  fi
done
for name in "${ours[@]}"; do
  if has "$name"; then
    echo "there    $name"
  elif $check; then
    missing+=("$name")
  else
    # 32 bytes, no more: of SECRETS-Key that many are taken.
    openssl rand -base64 32 >"$private/made"
    without_newline "$private/made"
    put "$name" "$private/value"
  fi
done

if ! $check; then
  az provider register --namespace Microsoft.PowerPlatform --output none
  for name in "${for_power_platform[@]}"; do
    az role assignment create --role "$role" --assignee "$dataverse" --scope "$id/secrets/$name" --output none
    echo "readable $name"
  done
fi

if [ ${#missing[@]} -gt 0 ]; then
  printf 'missing  %s\n' "${missing[@]}" >&2
  exit 1
fi
