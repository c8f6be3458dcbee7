#requires -Version 5.1
# Creates the data policy of data-loss-prevention-policy.json, or brings an existing one of that name up to it (R-1211).
# Run as a Power Platform administrator; Microsoft's module works in Windows PowerShell only.
param(
  [Parameter(Mandatory)] [string] $TenantId,
  [string] $File = (Join-Path $PSScriptRoot 'data-loss-prevention-policy.json')
)
$ErrorActionPreference = 'Stop'

$text = Get-Content -Raw -Encoding UTF8 -LiteralPath $File
if ($text -match '<[^<>]+>') { throw "Put your own value for $($Matches[0]) in $File." }
$wanted = $text | ConvertFrom-Json
$definition = $wanted.policyDefinition

if (-not (Get-Module -ListAvailable Microsoft.PowerApps.Administration.PowerShell)) {
  Install-Module -Name Microsoft.PowerApps.Administration.PowerShell -Scope CurrentUser
}
Add-PowerAppsAccount -TenantID $TenantId

$existing = @((Get-DlpPolicy).value | Where-Object { $_.displayName -eq $definition.displayName })
if ($existing.Count -gt 1) { throw "There are $($existing.Count) policies called '$($definition.displayName)'; delete all but one." }
if ($existing.Count -eq 1) {
  $definition | Add-Member -NotePropertyName name -NotePropertyValue $existing[0].name
  $definition | Add-Member -NotePropertyName etag -NotePropertyValue $existing[0].etag
  Set-DlpPolicy -PolicyName $existing[0].name -UpdatedPolicy $definition | Out-Null
  $policyName = $existing[0].name
} else {
  New-DlpPolicy -NewPolicy $definition | Out-Null
  $policyName = ((Get-DlpPolicy).value | Where-Object { $_.displayName -eq $definition.displayName }).name
}
New-PowerAppPolicyUrlPatterns -TenantId $TenantId -PolicyName $policyName -NewUrlPatterns $wanted.customConnectorUrlPatternsDefinition | Out-Null

Get-PowerAppPolicyUrlPatterns -TenantId $TenantId -PolicyName $policyName
