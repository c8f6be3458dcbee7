#!/usr/bin/env bash
# Runs one command of crmjira in Azure with the settings of the service, where the vault and the database can be reached, and waits for it.
#
#   run-command.sh <resource group> doctor
#   run-command.sh <resource group> sync --opportunity <id> --dry-run
#
# It is one more execution of the job crm-jira-rotation (app.json) with another command: same image, same variables. Ends with 0 when the
# command did, else with 1. Needs az, signed in, and jq.
set -euo pipefail

job=crm-jira-rotation
# Seconds between two looks, and how many: half an hour, as long as an execution may take.
every=10 looks=180

if [ $# -lt 2 ]; then
  echo 'Use: run-command.sh <resource group> <command> [arguments]' >&2
  exit 2
fi
group=$1
shift

template=$(mktemp)
trap 'rm -f "$template"' EXIT
az containerapp job show --name "$job" --resource-group "$group" --query properties.template --output json |
  jq '.containers[0].command = ["node", "/app/cli.cjs"] + $ARGS.positional' --args -- "$@" >"$template"
execution=$(az containerapp job start --name "$job" --resource-group "$group" --yaml "$template" --query name --output tsv)

status=Running
for _ in $(seq "$looks"); do
  status=$(az containerapp job execution show --name "$job" --resource-group "$group" --job-execution-name "$execution" \
    --query properties.status --output tsv)
  case "$status" in Succeeded | Failed | Stopped | Degraded) break ;; esac
  sleep "$every"
done
echo "crmjira $*: $status (execution $execution; what it printed is in Log Analytics, ContainerAppConsoleLogs_CL)"
[ "$status" = Succeeded ]
